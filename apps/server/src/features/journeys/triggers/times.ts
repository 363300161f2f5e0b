import { nextTime, parseCron, type TriggerSource } from '@promosmith/core/journey';

export type Times = Extract<TriggerSource, { source: 'schedule' }>['times'];

const HOUR_MS = 3_600_000;
/** How far back the latest time is looked for at first, and at most: within the last of them every schedule has one. */
const WINDOWS_MS = [HOUR_MS, 24 * HOUR_MS, 31 * 24 * HOUR_MS, 366 * 24 * HOUR_MS];

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
