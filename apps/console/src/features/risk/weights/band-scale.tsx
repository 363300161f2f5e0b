import { useTranslation } from 'react-i18next';
import classes from './band-scale.module.css';
import { type Weights, zonesOf } from './weights.ts';

/** Where bands begin and end, drawn to scale; the same numbers stand in the fields below it. */
export function BandScale({ bands }: { bands: Weights['bands'] }) {
  const { t } = useTranslation('fraud');
  return (
    <div className={classes.scale} aria-hidden>
      {zonesOf(bands).map(({ band, from, share }) => (
        <div key={band} className={classes.zone} data-band={band} style={{ width: `${share}%` }}>
          <span>{t(`score.marks.${band}`)}</span>
          <span>{from}</span>
        </div>
      ))}
    </div>
  );
}
