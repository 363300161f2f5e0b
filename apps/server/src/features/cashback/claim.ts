import type { CashbackSettlement } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { isPlayer, type RequestContext } from '../../platform/http/context.ts';
import { playerId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';
import type { BudgetReturns } from '../bonuses/index.ts';
import { barredBy, loadPlayers } from '../players/index.ts';
import { finishBonuses } from './finish.ts';
import { BonusEnded, payOut } from './pay.ts';
import { settledEvent } from './period.ts';
import { PERIOD, type PeriodRow, settledOf } from './store.ts';
import { loadTerms, type TermsKey } from './terms.ts';
import { settlementOf } from './views.ts';

interface Locked extends PeriodRow, TermsKey {
  is_active: boolean;
  in_time: boolean;
  now: Date;
}

/**
 * Pays a period that waits to be claimed. The row lock makes two claims at once one payment; the second is answered
 * with what the first came to. A player may claim what is the player's own.
 */
export async function claim(
  db: Database,
  budgets: BudgetReturns,
  settlementId: string,
  context: RequestContext,
): Promise<Result<CashbackSettlement>> {
  try {
    return await db.transaction(async (tx) => {
      const period = await lock(tx, settlementId, context);
      if (!period) return refuse('not_found', `There is no settled cashback ${settlementId}.`);
      if (period.state === 'paid') return ok(settlementOf(period));
      return (await refusalOf(tx, period)) ?? (await pay(tx, budgets, period, context));
    });
  } catch (error) {
    if (error instanceof BonusEnded) return ENDED;
    throw error;
  }
}

async function lock(
  tx: Queryable,
  settlementId: string,
  { caller: { brandId, playerExternalId } }: RequestContext,
): Promise<Locked | undefined> {
  const { rows } = await tx.query<Locked>(
    `select ${PERIOD}, g.campaign_id as "campaignId", g.campaign_version as "campaignVersion",
       g.reward_index as "rewardIndex", g.status = 'active' as is_active, p.claim_until > now() as in_time, now() as now
     from cashback_periods p
     join grants g on g.player_id = p.player_id and g.grant_id = p.grant_id
     join players o on o.player_id = p.player_id
     where p.settlement_id = $1 and p.brand_id = $2 and ($3::uuid is null or p.player_id = $3) for update of p`,
    [settlementId, brandId, playerExternalId === undefined ? null : playerId(brandId, playerExternalId)],
  );
  return rows[0];
}

const ENDED = refuse('grant_not_active', 'The bonus this cashback belongs to has ended.');

async function refusalOf(tx: Queryable, period: Locked): Promise<Result<never> | undefined> {
  if (period.state === 'nothing') return refuse('nothing_to_claim', 'Nothing is paid for this period.');
  if (period.state === 'lapsed' || !period.in_time)
    return refuse('claim_lapsed', 'This cashback was not claimed in time.');
  if (!period.is_active) return ENDED;
  const player = (await loadPlayers(tx, [period.player_id])).get(period.player_id);
  const barred = player && barredBy(player);
  if (barred === 'self_excluded')
    return refuse(barred, 'The player is excluded: nothing is paid until the exclusion is over.');
  return barred ? refuse(barred, 'The player may have no bonuses.') : undefined;
}

async function pay(
  tx: Queryable,
  budgets: BudgetReturns,
  period: Locked,
  { caller, requestId }: RequestContext,
): Promise<Result<CashbackSettlement>> {
  const { player_id, external_id, grant_id, number, brand_id, currency, amount, now } = period;
  const reward = (await loadTerms(tx, [period]))(period);
  const payment = {
    playerId: player_id,
    playerExternalId: external_id,
    grantId: grant_id,
    number,
    brandId: brand_id,
    campaignId: period.campaignId,
    campaignVersion: period.campaignVersion,
    rewardIndex: period.rewardIndex,
    currency,
    amount,
    reward,
  };
  const { events, refused, spent } = await payOut(tx, [payment], now);
  if (refused.size > 0)
    return refuse('amount_too_large', 'With it, the player would have more than can be counted exactly.');
  await tx.query(
    `update cashback_periods set state = 'paid', paid_at = now()
     where player_id = $1 and grant_id = $2 and number = $3 and state = 'claimable'`,
    [player_id, grant_id, number],
  );
  await finishBonuses(tx, [payment]);
  const paid: PeriodRow = { ...period, state: 'paid', paid_at: now };
  if (!isPlayer(caller))
    await audit(tx, {
      brandId: caller.brandId,
      actor: caller.actor,
      action: 'cashback.claimed',
      targetKind: 'cashback_settlement',
      targetId: period.settlement_id,
      before: { state: period.state },
      after: { state: 'paid', amount, currency, grantId: grant_id },
      requestId,
    });
  const origin = {
    brandId: caller.brandId,
    actor: caller.actor,
    correlationId: requestId,
    time: now.toISOString(),
  };
  await publish(tx, origin, [settledEvent(settledOf(paid)), ...events]);
  await budgets.spend(tx, origin, spent);
  return ok(settlementOf(paid));
}
