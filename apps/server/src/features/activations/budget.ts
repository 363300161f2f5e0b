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
