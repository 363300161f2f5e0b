import type { CashbackReason, CashbackSettlement } from '@promosmith/contract';
import { int4s, int8s, texts, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import type { GrantKey } from '../bonuses/index.ts';
import type { Closing, Due } from './close.ts';
import type { SettledPeriod } from './period.ts';

/** A period with what it came to. */
export interface Closed {
  readonly due: Due;
  readonly closing: Closing;
  readonly settlementId: string;
  readonly state: SettledPeriod['state'];
}

/** Closes periods for good. @throws when one of them was closed before: its row was held, so that is a bug. */
export async function writeClosed(tx: Queryable, closed: readonly Closed[]): Promise<void> {
  const column = <T>(of: (period: Closed) => T): T[] => closed.map(of);
  const game = column(({ closing: { sums } }) => (sums?.basis === 'game_net_loss' ? sums : null));
  const cashFlow = column(({ closing: { sums } }) => (sums?.basis === 'cash_flow' ? sums : null));
  const { rowCount } = await tx.query(
    `update cashback_periods p set state = t.state, settlement_id = t.settlement_id, stakes = t.stakes, wins = t.wins,
       start_balance = t.start_balance, deposits = t.deposits, withdrawals = t.withdrawals,
       end_balance = t.end_balance, net_loss = t.net_loss, amount = t.amount, reason = t.reason, closed_at = now(),
       claim_until = case when t.state = 'claimable' then now() + t.claim_seconds * interval '1 second' end,
       paid_at = case when t.state = 'paid' then now() end
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::bigint[], $7::bigint[], $8::bigint[],
       $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::int[])
       as t (player_id, grant_id, number, state, settlement_id, stakes, wins, start_balance, deposits, withdrawals,
         end_balance, net_loss, amount, reason, claim_seconds)
     where p.player_id = t.player_id and p.grant_id = t.grant_id and p.number = t.number and p.state = 'open'`,
    [
      uuids(column(({ due }) => due.playerId)),
      uuids(column(({ due }) => due.grantId)),
      int4s(column(({ due }) => due.number)),
      texts(column(({ state }) => state)),
      uuids(column(({ settlementId }) => settlementId)),
      int8s(game.map((sums) => sums?.stakes ?? null)),
      int8s(game.map((sums) => sums?.wins ?? null)),
      int8s(cashFlow.map((sums) => sums?.startBalance ?? null)),
      int8s(cashFlow.map((sums) => sums?.deposits ?? null)),
      int8s(cashFlow.map((sums) => sums?.withdrawals ?? null)),
      int8s(cashFlow.map((sums) => sums?.endBalance ?? null)),
      int8s(column(({ closing }) => closing.netLoss)),
      int8s(column(({ closing }) => closing.amount)),
      texts(column(({ closing }) => closing.reason)),
      int4s(column(({ due }) => due.reward.claimWithinSeconds)),
    ],
  );
  if (rowCount !== closed.length) throw new Error('a period of cashback that was held was closed by another');
}

/** What of a bonus waits to be claimed and still may be, minor units. */
export async function sumClaimable(db: Queryable, { playerId, grantId }: GrantKey): Promise<number> {
  const { rows } = await db.query<{ claimable: number }>(
    `select coalesce(sum(amount), 0)::bigint as claimable from cashback_periods
     where player_id = $1 and grant_id = $2 and state = 'claimable' and claim_until > now()`,
    [playerId, grantId],
  );
  return rows[0]?.claimable ?? 0;
}

/** A closed period, as claims, lapses and lists read it. */
export interface PeriodRow {
  player_id: string;
  external_id: string;
  grant_id: string;
  number: number;
  brand_id: string;
  campaign_id: string;
  currency: string;
  paid_as: 'bonus' | 'cash';
  starts_at: Date;
  ends_at: Date;
  state: CashbackSettlement['state'];
  settlement_id: string;
  stakes: number | null;
  wins: number | null;
  start_balance: number | null;
  deposits: number | null;
  withdrawals: number | null;
  end_balance: number | null;
  net_loss: number | null;
  amount: number;
  reason: CashbackReason | null;
  closed_at: Date;
  claim_until: Date | null;
  paid_at: Date | null;
}

/** The columns of a `PeriodRow`, of `cashback_periods p join players o`. */
export const PERIOD = `p.player_id, o.external_id, p.grant_id, p.number, p.brand_id, p.campaign_id, p.currency, p.paid_as,
  p.starts_at, p.ends_at, p.state, p.settlement_id, p.stakes, p.wins, p.start_balance, p.deposits, p.withdrawals,
  p.end_balance, p.net_loss, p.amount, p.reason, p.closed_at, p.claim_until, p.paid_at`;

export const settledOf = (row: PeriodRow): SettledPeriod => ({
  playerId: row.player_id,
  playerExternalId: row.external_id,
  grantId: row.grant_id,
  number: row.number,
  campaignId: row.campaign_id,
  settlementId: row.settlement_id,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  currency: row.currency,
  netLoss: row.net_loss,
  amount: row.amount,
  state: row.state,
  reason: row.reason,
});
