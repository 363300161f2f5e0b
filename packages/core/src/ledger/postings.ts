import { type Minor, requireMinor } from '../money/index.ts';

/** Accounts of the books (DOMAIN §3). A player's bonus account is per grant. */
export const ACCOUNTS = {
  playerReal: 'player:real',
  playerBonus: (grantId: string): string => `player:bonus:${grantId}`,
  bonusExpense: 'house:bonus_expense',
  gaming: 'house:gaming',
  breakage: 'house:breakage',
  /** The platform's cashier: deposits come from it, withdrawals go to it. */
  cash: 'platform:cash',
} as const;

/** One movement of money: a debit and a credit of the same amount, so every transaction sums to 0. */
export interface Posting {
  readonly kind: 'bonus_granted' | 'bonus_reversed';
  readonly debit: string;
  readonly credit: string;
  /** Minor units, above zero. */
  readonly amount: Minor;
  readonly currency: string;
}

/**
 * Grant: Dr house:bonus_expense / Cr player:bonus. None for a bonus without a balance.
 *
 * @throws RangeError when the amount is negative or not a whole number of minor units.
 */
export function bonusGranted(grantId: string, amount: Minor, currency: string): Posting | null {
  if (requireMinor(amount) < 0) throw new RangeError(`a bonus can't be below zero: ${amount}`);
  if (amount === 0) return null;
  return {
    kind: 'bonus_granted',
    debit: ACCOUNTS.bonusExpense,
    credit: ACCOUNTS.playerBonus(grantId),
    amount,
    currency,
  };
}

/** The opposite of a posting: what taking it back books. */
export const reversed = (posting: Posting): Posting => ({
  ...posting,
  kind: 'bonus_reversed',
  debit: posting.credit,
  credit: posting.debit,
});
