import { nextTime, parseCron, type TriggerSource } from '@promosmith/core/journey';

export type Times = Extract<TriggerSource, { source: 'schedule' }>['times'];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How far back the latest time is looked for, step by step: the closer together times are, the sooner one is found. */
const WINDOWS_MS = [2 * MINUTE_MS, 15 * MINUTE_MS, 2 * HOUR_MS, DAY_MS, 31 * DAY_MS, 366 * DAY_MS];

/** The next time of a schedule after an instant; null when there is none. @param timeZone IANA name of the brand's. */
export function timeAfter(times: Times, after: number, timeZone: string): number | null {
  if ('once' in times) {
    const once = Date.parse(times.once);
    return once > after ? once : null;
  }
  const parsed = parseCron(times.cron);
  return parsed.ok ? nextTime(parsed.cron, after, timeZone) : null;
}

/** The latest time of a schedule from one on until now: of times that were missed the others are let go. */
export function latestTime(times: Times, first: number, now: number, timeZone: string): number {
  for (const window of WINDOWS_MS) {
    const start = Math.max(first, now - window);
    let latest = start === first ? first : timeAfter(times, start, timeZone);
    if (latest === null || latest > now) continue;
    for (let next: number | null = latest; next !== null && next <= now; ) {
      latest = next;
      next = timeAfter(times, next, timeZone);
    }
    return latest;
  }
  return first;
}
