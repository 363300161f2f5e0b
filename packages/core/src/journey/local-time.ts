import { Temporal } from 'temporal-polyfill';
import type { Millis } from '../activation/index.ts';
import type { LocalTime } from './graph.ts';

const MINUTES = 60;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether a text is `HH:MM`. */
export const isTime = (text: string): boolean => TIME.test(text);

/** Minutes of the day of `HH:MM`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * MINUTES + Number(time.slice(3));

/**
 * The wall clock of a zone at an instant.
 *
 * @param timeZone IANA name
 * @throws RangeError for a zone that is none
 */
export const wallClock = (at: Millis, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);

/**
 * The first instant after `after` at which the clock of a day shows so many minutes; undefined when it does not any
 * more. A time the clock skips is the instant it is set forward; one it shows twice counts twice.
 */
export function instantOn(
  day: Temporal.PlainDate,
  minutes: number,
  timeZone: string,
  after: Millis,
): Millis | undefined {
  const local = day.toPlainDateTime({ hour: Math.floor(minutes / MINUTES), minute: minutes % MINUTES });
  const first = local.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  if (!first.toPlainDateTime().equals(local)) {
    // The transition before it, or at that very instant.
    const skipped = first.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds;
    return skipped !== undefined && skipped > after ? skipped : undefined;
  }
  if (first.epochMilliseconds > after) return first.epochMilliseconds;
  const second = local.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds;
  return second > after ? second : undefined;
}

const WEEK = 7;

/** The next instant after `after` at which a player's clock shows the time, on one of the weekdays. */
export function nextLocalTime(after: Millis, { time, weekdays }: LocalTime, timeZone: string): Millis {
  const today = wallClock(after, timeZone).toPlainDate();
  for (let days = 0; days <= WEEK; days++) {
    const day = today.add({ days });
    if (weekdays && !weekdays.includes(day.dayOfWeek)) continue;
    const at = instantOn(day, minutesOf(time), timeZone, after);
    if (at !== undefined) return at;
  }
  throw new RangeError(`no ${time} on weekdays ${weekdays?.join(', ')}`);
}
