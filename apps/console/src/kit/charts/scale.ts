/** From where to where a scale goes. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

const MARGIN = 0.06;

/** A scale that holds all numbers, and nought: differences are read against it. */
export function scaleOf(numbers: readonly number[]): Scale {
  const low = Math.min(0, ...numbers);
  const high = Math.max(0, ...numbers);
  const margin = (high - low || 1) * MARGIN;
  return { low: low - margin, high: high + margin };
}

/** Where on a scale a number is, in per cent of its length. */
export const placeOn = ({ low, high }: Scale, number: number): number =>
  Math.min(100, Math.max(0, ((number - low) / (high - low)) * 100));
