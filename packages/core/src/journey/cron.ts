import type { Millis } from '../activation/index.ts';
import { instantOn, wallClock } from './local-time.ts';

/** A schedule in the five fields of cron: the values each of them allows, in order. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** ISO: 1 is Monday. */
  readonly weekdays: ReadonlySet<number>;
  /** Whether a day of either the month or the week is enough: so it is when the text states both. */
  readonly eitherDay: boolean;
}

const FIELDS = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'weekday', from: 0, to: 7 },
] as const;

const PART = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/;

/**
 * Reads `minute hour day-of-month month weekday`: numbers, `*`, lists, ranges and steps; Sunday is 0 or 7. The days are
 * those of POSIX cron: when both a day of the month and a weekday are stated, either will do.
 */
export function parseCron(text: string): { ok: true; cron: Cron } | { ok: false; reason: string } {
  const texts = text.trim().split(/\s+/);
  if (texts.length !== FIELDS.length)
    return { ok: false, reason: 'It has five fields: minute, hour, day, month and weekday.' };
  const values: number[][] = [];
  for (const [index, field] of FIELDS.entries()) {
    const read = valuesOf(texts[index] ?? '', field.from, field.to);
    if (!read) return { ok: false, reason: `“${texts[index]}” is no ${field.name}.` };
    values.push(read);
  }
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = values;
  const cron: Cron = {
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays.map((day) => day || 7)),
    eitherDay: ![texts[2], texts[4]].some((days) => days?.startsWith('*')),
  };
  return nextTime(cron, 0, 'UTC') === null
    ? { ok: false, reason: 'No calendar has such a day.' }
    : { ok: true, cron };
}

function valuesOf(text: string, lowest: number, highest: number): number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = PART.exec(part);
    if (!match) return undefined;
    const [, first, last, stride] = match;
    const from = first === undefined ? lowest : Number(first);
    const open = first === undefined || (last === undefined && stride !== undefined);
    const to = open ? highest : Number(last ?? first);
    const step = Number(stride ?? 1);
    if (from < lowest || to > highest || from > to || step === 0) return undefined;
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

/** 29 February comes every fourth year but in 2100, and so on. */
const LONGEST_SEARCH_DAYS = 8 * 366;

/**
 * The next time of a schedule after an instant, by the clock of a zone; null when there is none within eight years. A time
 * the clock skips is the instant it is set forward; one it shows twice counts once.
 *
 * @param timeZone IANA name
 */
export function nextTime(cron: Cron, after: Millis, timeZone: string): Millis | null {
  const today = wallClock(after, timeZone).toPlainDate();
  for (let days = 0; days <= LONGEST_SEARCH_DAYS; days++) {
    const day = today.add({ days });
    if (!allows(cron, day)) continue;
    const startOfDay = day.toZonedDateTime(timeZone).epochMilliseconds - 1;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const at = instantOn(day, hour * 60 + minute, timeZone, startOfDay);
        if (at !== undefined && at > after) return at;
      }
    }
  }
  return null;
}

interface Day {
  readonly day: number;
  readonly month: number;
  readonly dayOfWeek: number;
}

function allows({ days, months, weekdays, eitherDay }: Cron, { day, month, dayOfWeek }: Day): boolean {
  if (!months.has(month)) return false;
  return eitherDay ? days.has(day) || weekdays.has(dayOfWeek) : days.has(day) && weekdays.has(dayOfWeek);
}
