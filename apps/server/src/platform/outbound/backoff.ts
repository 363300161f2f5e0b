const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses after the first, second, … failed attempt, in ms: some three days altogether. */
export const BACKOFF_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
];

const JITTER = 0.1;
const LONGEST_RETRY_AFTER_MS = 24 * HOUR;

/**
 * How long to wait after a failed attempt: the table's pause, up to 10 % longer so that endpoints that failed
 * together do not come back together; or longer still if the endpoint asked for it.
 * @param failures attempts that have failed, this one included.
 * @param random from 0 up to 1.
 * @returns ms, or null to give up.
 */
export function pauseAfter(
  failures: number,
  backoffMs: readonly number[],
  retryAfterMs: number | null,
  random: number,
): number | null {
  const pause = backoffMs[failures - 1];
  if (pause === undefined) return null;
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
  return Math.round(Math.max(pause * (1 + JITTER * random), asked));
}

/** @param header `Retry-After`: seconds or an HTTP date. @returns ms, or null when it says nothing. */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * SECOND;
  const at = header.endsWith('GMT') ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
