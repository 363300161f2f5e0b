import { Temporal } from 'temporal-polyfill';
import type { Millis } from '../activation/index.ts';

export type CashbackUnit = 'day' | 'week' | 'month';

/** A span whose losses are paid back together: from `from` on, and before `to`. */
export interface CashbackPeriod {
  readonly from: Millis;
  readonly to: Millis;
}

/**
 * The n-th period of a cashback bonus. The first is what is left, at its activation, of the day, ISO week or month of
 * the wall clock; the others are whole ones. They follow each other without a gap, and last as long as the clocks of the
 * zone make them: a day of 23, 24 or 25 hours, from its first instant, whichever wall clock time that is.
 *
 * @param timeZone IANA name.
 * @param number from 1
 */
export function cashbackPeriod(
  activatedAt: Millis,
  unit: CashbackUnit,
  timeZone: string,
  number: number,
): CashbackPeriod {
  const first = firstDay(activatedAt, unit, timeZone);
  const startOf = (nth: number): Millis =>
    first.add({ [`${unit}s`]: nth }).toZonedDateTime(timeZone).epochMilliseconds;
  return { from: number === 1 ? activatedAt : startOf(number - 1), to: startOf(number) };
}

/** The first day of the day, ISO week or month an instant is in. */
function firstDay(at: Millis, unit: CashbackUnit, timeZone: string): Temporal.PlainDate {
  const day = Temporal.Instant.fromEpochMilliseconds(Math.floor(at))
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  switch (unit) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'month':
      return day.with({ day: 1 });
  }
}
