import type { RiskTrialResult } from '@promosmith/contract';
import {
  BANDS,
  type Band,
  type BandStarts,
  INDICATOR_NAMES,
  type IndicatorName,
} from '@promosmith/core/risk';
import type { Answer } from '../../../api/index.ts';

export type Policy = Answer<'getRiskPolicy'>;

/** What is edited: a policy without who set it and when. */
export interface Weights {
  readonly points: Policy['points'];
  readonly bands: BandStarts;
}

export const weightsOf = ({ points, bands }: Pick<Policy, 'points' | 'bands'>): Weights => ({
  points,
  bands,
});

/** Indicators that weigh otherwise in two versions, in their order. */
export const changedIn = (one: Weights, other: Weights): IndicatorName[] =>
  INDICATOR_NAMES.filter((name) => one.points[name] !== other.points[name]);

/** Whether bands begin one after the other; the server takes no others. */
export const isInOrder = ({ flag, hold, decline }: BandStarts): boolean =>
  flag >= 1 && flag < hold && hold < decline;

interface Zone {
  readonly band: Band;
  readonly from: number;
  /** Share of the scale, in percent. */
  readonly share: number;
}

/** Beyond where declining begins, so that one sees that it goes on. */
const BEYOND = 1.2;

/** Bands as parts of a scale from nothing to somewhat beyond the last of them. */
export function zonesOf({ flag, hold, decline }: BandStarts): Zone[] {
  const starts = [0, flag, hold, decline, Math.ceil(decline * BEYOND)];
  const whole = starts.at(-1) ?? 1;
  return BANDS.map((band, index) => {
    const [from = 0, to = whole] = starts.slice(index, index + 2);
    return { band, from, share: (Math.max(0, to - from) * 100) / whole };
  });
}

/** A job's result is whatever its kind makes of it. */
export const isTrialResult = (
  result: Readonly<Record<string, unknown>>,
): result is Readonly<Record<string, unknown>> & RiskTrialResult =>
  typeof result.attempts === 'number' &&
  typeof result.before === 'object' &&
  typeof result.after === 'object' &&
  Array.isArray(result.moves);

/** Each band with how many attempts were in it and how many would have been. */
export const rowsOf = ({ before, after }: Pick<RiskTrialResult, 'before' | 'after'>) =>
  BANDS.map((band) => ({ band, before: before[band], after: after[band], by: after[band] - before[band] }));
