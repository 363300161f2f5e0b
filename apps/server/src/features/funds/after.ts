import type { BetSplit, Funds } from '@promosmith/core/funds';
import type { FundsAfter, GrantAfter } from './change.ts';

/** Funds as they are, for an answer. */
export function afterOf({ real, grants }: Funds): Pick<FundsAfter, 'real' | 'bonus' | 'grants'> {
  return {
    real,
    bonus: grants.reduce((sum, { state, balance }) => (state === 'active' ? sum + balance : sum), 0),
    grants: grants.map(
      ({ grantId, state, balance, wagered, required, converted }): GrantAfter => ({
        ...{ grantId, status: state, balance, wagered, required, converted },
      }),
    ),
  };
}

/** Of a stake, or of a win; of a whole bet both together. */
export const sumOf = ({ realStake, realWin, parts }: BetSplit): FundsAfter['split'] => ({
  real: realStake + realWin,
  bonus: parts.reduce((sum, { stake, win }) => sum + stake + win, 0),
});
