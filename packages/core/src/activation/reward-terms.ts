import type { Minor } from '../money/index.ts';

type Amounts = Readonly<Record<string, Minor>>;

interface Wagering {
  /** ×100 */
  readonly multiplier: number;
  readonly base: 'bonus' | 'deposit_plus_bonus' | 'winnings';
  readonly depositBase: 'full' | 'matched';
  readonly expiresAfterSeconds: number;
}

export interface DepositTerms {
  readonly kind: 'deposit';
  readonly matchBps: number;
  readonly cap: Amounts;
  readonly minDeposit: Amounts;
  readonly nthDeposit?: number | undefined;
  readonly paymentMethods?:
    | { readonly only?: readonly string[] | undefined; readonly except?: readonly string[] | undefined }
    | undefined;
  readonly depositWithinSeconds: number;
  readonly wagering: Wagering;
}

/** The six kinds of the seed, as far as issuing them needs their terms. */
export type Reward =
  | DepositTerms
  | {
      readonly kind: 'free_spins';
      readonly count: number;
      readonly spinValue: Amounts;
      readonly winCap?: Amounts | undefined;
      readonly expiresAfterSeconds: number;
    }
  | { readonly kind: 'bonus_balance'; readonly amount: Amounts; readonly wagering: Wagering }
  | {
      readonly kind: 'cashback';
      /** Of one period. */
      readonly cap: Amounts;
      /** One when left out. */
      readonly periods?: number | undefined;
    }
  | { readonly kind: 'tournament_entry'; readonly seats: number; readonly expiresAfterSeconds: number }
  | { readonly kind: 'special'; readonly expiresAfterSeconds?: number | undefined };
