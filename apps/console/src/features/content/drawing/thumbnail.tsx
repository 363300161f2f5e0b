import { mapTexts } from '@promosmith/core/content';
import { useMemo } from 'react';
import type { Document } from '../document/types.ts';
import { Blocks } from './blocks.tsx';
import { lookOf } from './colours.ts';
import classes from './drawing.module.css';
import { Message } from './message.tsx';
import { rough } from './rough.ts';
import { Scaled } from './scaled.tsx';

const WIDTH = 560;
const HEIGHT = 380;

/** A document in small: what it looks like, without anybody's values. It says nothing to those who do not see it. */
export function Thumbnail({ of }: { of: Document }) {
  const document = useMemo(() => mapTexts(of, ({ source }) => rough(source)), [of]);
  return (
    <div aria-hidden inert>
      <Scaled width={WIDTH} height={HEIGHT}>
        <Drawn of={document} />
      </Scaled>
    </div>
  );
}

function Drawn({ of }: { of: Document }) {
  const reading = { locale: of.locale, direction: 'ltr' } as const;
  switch (of.channel) {
    case 'popup':
      return <Message of={{ ...of, ...reading, whenShown: null }} isDark={false} />;
    case 'email':
      return (
        <div className={classes.inbox} style={{ background: of.colours.background }}>
          <div className={classes.body} style={{ ...lookOf(of.colours, 8), padding: 20 }}>
            <p className={classes.heading}>{of.subject}</p>
            <Blocks of={of.blocks} locale={of.locale} />
          </div>
        </div>
      );
    case 'push':
      return (
        <Message of={{ ...of, ...reading, icon: of.icon ?? null, url: of.url ?? null }} isDark={false} />
      );
    case 'telegram':
      return <Message of={{ ...of, ...reading, button: of.button ?? null }} isDark={false} />;
    default:
      return <Message of={{ ...of, ...reading }} isDark={false} />;
  }
}
