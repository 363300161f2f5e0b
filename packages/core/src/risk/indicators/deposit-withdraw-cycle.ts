import type { Indicator } from '../indicator.ts';
import type { HistoryKnown, WithdrawalKnown } from '../known.ts';

const FEWEST = 2;
const SHARE_PERCENT = 80;

/** Most of what was paid in goes out again, hardly played: less was staked than paid in. */
const isUnplayed = ({ amount, deposited, staked }: WithdrawalKnown): boolean =>
  deposited > 0 && amount * 100 >= deposited * SHARE_PERCENT && staked < deposited;

export const depositWithdrawCycle: Indicator<HistoryKnown> = {
  name: 'deposit_withdraw_cycle',
  version: 1,
  points: 30,
  reach: 'decline',
  describe: `At least ${FEWEST} withdrawals in 90 days of ${SHARE_PERCENT} % or more of the deposits of the week before, with less staked than was paid in.`,
  find: ({ withdrawals }) => {
    const cycles = withdrawals.filter(isUnplayed).length;
    return cycles >= FEWEST ? { cycles, withdrawals: withdrawals.length } : null;
  },
};
