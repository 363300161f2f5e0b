const TIMESTAMP = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
const DURATION = /^-?(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/;
const DURATION_PART = /(\d+)(?:\.(\d+))?(h|ms|m|s)/g;
const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** CEL's range: the years 1 to 9999. */
export const inTimestampRange = (ms: number): boolean =>
  ms >= -62_135_596_800_000 && ms <= 253_402_300_799_999;

/** Protobuf's range of a duration: about 10,000 years either way. */
export const inDurationRange = (ms: number): boolean => Math.abs(ms) <= 315_576_000_000_000;

/** RFC 3339 text to epoch milliseconds (finer fractions are cut off); `undefined` when it is not one. */
export function parseTimestamp(text: string): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (!match) return undefined;
  // Date.parse turns 30 February into 2 March; a date that does not exist is a mistake here.
  if (Number(match[3]) > daysInMonth(Number(match[1]), Number(match[2]))) return undefined;
  const ms = Date.parse(text);
  return inTimestampRange(ms) ? ms : undefined;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** CEL duration text (`36h`, `1h30m`, `1.5s`, `-250ms`) to whole milliseconds; `undefined` when it is not one. */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, whole, fraction = '', unit] of text.matchAll(DURATION_PART)) {
    const ms = UNIT_MS[unit ?? ''] ?? 0;
    total += Number(whole) * ms + (Number(fraction) * ms) / 10 ** fraction.length;
  }
  if (!Number.isSafeInteger(total) || !inDurationRange(total)) return undefined;
  return text.startsWith('-') ? -total : total;
}

export const formatTimestamp = (ms: number): string => new Date(ms).toISOString();

/** Milliseconds as CEL duration text in the largest unit that divides them. */
export function formatDuration(ms: number): string {
  const unit = ['h', 'm', 's'].find((name) => ms % (UNIT_MS[name] ?? 1) === 0) ?? 'ms';
  return `${ms / (UNIT_MS[unit] ?? 1)}${unit}`;
}
