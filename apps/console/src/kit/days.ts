/** Days of a calendar become instants by the clock of a zone. */

const HOUR_MS = 3_600_000;

/** How far the zone's clock is before UTC then, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(instant);
  const of = (name: Intl.DateTimeFormatPartTypes) => Number(parts.find(({ type }) => type === name)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - instant;
}

/** @param day `YYYY-MM-DD`. @returns its first instant in that zone; undefined when it is no day. */
export function dayStart(day: string, timeZone: string): string | undefined {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight)) return undefined;
  const guess = midnight - offsetAt(midnight, timeZone);
  return new Date(midnight - offsetAt(guess, timeZone)).toISOString();
}

/** @returns the first instant that is no longer part of the day. */
export function dayEnd(day: string, timeZone: string): string | undefined {
  const start = dayStart(day, timeZone);
  if (start === undefined) return undefined;
  // A day has 23 to 25 hours: a day and a half after its start it is the next one.
  const inNext = Date.parse(`${day}T00:00:00Z`) + 36 * HOUR_MS;
  return dayStart(new Date(inNext).toISOString().slice(0, 10), timeZone);
}

/** The day that it is in that zone, `YYYY-MM-DD`. */
export const today = (timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());

/** @returns the day so many days before that one. */
export const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 24 * HOUR_MS).toISOString().slice(0, 10);
