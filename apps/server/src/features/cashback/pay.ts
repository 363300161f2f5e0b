import { wageringRequired } from '@promosmith/core/money';
import { int8s, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { issueBonuses, type NewBonus, type SpentBudget } from '../bonuses/index.ts';
import { changeFunds } from '../funds/index.ts';
import type { PeriodKey } from './period.ts';
import type { CashbackReward, TermsKey } from './terms.ts';

/** An amount that a closed period pays. */
export interface Payment extends PeriodKey, TermsKey {
  readonly playerExternalId: string;
  readonly brandId: string;
  readonly currency: string;
  /** Minor units, above zero. */
  readonly amount: number;
  readonly reward: CashbackReward;
}

/** What came of payments. */
export interface Paid {
  /** To be published. */
  readonly events: readonly NewEvent[];
  /** Those whose player would have more than can be counted exactly: nothing was paid. */
  readonly refused: ReadonlySet<Payment>;
  /** For the budgets, last in the transaction. */
  readonly spent: readonly SpentBudget[];
}

/**
 * Pays periods out, as real money or as bonuses with a life of their own, and says what they cost the budgets.
 * @param now the database's, in the transaction.
 * @throws BonusEnded when one of the bonuses has ended meanwhile; nothing may be committed then.
 */
export async function payOut(tx: Queryable, payments: readonly Payment[], now: Date): Promise<Paid> {
  const { cash = [], bonus = [] } = Object.groupBy(payments, ({ reward }) => reward.paidAs);
  const { events, refused } = await payCash(tx, cash);
  const granted = await issueBonuses(
    tx,
    bonus.map((payment) => asBonus(payment, now)),
  );
  const spent = await spend(
    tx,
    payments.filter((payment) => !refused.has(payment)),
  );
  return { events: [...events, ...granted], refused, spent };
}

async function payCash(tx: Queryable, payments: readonly Payment[]): Promise<Omit<Paid, 'spent'>> {
  if (payments.length === 0) return { events: [], refused: new Set() };
  const results = await changeFunds(
    tx,
    payments.map(({ brandId, playerId, playerExternalId, currency, grantId, number, amount }) => ({
      brandId,
      playerId,
      playerExternalId,
      currency,
      reference: `cashback:${grantId}:${number}`,
      change: { kind: 'cash', amount, grantId, why: 'cashback' },
    })),
  );
  return {
    events: results.flatMap((result) => (result.ok ? result.value.events : [])),
    refused: new Set(payments.filter((_, n) => !results[n]?.ok)),
  };
}

const asBonus = ({ reward: { wagering }, ...payment }: Payment, now: Date): NewBonus => ({
  ...payment,
  activationId: null,
  source: 'cashback',
  parentGrantId: payment.grantId,
  wageringRequired: wagering ? Number(wageringRequired(payment.amount, wagering.multiplier)) : 0,
  expiresAt: wagering ? now.getTime() + wagering.expiresAfterSeconds * 1000 : null,
});

/** A bonus that was to pay ended between being read and being paid from. */
export class BonusEnded extends Error {}

/** A campaign without a budget reserved nothing, and so spends nothing of it. */
async function spend(tx: Queryable, payments: readonly Payment[]): Promise<SpentBudget[]> {
  if (payments.length === 0) return [];
  const { rows } = await tx.query<SpentBudget>(
    `update grants g set budget_spent = g.budget_spent + paid.cost, changed_at = now()
     from (select o.player_id, o.grant_id, least(t.amount, o.budget_reserved - o.budget_spent) as cost
           from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as t (player_id, grant_id, amount)
           join grants o on o.player_id = t.player_id and o.grant_id = t.grant_id and o.player_id = any($1::uuid[])
           where o.status = 'active' order by o.player_id, o.grant_id for update of o) paid
     where g.player_id = paid.player_id and g.grant_id = paid.grant_id
     returning g.campaign_id as "campaignId", g.currency, paid.cost as amount`,
    [
      uuids(payments.map(({ playerId }) => playerId)),
      uuids(payments.map(({ grantId }) => grantId)),
      int8s(payments.map(({ amount }) => amount)),
    ],
  );
  if (rows.length !== payments.length) throw new BonusEnded('a cashback bonus ended while it was being paid');
  return rows;
}
