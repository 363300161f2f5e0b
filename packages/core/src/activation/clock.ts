import { Temporal } from 'temporal-polyfill';
import type { LocalClock, Millis } from './types.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** @param timeZone IANA name, e.g. `Europe/Malta`. On clock-change days the wall clock is what counts. */
export function localClock(now: Millis, timeZone: string): LocalClock {
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(timeZone);
  return {
    weekday: local.dayOfWeek,
    minuteOfDay: local.hour * 60 + local.minute,
    day: local.toPlainDate().toString(),
    week: `${local.yearOfWeek}-W${two(local.weekOfYear ?? 0)}`,
    month: `${local.year}-${two(local.month)}`,
  };
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

interface WeeklySchedule {
  readonly weekdays?: readonly number[] | undefined;
  readonly hours?: readonly { readonly from: string; readonly to: string }[] | undefined;
}

const before = (weekday: number): number => (weekday === 1 ? 7 : weekday - 1);

/**
 * Whether the wall clock is inside the weekly schedule. Intervals are half-open; one whose end is not after its
 * start runs past midnight and belongs to the weekday it started on.
 */
export function withinWeek({ weekdays, hours }: WeeklySchedule, clock: LocalClock): boolean {
  const dayAllowed = (weekday: number): boolean => !weekdays || weekdays.includes(weekday);
  if (!hours) return dayAllowed(clock.weekday);
  return hours.some(({ from, to }) => {
    const start = minutes(from);
    const end = minutes(to);
    const now = clock.minuteOfDay;
    if (start < end) return start <= now && now < end && dayAllowed(clock.weekday);
    return (start <= now && dayAllowed(clock.weekday)) || (now < end && dayAllowed(before(clock.weekday)));
  });
}
