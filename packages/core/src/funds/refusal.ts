import { type Refusal, refuse } from '../result.ts';
import { isUnderWay } from './draft.ts';
import { covers, largestBet, oldestUnderWay } from './stakes.ts';
import type { Funds, StakeEvent, WithdrawalRequest } from './types.ts';

/**
 * Why the wallet may not do what it is asked, or null. Refusals: `insufficient_funds`, `max_bet_exceeded`,
 * `withdrawal_blocked`. What was done all the same is folded whatever this says.
 *
 * @param funds at the instant of what is asked: fold `time` first, so that nothing counts that expired.
 */
export function refusalOf(funds: Funds, asked: StakeEvent | WithdrawalRequest): Refusal | null {
  return asked.kind === 'stake' ? stakeRefused(funds, asked) : withdrawalRefused(funds, asked);
}

function stakeRefused(funds: Funds, { stake, at }: StakeEvent): Refusal | null {
  const oldest = funds.grants[oldestUnderWay(funds.grants, at)];
  const limit = oldest?.terms.maxBet?.onBreach === 'reject' ? largestBet(oldest) : null;
  if (limit !== null && stake > limit)
    return refused('max_bet_exceeded', `With the active bonus, a bet is at most ${limit} minor units.`);
  if (!covers(funds, stake, at))
    return refused('insufficient_funds', 'The stake is more than the player has.');
  return null;
}

function withdrawalRefused({ real, grants }: Funds, { amount, at }: WithdrawalRequest): Refusal | null {
  const blocks = grants.some((grant) => isUnderWay(grant, at) && grant.terms.onWithdrawal === 'block');
  if (blocks)
    return refused(
      'withdrawal_blocked',
      'The active bonus must be played through or cancelled before a withdrawal.',
    );
  if (amount > real)
    return refused('insufficient_funds', 'The withdrawal is more than the real money of the player.');
  return null;
}

const refused = (key: string, message: string): Refusal => refuse(key, message).refusal;
