import type { ReportPeriod } from '@promosmith/contract';
import { Temporal } from 'temporal-polyfill';
import type { Scope } from './kinds/kind.ts';

/** The days of a period, as of an instant. @param timeZone the brand's. */
export function daysOf(
  period: ReportPeriod,
  timeZone: string,
  asOf: Date,
): Pick<Scope, 'fromDay' | 'toDay' | 'from' | 'until'> {
  const today = Temporal.Instant.fromEpochMilliseconds(asOf.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const [first, last] = ends(period, today);
  const startOf = (day: Temporal.PlainDate): Date =>
    new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  return {
    ...{ fromDay: first.toString(), toDay: last.toString() },
    ...{ from: startOf(first), until: startOf(last.add({ days: 1 })) },
  };
}

function ends(period: ReportPeriod, today: Temporal.PlainDate): [Temporal.PlainDate, Temporal.PlainDate] {
  switch (period.kind) {
    case 'days':
      return [Temporal.PlainDate.from(period.from), Temporal.PlainDate.from(period.to)];
    case 'last_days':
      return [today.subtract({ days: period.days }), today.subtract({ days: 1 })];
    case 'last_month': {
      const first = today.with({ day: 1 });
      return [first.subtract({ months: 1 }), first.subtract({ days: 1 })];
    }
  }
}
