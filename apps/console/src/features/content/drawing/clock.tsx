import classes from './drawing.module.css';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

interface Props {
  /** RFC 3339; anything else stands for a day from now. */
  readonly until: string;
  readonly label: string;
  readonly endedLabel: string;
  readonly locale: string;
}

const DAY_MS = 86_400_000;

/** The time left as it is when it is drawn: it does not tick here. */
export function Clock({ until, label, endedLabel, locale }: Props) {
  const end = Date.parse(until);
  let left = Number.isNaN(end) ? DAY_MS : Math.max(0, end - Date.now());
  if (left === 0) return <p className={classes.ended}>{endedLabel}</p>;
  const parts = UNITS.slice(left >= DAY_MS ? 0 : 1).map(([unit, length]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    const written = new Intl.NumberFormat(locale, {
      ...{ style: 'unit', unit, unitDisplay: 'short', minimumIntegerDigits: 2 },
    }).formatToParts(count);
    const of = (isUnit: boolean) =>
      written
        .filter(({ type }) => type !== 'literal' && (type === 'unit') === isUnit)
        .map(({ value }) => value)
        .join('');
    return { unit, count: of(false), name: of(true) };
  });
  return (
    <div className={classes.countdown}>
      {label !== '' && <p className={classes.text}>{label}</p>}
      <div className={classes.clock}>
        {parts.map(({ unit, count, name }) => (
          <span key={unit}>
            <b>{count}</b>
            <small>{name}</small>
          </span>
        ))}
      </div>
    </div>
  );
}
