import type { BonusTransaction, exportBonusTransactions, LedgerKind, RouteInput } from '@promosmith/contract';
import { ACCOUNTS } from '@promosmith/core/ledger';
import type { Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import { spanEnd } from '../../platform/time-span.ts';

/** Which lines of which bonuses. */
export type Selection = RouteInput<typeof exportBonusTransactions>['query'];

/** A line's place in the order of statements. */
export interface Place {
  readonly grantId: string;
  readonly line: number;
}

const BONUS_ACCOUNT = `'${ACCOUNTS.playerBonus('')}' || g.grant_id`;

/**
 * Every line of a bonus, counted from the oldest, with the running balance. A bonus is moved by bets made since its
 * offer only, so the instant of that bounds what is read of a player's bets.
 */
const STATEMENT = `select e.*, case ${BONUS_ACCOUNT} when e.credit then e.amount when e.debit then -e.amount else 0 end as change,
    row_number() over history as line,
    sum(case ${BONUS_ACCOUNT} when e.credit then e.amount when e.debit then -e.amount else 0 end) over history as balance
  from ledger_entries e
  where e.player_id = g.player_id and e.grant_id = g.grant_id
    and e.happened_at >= least(g.created_at, g.granted_at, g.effective_at)
  window history as (order by e.booked_at, e.stage, e.happened_at, e.entry_id, e.leg)`;

interface Row {
  grant_id: string;
  line: number;
  external_id: string;
  campaign_id: string;
  kind: LedgerKind;
  debit: string;
  credit: string;
  amount: number;
  currency: string;
  change: number;
  balance: number;
  transaction_id: string | null;
  bet_id: string | null;
  game: string | null;
  happened_at: Date;
  booked_at: Date;
}

/** Lines after a place: bonus by bonus, the newest first, and the newest line of each first. */
export async function nextLines(
  db: Queryable,
  brandId: string,
  selection: Selection,
  after: Place | undefined,
  atMost: number,
): Promise<BonusTransaction[]> {
  const { conditions, values } = conditionsOf(brandId, selection, after);
  const { rows } = await db.query<Row>(
    `select g.grant_id, s.line, p.external_id, g.campaign_id, s.kind, s.debit, s.credit, s.amount, s.currency, s.change,
       s.balance::bigint as balance, s.transaction_id, s.bet_id, s.game, s.happened_at, s.booked_at
     from grants g
     join players p on p.player_id = g.player_id
     cross join lateral (${STATEMENT}) s
     where ${conditions.join(' and ')}
     order by g.grant_id desc, s.line desc limit ${atMost}`,
    values,
  );
  return rows.map(lineOf);
}

function conditionsOf(brandId: string, selection: Selection, after: Place | undefined) {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  add(brandId, (id) => `g.brand_id = ${id}`);
  if (selection.player !== undefined) add(playerId(brandId, selection.player), (id) => `g.player_id = ${id}`);
  if (selection.grantId) add(selection.grantId, (id) => `g.grant_id = ${id}`);
  if (selection.campaignId) add(selection.campaignId, (id) => `g.campaign_id = ${id}`);
  if (selection.kind) add(selection.kind, (kind) => `s.kind = ${kind}`);
  // What moves a bonus's money changes its row, so bonuses that rest need not be read; what spins and cashback pay in cash does not.
  if (selection.from)
    add(
      selection.from,
      (at) => `(g.changed_at >= ${at} or g.kind in ('free_spins', 'cashback')) and s.booked_at >= ${at}`,
    );
  if (selection.to) {
    const { at, id } = spanEnd(selection.to);
    add(at, (before) => `s.booked_at < ${before}`);
    add(id, (before) => `g.grant_id < ${before}`);
  }
  if (after) {
    add(after.grantId, (id) => `g.grant_id <= ${id}`);
    const grant = `$${values.length}`;
    add(after.line, (line) => `(g.grant_id < ${grant} or s.line < ${line})`);
  }
  return { conditions, values };
}

const lineOf = (row: Row): BonusTransaction => ({
  grantId: row.grant_id,
  line: row.line,
  player: row.external_id,
  campaignId: row.campaign_id,
  kind: row.kind,
  debit: row.debit,
  credit: row.credit,
  amount: row.amount,
  currency: row.currency,
  change: row.change,
  balance: row.balance,
  transactionId: row.transaction_id,
  betId: row.bet_id,
  game: row.game,
  happenedAt: row.happened_at.toISOString(),
  bookedAt: row.booked_at.toISOString(),
});
