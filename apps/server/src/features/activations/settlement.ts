import {
  type Campaign,
  COST_SHOWS_LATER,
  depositTerms,
  isBudgetKey,
  issue,
} from '@promosmith/core/activation';
import { type DepositVerdict, depositBonus } from '@promosmith/core/bonus';
import { newId } from '../../platform/ids.ts';
import type { Activated, PendingGrant } from '../bonuses/index.ts';
import type { IncomingEvent } from '../events/index.ts';
import { barredBy, type KnownPlayer } from '../players/index.ts';
import type { Awaiting, Outcome } from './awaiting.ts';
import type { Move, StoredTake } from './give-back.ts';

export type DepositEvent = IncomingEvent<'deposit.succeeded'>;

/** One deposit that pays one waiting activation, or says why it does not. */
export interface Settlement extends Outcome {
  readonly event: DepositEvent;
  readonly grants: readonly Activated[];
  readonly kinds: readonly string[];
  /** From reserved at the worst case to used at the real cost, as far as that is known by then. */
  readonly moves: readonly Move[];
}

/** What the deposit is worth to the activation, under the terms it was made under. */
export function settle(
  activation: Awaiting,
  event: DepositEvent,
  player: KnownPlayer,
  campaign: Campaign,
  pending: readonly PendingGrant[],
): Settlement {
  const terms = depositTerms(campaign.terms);
  if (!terms)
    throw new Error(`activation ${activation.activation_id} waits for a deposit its terms do not ask for`);
  const { amount, currency, method, index } = event.data;
  const offered = pending[0]?.currency ?? currency;
  const nth = index ?? player.depositCount;
  const now = activation.now.getTime();
  const verdict = depositBonus(terms, offered, { amount, currency, method, nth }, now);
  // Whatever the offer said when the code was entered: nobody who is out now gets a bonus.
  const refusal = barredBy(player) ?? (verdict.ok ? null : verdict.key);
  if (refusal !== null || !verdict.ok)
    return { activation, event, refusal, grants: [], kinds: [], takes: activation.takes, moves: [] };

  const transactionId = newId();
  const grants = pending.map(
    (grant): Activated => ({
      ...worth(rewardOf(campaign, grant), verdict, grant, now),
      grantId: grant.grantId,
      playerId: activation.player_id,
      brandId: activation.brand_id,
      currency: offered,
      depositId: event.data.depositId,
      effectiveAt: countsFrom(activation, event),
      transactionId,
      at: activation.now.toISOString(),
    }),
  );
  const spent = grants.reduce((sum, { budgetSpent }) => sum + budgetSpent, 0);
  const takes = activation.takes.map(
    ([key, home, taken]): StoredTake => [key, home, isBudgetKey(key) ? spent : taken],
  );
  const kinds = pending.map((grant) => rewardOf(campaign, grant).kind);
  return {
    activation,
    event,
    refusal,
    grants,
    kinds,
    takes,
    moves: useOf(activation.takes, takes, grants, kinds),
  };
}

/** How takes that were reserved are used, but for the cost of bonuses that shows later. */
export function useOf(
  before: readonly StoredTake[],
  after: readonly StoredTake[],
  grants: readonly Pick<Activated, 'budgetSpent'>[],
  kinds: readonly string[],
): Move[] {
  const open = grants.reduce(
    (sum, { budgetSpent }, i) => sum + (COST_SHOWS_LATER.has(kinds[i] ?? '') ? budgetSpent : 0),
    0,
  );
  return before.map(([key, home, taken], i): Move => {
    const reserved = isBudgetKey(key) ? open : 0;
    return { key, home, reserved: reserved - taken, used: (after[i]?.[2] ?? 0) - reserved };
  });
}

/** Bets count from the deposit on, but not from before the code was used, unless it came with the deposit. */
function countsFrom({ came_with, created_at }: Awaiting, { time }: DepositEvent): number {
  const made = Date.parse(time);
  return came_with ? made : Math.max(made, created_at.getTime());
}

type Reward = Campaign['terms']['rewards'][number];

function rewardOf({ terms }: Campaign, { grantId, rewardIndex }: PendingGrant): Reward {
  const reward = terms.rewards[rewardIndex];
  if (!reward) throw new Error(`grant ${grantId} names a reward its version does not have`);
  return reward;
}

/** What a bonus becomes that waits for no deposit. It costs what it always does. */
export function issuedWithoutDeposit(
  campaign: Campaign,
  grant: PendingGrant,
  now: number,
): Worth & { readonly kind: Reward['kind'] } {
  const reward = rewardOf(campaign, grant);
  return { ...issue(reward, grant.currency, now), budgetSpent: grant.budgetReserved, kind: reward.kind };
}

type Worth = Pick<Activated, 'status' | 'amount' | 'wageringRequired' | 'expiresAt' | 'budgetSpent'>;

/** A deposit reward costs what it is worth, at most what was reserved; the others cost what they always do. */
function worth(
  reward: Reward,
  verdict: Extract<DepositVerdict, { ok: true }>,
  { currency, budgetReserved }: PendingGrant,
  now: number,
): Worth {
  if (reward.kind !== 'deposit') return { ...issue(reward, currency, now), budgetSpent: budgetReserved };
  const { bonus, wageringRequired, expiresAt } = verdict;
  return {
    status: 'active',
    amount: bonus,
    wageringRequired,
    expiresAt,
    budgetSpent: Math.min(budgetReserved, bonus),
  };
}
