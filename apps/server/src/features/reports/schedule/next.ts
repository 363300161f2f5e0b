import type { ReportSchedule } from '@promosmith/contract';
import { Temporal } from 'temporal-polyfill';

type Every = ReportSchedule['every'];

/**
 * The first time after an instant that a report is due at. An hour that the clock leaves out is made up for when it goes on,
 * one that comes twice counts the first time.
 * @param timeZone IANA name.
 */
export function nextDue(every: Every, timeZone: string, after: Date): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(timeZone);
  for (let day = firstDay(every, zoned.toPlainDate()); ; day = dayAfter(every, day)) {
    const plainTime = new Temporal.PlainTime(every.hour);
    const due = day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
    if (due > after.getTime()) return new Date(due);
  }
}

/** Of the days it is due on, the one that is today or before it. */
function firstDay(every: Every, today: Temporal.PlainDate): Temporal.PlainDate {
  if (every.kind === 'day') return today;
  if (every.kind === 'week') return today.subtract({ days: (today.dayOfWeek - every.weekday + 7) % 7 });
  return inMonth(every.day, today.subtract({ months: 1 }));
}

function dayAfter(every: Every, day: Temporal.PlainDate): Temporal.PlainDate {
  if (every.kind === 'day') return day.add({ days: 1 });
  if (every.kind === 'week') return day.add({ days: 7 });
  return inMonth(every.day, day.with({ day: 1 }).add({ months: 1 }));
}

const inMonth = (day: number, month: Temporal.PlainDate): Temporal.PlainDate =>
  month.with({ day: Math.min(day, month.daysInMonth) });
