import { wageringRequired } from '@promosmith/core/money';
import { int8s, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { issueBonuses, type NewBonus } from '../bonuses/index.ts';
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
}

/**
 * Pays periods out, as real money or as bonuses with a life of their own, and counts what they cost the budget.
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
  await spend(
    tx,
    payments.filter((payment) => !refused.has(payment)),
  );
  return { events: [...events, ...granted], refused };
}

async function payCash(tx: Queryable, payments: readonly Payment[]): Promise<Paid> {
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

async function spend(tx: Queryable, payments: readonly Payment[]): Promise<void> {
  if (payments.length === 0) return;
  const { rowCount } = await tx.query(
    `update grants g set budget_spent = g.budget_spent + paid.amount, changed_at = now()
     from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as paid (player_id, grant_id, amount)
     where g.player_id = paid.player_id and g.grant_id = paid.grant_id and g.status = 'active'`,
    [
      uuids(payments.map(({ playerId }) => playerId)),
      uuids(payments.map(({ grantId }) => grantId)),
      int8s(payments.map(({ amount }) => amount)),
    ],
  );
  if (rowCount !== payments.length) throw new BonusEnded('a cashback bonus ended while it was being paid');
}
