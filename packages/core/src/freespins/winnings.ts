import { largestWageringBase, type Minor, wageringRequired } from '../money/index.ts';

/** What becomes of winnings: money of the player's own, or a bonus with turnover of its own. */
export type WinningsTerms =
  | { readonly paidAs: 'cash' }
  /** `multiplier` ×100 */
  | { readonly paidAs: 'bonus'; readonly multiplier: number };

/** A credit of winnings. */
export interface WinningsCredit {
  readonly paidAs: 'cash' | 'bonus';
  /** Minor units. */
  readonly amount: Minor;
  /** 1/10,000 minor units; 0 for cash. */
  readonly wageringRequired: number;
}

/** The largest amount that can be credited under the terms with its turnover still exact, minor units. */
export const largestCredit = (terms: WinningsTerms): Minor =>
  terms.paidAs === 'cash' ? Number.MAX_SAFE_INTEGER : largestWageringBase(terms.multiplier);

/** The credit for an amount of winnings; undefined for nothing won. The turnover is that of the winnings, whatever they were won with. */
export function creditOf(amount: Minor, terms: WinningsTerms): WinningsCredit | undefined {
  if (amount === 0) return undefined;
  const required = terms.paidAs === 'cash' ? 0n : wageringRequired(amount, terms.multiplier);
  return { paidAs: terms.paidAs, amount, wageringRequired: Number(required) };
}
