import type { BasisPoints, Minor } from '../money/index.ts';
import type { FundsTerms } from './types.ts';

type Amounts = Readonly<Record<string, Minor>>;

/** Terms of wagering as a campaign says them, for every currency. */
export interface WageringTerms {
  readonly contributions: {
    readonly categories: Readonly<Record<string, BasisPoints>>;
    readonly games: Readonly<Record<string, BasisPoints>>;
  };
  readonly countStakes: FundsTerms['countStakes'];
  readonly fundsOrder: FundsTerms['fundsOrder'];
  readonly stickiness: FundsTerms['stickiness'];
  readonly maxBet?:
    | {
        readonly amounts?: Amounts | undefined;
        readonly bonusShare?: BasisPoints | undefined;
        readonly onBreach: 'reject' | 'no_contribution' | 'flag';
      }
    | undefined;
  readonly maxConversion?:
    | { readonly amounts?: Amounts | undefined; readonly timesBonus?: number | undefined }
    | undefined;
  readonly onWithdrawal: FundsTerms['onWithdrawal'];
  readonly dustThreshold?: Amounts | undefined;
}

/** The terms in one currency. A limit that names other currencies only is none in this one. */
export function compileTerms(terms: WageringTerms, currency: string): FundsTerms {
  const { maxBet, maxConversion } = terms;
  return {
    games: new Map(Object.entries(terms.contributions.games)),
    categories: new Map(Object.entries(terms.contributions.categories)),
    countStakes: terms.countStakes,
    fundsOrder: terms.fundsOrder,
    stickiness: terms.stickiness,
    maxBet: maxBet
      ? {
          amount: maxBet.amounts?.[currency] ?? null,
          bonusShare: maxBet.bonusShare ?? null,
          onBreach: maxBet.onBreach,
        }
      : null,
    maxConversion: maxConversion
      ? { amount: maxConversion.amounts?.[currency] ?? null, timesBonus: maxConversion.timesBonus ?? null }
      : null,
    onWithdrawal: terms.onWithdrawal,
    dustThreshold: terms.dustThreshold?.[currency] ?? 0,
  };
}
