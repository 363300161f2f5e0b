import type { Block } from '../document/types.ts';
import { Clock } from './clock.tsx';
import classes from './drawing.module.css';
import { isPicture } from './picture.ts';

/** Blocks as players see them: of texts only, nothing in it works or leads anywhere. */
export const Blocks = ({ of, locale }: { of: readonly Block[]; locale: string }) =>
  of.map((block) => <Drawn key={block.id} block={block} locale={locale} />);

function Drawn({ block, locale }: { block: Block; locale: string }) {
  switch (block.type) {
    case 'heading':
      return <p className={classes.heading}>{block.text}</p>;
    case 'text':
      return <p className={classes.text}>{block.text}</p>;
    case 'image':
      return isPicture(block.url) ? (
        <img className={classes.image} src={block.url} alt={block.alt} loading="lazy" />
      ) : (
        <div className={classes.noImage} role="img" aria-label={block.alt}>
          {block.url}
        </div>
      );
    case 'code':
      return (
        <div className={classes.code}>
          <span className={classes.value}>{block.value}</span>
          <span className={`${classes.button} ${classes.primary}`}>{block.copyLabel}</span>
        </div>
      );
    case 'button':
      return (
        <span className={`${classes.button} ${block.style === 'primary' ? classes.primary : ''}`}>
          {block.label}
        </span>
      );
    case 'countdown':
      return <Clock until={block.until} label={block.label} endedLabel={block.endedLabel} locale={locale} />;
    case 'divider':
      return <hr className={classes.divider} />;
    case 'list':
      return (
        <ul className={classes.list}>
          {block.items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are known by their places
            <li key={at}>{item}</li>
          ))}
        </ul>
      );
  }
}
