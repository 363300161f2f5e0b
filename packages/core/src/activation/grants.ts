import { requireMinor, wageringRequired } from '../money/index.ts';
import type { DepositTerms, Reward } from './reward-terms.ts';
import type { CampaignTerms, GrantPlan, Millis } from './types.ts';

const SECOND = 1000;

const after = (now: Millis, seconds: number | undefined): Millis | null =>
  seconds === undefined ? null : now + seconds * SECOND;

/** Whether the offer waits for a deposit: then all its rewards do. */
export const depositTerms = (terms: CampaignTerms): DepositTerms | undefined =>
  terms.rewards.find((reward) => reward.kind === 'deposit');

/** The reward's amounts by currency that decide which currencies the offer is open to. */
function amountsOf(reward: Reward): readonly Readonly<Record<string, number>>[] {
  switch (reward.kind) {
    case 'deposit':
      return [reward.cap, reward.minDeposit];
    case 'free_spins':
      return [reward.spinValue];
    case 'bonus_balance':
      return [reward.amount];
    case 'cashback':
      return [reward.cap];
    case 'tournament_entry':
    case 'special':
      return [];
  }
}

/** Whether every amount of the offer, and its budget, is stated in the currency. */
export function payableIn(terms: CampaignTerms, currency: string): boolean {
  if (terms.budget && !Object.hasOwn(terms.budget, currency)) return false;
  return terms.rewards.every((reward) =>
    amountsOf(reward).every((amounts) => Object.hasOwn(amounts, currency)),
  );
}

/** The most a reward can cost the campaign's budget, in minor units of the currency. */
export function largestCost(reward: Reward, currency: string): number {
  switch (reward.kind) {
    case 'deposit':
      return reward.cap[currency] ?? 0;
    case 'free_spins':
      // What they win is what they cost. Without a cap that has no bound, so a budget asks for one; else this is the face value.
      return reward.winCap?.[currency] ?? (reward.spinValue[currency] ?? 0) * reward.count;
    case 'bonus_balance':
      return reward.amount[currency] ?? 0;
    case 'cashback':
      return (reward.cap[currency] ?? 0) * (reward.periods ?? 1);
    case 'tournament_entry':
    case 'special':
      return 0;
  }
}

/**
 * Kinds of bonuses whose cost shows only when they are over. Until then the most they can cost is reserved of a budget,
 * and what they have cost so far is spent.
 */
export const COST_SHOWS_LATER: ReadonlySet<string> = new Set<Reward['kind']>(['cashback', 'free_spins']);

const totalCost = ({ rewards }: Pick<CampaignTerms, 'rewards'>, currency: string): number =>
  rewards.reduce((sum, reward) => sum + largestCost(reward, currency), 0);

/** Whether what the rewards can cost together is a number of minor units that is still exact. */
export const hasExactCost = (terms: Pick<CampaignTerms, 'rewards'>, currency: string): boolean =>
  Number.isSafeInteger(totalCost(terms, currency));

/**
 * What one activation takes from the budget: the most all its rewards together can cost.
 * @throws RangeError when that is not exact.
 */
export const largestCostOf = (terms: CampaignTerms, currency: string): number =>
  requireMinor(totalCost(terms, currency));

/** What of it is no more than reserved, although nothing is awaited: the cost of these rewards shows later. */
export const openCostOf = ({ rewards }: Pick<CampaignTerms, 'rewards'>, currency: string): number =>
  totalCost({ rewards: rewards.filter(({ kind }) => COST_SHOWS_LATER.has(kind)) }, currency);

/** The grants of an accepted activation, or of one that waits for its deposit (then all are pending). */
export function planGrants(terms: CampaignTerms, currency: string, now: Millis): GrantPlan[] {
  const deposit = depositTerms(terms);
  return terms.rewards.map((reward, rewardIndex) => {
    const plan = { rewardIndex, kind: reward.kind, currency, cost: largestCost(reward, currency) };
    if (deposit) {
      const expiresAt = after(now, deposit.depositWithinSeconds);
      return { ...plan, status: 'pending', amount: 0, wageringRequired: 0, expiresAt };
    }
    return { ...plan, ...issue(reward, currency, now) };
  });
}

/** The grants of an activation that a person looks at first: promised, and worth nothing until then. */
export const planHeld = (terms: CampaignTerms, currency: string): GrantPlan[] =>
  terms.rewards.map((reward, rewardIndex) => ({
    rewardIndex,
    kind: reward.kind,
    currency,
    cost: largestCost(reward, currency),
    status: 'pending',
    amount: 0,
    wageringRequired: 0,
    expiresAt: null,
  }));

type Issued = Pick<GrantPlan, 'status' | 'amount' | 'wageringRequired' | 'expiresAt'>;

/**
 * How a reward that needs no deposit starts its life. Free spins and specials stay pending until delivered.
 *
 * @throws RangeError when the turnover is too large to be exact.
 */
export function issue(reward: Reward, currency: string, now: Millis): Issued {
  switch (reward.kind) {
    case 'bonus_balance': {
      const amount = reward.amount[currency] ?? 0;
      return {
        status: 'active',
        amount,
        wageringRequired: requireMinor(Number(wageringRequired(amount, reward.wagering.multiplier))),
        expiresAt: after(now, reward.wagering.expiresAfterSeconds),
      };
    }
    case 'free_spins':
    case 'special':
      return {
        status: 'pending',
        amount: 0,
        wageringRequired: 0,
        expiresAt: after(now, reward.expiresAfterSeconds),
      };
    case 'tournament_entry':
      return {
        status: 'active',
        amount: 0,
        wageringRequired: 0,
        expiresAt: after(now, reward.expiresAfterSeconds),
      };
    case 'cashback':
      return { status: 'active', amount: 0, wageringRequired: 0, expiresAt: null };
    case 'deposit':
      throw new Error('a deposit reward is issued by its deposit');
  }
}
