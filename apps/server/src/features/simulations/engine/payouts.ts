import type { CampaignDefinition } from '@promosmith/contract';
import { type Decision, depositTerms, isBudgetKey, type Millis } from '@promosmith/core/activation';
import { depositBonus } from '@promosmith/core/bonus';
import { costOf } from './cost.ts';
import type { GiveBacks } from './give-backs.ts';
import type { Tally } from './tally.ts';
import type { Setting, Try } from './types.ts';

/** What a code that was taken earns, at once or by a deposit that was made later on. */
export interface Payouts {
  /** @returns until when the player has an open bonus, or waits for one; null when that does not end by itself. */
  pay(one: Try, decision: Decision): Millis | null;
}

export function createPayouts(
  { campaign }: Setting,
  giveBacks: GiveBacks,
  { money, waited }: Tally,
): Payouts {
  const { terms } = campaign;
  const rewards = terms.rewards as CampaignDefinition['rewards'];
  const deposit = depositTerms(terms);

  const grant = (
    decision: Decision,
    at: Millis,
    matched: number,
    depositUntil: Millis | null,
  ): Millis | null => {
    let last: Millis | null = at;
    for (const { rewardIndex, currency, expiresAt } of decision.grants) {
      const reward = rewards[rewardIndex];
      if (!reward) throw new Error(`a bonus is of reward ${rewardIndex}, which there is not`);
      const until = deposit ? depositUntil : expiresAt;
      money.grant(currency, costOf(reward, currency, matched), at, until);
      last = until === null || last === null ? null : Math.max(last, until);
    }
    return last;
  };

  /** The first deposit that earns the bonus, as activations find it. */
  function payingDeposit(one: Try, currency: string) {
    if (!deposit) return null;
    for (const [index, { at, ...made }] of one.deposits.entries()) {
      const nth = made.nth ?? one.player.depositCount + index + 1;
      const verdict = depositBonus(deposit, currency, { ...made, nth }, at);
      if (verdict.ok) return { at, verdict };
    }
    return null;
  }

  return {
    pay(one, decision) {
      if (!deposit) return grant(decision, one.at, 0, null);
      const lapsesAt = one.at + deposit.depositWithinSeconds * 1000;
      const paying = payingDeposit(one, decision.grants[0]?.currency ?? '');
      waited(paying !== null);
      const playerId = one.player.playerId;
      if (!paying) {
        const counters = decision.claims
          .filter(({ home }) => home === 'counter')
          .map(({ counterKey, amount }) => [counterKey, amount] as const);
        giveBacks.add(lapsesAt, { playerId, counters });
        return lapsesAt;
      }
      const { bonus, expiresAt } = paying.verdict;
      const unused = (deposit.cap[decision.grants[0]?.currency ?? ''] ?? 0) - bonus;
      const counters = decision.claims
        .filter(({ counterKey }) => isBudgetKey(counterKey) && unused > 0)
        .map(({ counterKey }) => [counterKey, unused] as const);
      if (counters.length > 0) giveBacks.add(paying.at, { playerId: null, counters });
      return grant(decision, paying.at, bonus, expiresAt);
    },
  };
}
