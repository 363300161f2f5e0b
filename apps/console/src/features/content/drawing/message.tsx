import { useTranslation } from 'react-i18next';
import type { Rendered } from '../document/types.ts';
import { Blocks } from './blocks.tsx';
import { lookOf, PLAIN } from './colours.ts';
import classes from './drawing.module.css';
import { isPicture } from './picture.ts';

/** A message as its player gets it, in a room of a fixed size. */
export function Message({ of, isDark }: { of: Rendered; isDark: boolean }) {
  const { t } = useTranslation('content');
  const reading = { lang: of.locale, dir: of.direction };
  switch (of.channel) {
    case 'popup':
      return <Popup of={of} isDark={isDark} />;
    case 'inbox':
      return (
        <div className={classes.inbox}>
          <div className={classes.card} style={lookOf(PLAIN, 12)} {...reading}>
            <div className={classes.title}>{of.title}</div>
            <div className={classes.preview}>{of.preview}</div>
            <div className={classes.body}>
              <Blocks of={of.blocks} locale={of.locale} />
            </div>
          </div>
        </div>
      );
    case 'email':
      return (
        <iframe
          className={classes.mail}
          title={t('preview.email', { subject: of.subject })}
          sandbox=""
          srcDoc={of.html}
        />
      );
    case 'push':
      return (
        <div className={classes.lock}>
          <div className={classes.notice} {...reading}>
            {of.icon !== null && isPicture(of.icon) ? (
              <img src={of.icon} alt="" />
            ) : (
              <span className={classes.appIcon} />
            )}
            <div>
              <b>{of.title}</b>
              <p>{of.body}</p>
            </div>
          </div>
        </div>
      );
    case 'telegram':
      return (
        <div className={`${classes.chat} ${classes.telegram}`} {...reading}>
          <div className={classes.bubble}>{of.text}</div>
          {of.button && <div className={classes.chatButton}>{of.button.label}</div>}
        </div>
      );
    case 'sms':
      return (
        <div className={`${classes.chat} ${classes.sms}`} {...reading}>
          <div className={classes.bubble}>{of.text}</div>
        </div>
      );
  }
}

const WHERE = { centre: '', bottom: classes.bottom, corner: classes.corner } as const;

function Popup({ of, isDark }: { of: Extract<Rendered, { channel: 'popup' }>; isDark: boolean }) {
  const { light, dark, radius, position } = of.theme;
  return (
    <div className={classes.scene}>
      <div className={classes.tiles} aria-hidden>
        {Array.from({ length: 18 }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
          <span key={at} />
        ))}
      </div>
      <div
        className={`${classes.popup} ${WHERE[position]}`}
        style={lookOf(isDark && dark ? dark : light, radius)}
        lang={of.locale}
        dir={of.direction}
      >
        {of.dismissible && (
          <span className={classes.close} aria-hidden>
            ×
          </span>
        )}
        <div className={classes.body}>
          <Blocks of={of.blocks} locale={of.locale} />
        </div>
      </div>
    </div>
  );
}
