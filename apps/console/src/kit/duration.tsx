import { numberFormat } from '../texts/index.ts';
import { Nothing } from './values.tsx';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** The largest two units are enough to tell one length from another: `1 day 6 hours`. */
export function durationText(seconds: number): string {
  const parts: string[] = [];
  let left = seconds;
  for (const [unit, length] of UNITS) {
    const count = Math.floor(left / length);
    if (count === 0 || parts.length === 2) continue;
    left -= count * length;
    const format = numberFormat({ style: 'unit', unit, unitDisplay: 'long' });
    parts.push(format.format(count));
  }
  return parts.join(' ');
}

/** @param of seconds. */
export const Duration = ({ of }: { of: number | null | undefined }) =>
  of === null || of === undefined ? <Nothing /> : durationText(of);

/** @param of hundredths: 3500 is 35×. */
export const Times = ({ of }: { of: number }) => (
  <>{numberFormat({ maximumFractionDigits: 2 }).format(of / 100)}×</>
);
