import type { Refusal } from '../result.ts';
import type { Funds, StakeEvent, WithdrawalRequest } from './types.ts';

/**
 * Why the wallet may not do what it is asked, or null. Refusals: `insufficient_funds`, `max_bet_exceeded`,
 * `withdrawal_blocked`. What was done is folded whatever this says.
 */
export function refusalOf(_funds: Funds, _asked: StakeEvent | WithdrawalRequest): Refusal | null {
  return null;
}
