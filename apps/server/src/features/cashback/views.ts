import {
  type CashbackPreview,
  type CashbackSettlement,
  type CashbackSums,
  Id,
  type listCashbackSettlements,
  type previewCashback,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { cashbackPeriod } from '@promosmith/core/cashback';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';
import { closingsOf } from './close.ts';
import { PERIOD, type PeriodRow } from './store.ts';
import { loadTerms, type TermsKey } from './terms.ts';

type Page<Item> = { items: Item[]; nextCursor: string | null };

function sumsOf(row: PeriodRow): CashbackSums | null {
  const { stakes, wins, start_balance, deposits, withdrawals, end_balance } = row;
  if (stakes !== null && wins !== null) return { basis: 'game_net_loss', stakes, wins };
  if (start_balance === null || deposits === null || withdrawals === null || end_balance === null)
    return null;
  return { basis: 'cash_flow', startBalance: start_balance, deposits, withdrawals, endBalance: end_balance };
}

/** A closed period as the API shows it. */
export const settlementOf = (row: PeriodRow): CashbackSettlement => ({
  id: row.settlement_id,
  grantId: row.grant_id,
  player: row.external_id,
  campaignId: row.campaign_id,
  number: row.number,
  from: row.starts_at.toISOString(),
  to: row.ends_at.toISOString(),
  currency: row.currency,
  sums: sumsOf(row),
  netLoss: row.net_loss,
  amount: row.amount,
  paidAs: row.paid_as,
  state: row.state,
  reason: row.reason,
  closedAt: row.closed_at.toISOString(),
  claimUntil: row.claim_until?.toISOString() ?? null,
  paidAt: row.paid_at?.toISOString() ?? null,
});

const Cursor = z.tuple([Id]);

/** Conditions as they are asked for, with their parameters. */
function filters(first: readonly string[], ...given: unknown[]) {
  const where = [...first];
  const values = [...given];
  return {
    values,
    also(condition: (parameter: string) => string, value: unknown): void {
      if (value === undefined) return;
      values.push(value);
      where.push(condition(`$${values.length}`));
    },
    text: () => where.join(' and '),
  };
}

/** Closed periods, newest first. */
export async function listSettlements(
  db: Database,
  brandId: string,
  query: RouteInput<typeof listCashbackSettlements>['query'],
): Promise<Result<Page<CashbackSettlement>>> {
  const after = decodeCursor(query.cursor, Cursor);
  if (!after.ok) return after;
  const { player } = query;
  const asked = filters(['p.brand_id = $1', 'p.settlement_id is not null'], brandId);
  asked.also((it) => `p.player_id = ${it}`, player === undefined ? undefined : playerId(brandId, player));
  asked.also((it) => `p.campaign_id = ${it}`, query.campaignId);
  asked.also((it) => `p.grant_id = ${it}`, query.grantId);
  asked.also((it) => `p.state = ${it}`, query.state);
  asked.also((it) => `p.settlement_id < ${it}`, after.value?.[0]);
  const { rows } = await db.query<PeriodRow>(
    `select ${PERIOD} from cashback_periods p join players o on o.player_id = p.player_id
     where ${asked.text()} order by p.settlement_id desc limit ${query.limit + 1}`,
    asked.values,
  );
  return ok(toPage(rows, query.limit, (row) => [row.settlement_id], settlementOf));
}

interface OpenRow extends TermsKey {
  playerId: string;
  playerExternalId: string;
  grantId: string;
  currency: string;
  activatedAt: Date;
  number: number;
  timeZone: string;
  now: Date;
}

/**
 * What open periods would pay if they closed now, newest bonus first. A bonus just activated, whose first period no tick
 * has opened yet, has it nevertheless.
 * @param brandZone of such a bonus's periods.
 */
export async function previewOf(
  db: Database,
  brandId: string,
  query: RouteInput<typeof previewCashback>['query'],
  brandZone: string,
): Promise<Result<Page<CashbackPreview>>> {
  const after = decodeCursor(query.cursor, Cursor);
  if (!after.ok) return after;
  const { player } = query;
  const isOpen = '(p.number is not null or g.budget_spent is null)';
  const cashback = `g.kind = 'cashback' and g.status = 'active'`;
  const asked = filters(['g.brand_id = $1', cashback, isOpen], brandId, brandZone);
  asked.also((it) => `g.player_id = ${it}`, player === undefined ? undefined : playerId(brandId, player));
  asked.also((it) => `g.campaign_id = ${it}`, query.campaignId);
  asked.also((it) => `g.grant_id < ${it}`, after.value?.[0]);
  const { rows } = await db.query<OpenRow>(
    `select g.player_id as "playerId", o.external_id as "playerExternalId", g.grant_id as "grantId", g.currency,
       g.granted_at as "activatedAt", coalesce(p.number, 1) as number, coalesce(p.time_zone, $2) as "timeZone",
       g.campaign_id as "campaignId", g.campaign_version as "campaignVersion", g.reward_index as "rewardIndex",
       now() as now
     from grants g
     join players o on o.player_id = g.player_id
     left join cashback_periods p on p.player_id = g.player_id and p.grant_id = g.grant_id and p.state = 'open'
     where ${asked.text()} order by g.grant_id desc limit ${query.limit + 1}`,
    asked.values,
  );
  const terms = await loadTerms(db, rows);
  const open = rows.map((row) => {
    const reward = terms(row);
    const { from, to } = cashbackPeriod(row.activatedAt.getTime(), reward.period, row.timeZone, row.number);
    return { ...row, reward, isActive: true, from, to, until: new Date(Math.min(to, row.now.getTime())) };
  });
  const closings = await closingsOf(db, open);
  const previews = open.map((period, n): CashbackPreview => {
    const { sums = null, netLoss = null, amount = 0, reason = null } = closings[n] ?? {};
    return {
      grantId: period.grantId,
      player: period.playerExternalId,
      campaignId: period.campaignId,
      number: period.number,
      periods: period.reward.periods,
      from: new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
      currency: period.currency,
      ...{ sums, netLoss, amount, reason },
      paidAs: period.reward.paidAs,
      payout: period.reward.payout,
    };
  });
  return ok(
    toPage(
      previews,
      query.limit,
      (preview) => [preview.grantId],
      (preview) => preview,
    ),
  );
}
