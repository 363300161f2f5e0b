import { BASIS_POINTS } from '../money/index.ts';
import type { OfferReward } from './types.ts';

/**
 * The turnover a reward asks for as a multiple of its bonus funds, ×100 and rounded up; 0 when it asks for none. On
 * deposit plus bonus the deposit counts as well: matched at 100 %, 5× of both together is 10× of the bonus. With the
 * full deposit there is no largest multiple, because what is above the cap counts and earns nothing.
 */
export function bonusMultiple({ wagering, matchBps }: OfferReward): number {
  if (!wagering || wagering.multiplier === 0) return 0;
  if (wagering.base !== 'deposit_plus_bonus') return wagering.multiplier;
  return wagering.depositBase === 'full' || !matchBps
    ? Number.POSITIVE_INFINITY
    : Math.ceil((wagering.multiplier * (BASIS_POINTS + matchBps)) / matchBps);
}

export interface Contribution {
  /** Path within the wagering terms. */
  readonly field: string;
  readonly name: string;
  readonly shareBps: number;
}

/** The category or game that counts least, among those that count at all; undefined when everything counts fully. */
export function leastContribution({ wagering }: OfferReward): Contribution | undefined {
  if (!wagering) return undefined;
  const listed = (['categories', 'games'] as const).flatMap((of) =>
    Object.entries(wagering.contributions[of]).map(
      ([name, shareBps]): Contribution => ({ field: `contributions.${of}.${name}`, name, shareBps }),
    ),
  );
  return listed
    .filter(({ shareBps }) => shareBps > 0 && shareBps < BASIS_POINTS)
    .sort((one, other) => one.shareBps - other.shareBps)[0];
}

/** @param multiple ×100. @returns e.g. `10×`, `12.5×`. */
export const multipleText = (multiple: number): string =>
  Number.isFinite(multiple) ? `${multiple / 100}×` : 'no largest multiple';
