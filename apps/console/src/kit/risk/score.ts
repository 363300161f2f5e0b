import type { Band, BandStarts } from '@promosmith/core/risk';

/** One indicator's part of a score. */
export interface Part {
  readonly indicator: string;
  readonly points: number;
}

/** A scale goes at least this far, so that scores of two people can be compared by eye. */
const WHOLE = 100;

export interface Segment extends Part {
  /** Shares of the whole scale, in percent. */
  readonly start: number;
  readonly width: number;
}

export interface Scale {
  /** What the parts add up to. */
  readonly sum: number;
  readonly segments: readonly Segment[];
  readonly marks: readonly { readonly band: Band; readonly points: number; readonly at: number }[];
}

/** The parts of a score one after the other, the largest first, on one scale with the bands. What has no points has no part. */
export function scaleOf(parts: readonly Part[], bands: BandStarts): Scale {
  const counted = parts
    .filter(({ points }) => points > 0)
    .toSorted((one, other) => other.points - one.points);
  const sum = counted.reduce((before, { points }) => before + points, 0);
  const whole = Math.max(WHOLE, sum, bands.decline);
  let before = 0;
  const segments = counted.map((part) => {
    const start = (before * 100) / whole;
    before += part.points;
    return { ...part, start, width: (part.points * 100) / whole };
  });
  const marks = (['flag', 'hold', 'decline'] as const).map((band) => ({
    band,
    points: bands[band],
    at: (bands[band] * 100) / whole,
  }));
  return { sum, segments, marks };
}
