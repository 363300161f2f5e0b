import { budgetKey, COST_SHOWS_LATER } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import { type Origin, publish } from '../../platform/outbox.ts';
import { pauseForBudget } from '../campaigns/index.ts';

/** Shares of the budget, in basis points, whose crossing is told. */
const THRESHOLDS = [5_000, 8_000, 10_000];

/** A budget counter after money was taken from it. Minor units. */
export interface BudgetChange {
  readonly campaignId: string;
  readonly counterKey: string;
  readonly maximum: number;
  readonly used: number;
  readonly reserved: number;
  /** What this transaction changed used and reserved together by. */
  readonly change: number;
  /** The most one activation takes. */
  readonly step: number;
}

const shareOf = (amount: number, maximum: number): number => Math.floor((amount / maximum) * 10_000);

/** Between which committed amounts the budget crosses no threshold and can pay for one more bonus. Minor units. */
export function quietBudget(committed: number, maximum: number, step: number): { from: number; to: number } {
  const share = shareOf(committed, maximum);
  const amounts = (shares: readonly number[]) => shares.map((of) => (of / 10_000) * maximum);
  // A minor unit inside on either side, for what dividing loses.
  return {
    from: Math.max(
      0,
      ...amounts(THRESHOLDS.filter((of) => of <= share)).map((amount) => Math.ceil(amount) + 1),
    ),
    to: Math.min(
      maximum - step,
      ...amounts(THRESHOLDS.filter((of) => of > share)).map((amount) => Math.floor(amount) - 1),
    ),
  };
}

/**
 * Tells of the thresholds a change crossed, and pauses the campaign once what is not yet spent cannot pay for one more
 * bonus. Reserved money may still come back, so it alone pauses nothing.
 */
export async function spendBudget(tx: Queryable, origin: Origin, budget: BudgetChange): Promise<void> {
  const { campaignId, counterKey, maximum, used, reserved } = budget;
  const committed = used + reserved;
  const crossed = THRESHOLDS.filter(
    (share) => shareOf(committed - budget.change, maximum) < share && shareOf(committed, maximum) >= share,
  );
  const bySystem = { ...origin, actor: { kind: 'system' as const, id: 'budget' } };
  await publish(
    tx,
    bySystem,
    crossed.map((shareBps) => ({
      type: 'budget.threshold_crossed',
      subject: `campaign/${campaignId}`,
      data: { campaignId, shareBps, counter: counterKey, committed, budget: maximum },
    })),
  );
  if (maximum - used < budget.step) await pauseForBudget(tx, campaignId, bySystem);
}

/** Money that a bonus of no activation takes from a campaign's budget. Minor units. */
export interface BudgetTake {
  readonly campaignId: string;
  readonly kind: string;
  readonly currency: string;
  readonly amount: number;
  readonly maximum: number;
  /** The most one activation takes. */
  readonly step: number;
}

/**
 * Takes from a budget as activations do, with what they tell of it. Last in the transaction: the counter is shared by
 * the whole campaign.
 * @returns false when there is too little left; nothing is taken then.
 */
export async function takeBudget(
  tx: Queryable,
  origin: Origin,
  { campaignId, kind, currency, amount, maximum, step }: BudgetTake,
): Promise<boolean> {
  if (amount === 0) return true;
  const counterKey = budgetKey(campaignId, currency);
  const open = COST_SHOWS_LATER.has(kind) ? amount : 0;
  const { rows } = await tx.query<{ used: number; reserved: number }>(
    `insert into counters as c (counter_key, campaign_id, used, reserved, maximum)
     select $1, $2, $3::bigint, $4::bigint, $5::bigint where $3::bigint + $4::bigint <= $5::bigint
     on conflict (counter_key) do update
       set used = c.used + excluded.used, reserved = c.reserved + excluded.reserved, maximum = excluded.maximum
       where c.used + c.reserved + excluded.used + excluded.reserved <= excluded.maximum
     returning used, reserved`,
    [counterKey, campaignId, amount - open, open, maximum],
  );
  const [after] = rows;
  if (!after) return false;
  await spendBudget(tx, origin, { campaignId, counterKey, maximum, ...after, change: amount, step });
  return true;
}
