import { instants, int4s, texts, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import { spanStart } from '../../platform/time-span.ts';

/** A period to be added up: open, or about to be. */
export interface Span {
  readonly playerId: string;
  readonly grantId: string;
  readonly currency: string;
  /** From 1. */
  readonly number: number;
  /** When the bonus was activated. */
  readonly activatedAt: Date;
  /** Where the period ends, or now if that is earlier. */
  readonly until: Date;
}

/** Minor units; null when past what is exact. */
type Sum = number | null;

export interface GameTotals {
  readonly stakes: Sum;
  readonly wins: Sum;
}

export interface CashFlowTotals {
  readonly startBalance: Sum;
  readonly deposits: Sum;
  readonly withdrawals: Sum;
  readonly endBalance: Sum;
}

/** Four of them still add up to a number that is exact. */
const LARGEST = Math.floor(Number.MAX_SAFE_INTEGER / 4);

/** Sums in SQL are exact whatever their size. One that is too large here is nobody's money, and must stop nobody's. */
const exact = (sum: string): string => `case when abs(${sum}) <= ${LARGEST} then (${sum})::bigint end`;

const SPANS = `unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::timestamptz[], $6::timestamptz[])
  with ordinality as span (player_id, grant_id, currency, number, activated_at, until, n)`;

const CLOSED = 'c.player_id = span.player_id and c.grant_id = span.grant_id and c.number < span.number';

function columns(spans: readonly Span[]): unknown[] {
  const column = <T>(of: (span: Span) => T): T[] => spans.map(of);
  return [
    uuids(column(({ playerId }) => playerId)),
    uuids(column(({ grantId }) => grantId)),
    texts(column(({ currency }) => currency)),
    int4s(column(({ number }) => number)),
    instants(column(({ activatedAt }) => activatedAt.getTime())),
    instants(column(({ until }) => until.getTime())),
  ];
}

/**
 * What players staked and won of real money, in the order of the spans.
 *
 * A period is everything known by now since the bonus was activated, less what its closed periods have counted. So a
 * bet that was told after its period closed counts in the next one, one that is rolled back later takes back there what
 * it added, and whatever is told in whatever order, the periods add up to what was lost. A note of what was counted on
 * the bets themselves would cost a write for every bet; an instant up to which bets were counted would miss those of a
 * transaction that committed later than it began.
 */
export async function gameTotals(db: Queryable, spans: readonly Span[]): Promise<GameTotals[]> {
  if (spans.length === 0) return [];
  const { rows } = await db.query<GameTotals>(
    `select ${exact('game.stakes - before.stakes')} as stakes, ${exact('game.wins - before.wins')} as wins
     from ${SPANS}
     cross join lateral (
       select coalesce(sum(coalesce((b.divided_again->>'realStake')::bigint, b.stake - b.bonus_stake)), 0) as stakes,
         coalesce(sum(coalesce((b.divided_again->>'realWin')::bigint, b.win - b.bonus_win)), 0) as wins
       from bets b
       where b.player_id = span.player_id and b.currency = span.currency and b.at >= span.activated_at
         and b.at < span.until and b.rolled_back_at is null
     ) game
     cross join lateral (
       select coalesce(sum(c.stakes), 0) as stakes, coalesce(sum(c.wins), 0) as wins
       from cashback_periods c where ${CLOSED}
     ) before
     order by span.n`,
    columns(spans),
  );
  return rows;
}

/** The platform's events are taken when they are no older. */
const OLDEST_EVENT = '90 days';

/**
 * What went in and out of players' real balances and where these stood, in the order of the spans; added up as above.
 *
 * Everything counts when it was booked: so the balance at an instant is the present one without what was booked since,
 * and `start + deposits - withdrawals - end` is exactly what was lost. A bet is booked by its own row, but for one that
 * moved nothing when it was told: what is late is booked by a correction. Money that the books had to find because more
 * was staked than was known of came from the cash desk, so it counts as deposited.
 */
export async function cashFlowTotals(db: Queryable, spans: readonly Span[]): Promise<CashFlowTotals[]> {
  if (spans.length === 0) return [];
  const { rows } = await db.query<CashFlowTotals>(
    `select ${exact('coalesce(w.real, 0) - flow.since_start + before.flow')} as "startBalance",
       ${exact('flow.deposits - before.deposits')} as deposits,
       ${exact('flow.withdrawals - before.withdrawals')} as withdrawals,
       ${exact('coalesce(w.real, 0) - flow.since_end')} as "endBalance"
     from (select span.*, first_posting from ${SPANS}
           join unnest($7::uuid[]) with ordinality as first (first_posting, n) on first.n = span.n) span
     left join wallets w on w.player_id = span.player_id and w.currency = span.currency
     cross join lateral (
       select coalesce(sum(moved), 0) as since_start,
         coalesce(sum(moved) filter (where at >= span.until), 0) as since_end,
         coalesce(sum(moved) filter (where at < span.until and desk = 'deposit'), 0) as deposits,
         coalesce(sum(-moved) filter (where at < span.until and desk = 'withdrawal'), 0) as withdrawals
       from (
         select b.received_at as at, (b.win - b.bonus_win) - (b.stake - b.bonus_stake) as moved, null as desk
         from bets b
         where b.player_id = span.player_id and b.currency = span.currency and not b.unbooked
           and b.received_at >= span.activated_at and b.at >= span.activated_at - interval '${OLDEST_EVENT}'
         union all
         select p.created_at, case when p.credit = 'player:real' then p.amount else -p.amount end,
           case when 'platform:cash' not in (p.debit, p.credit) then null
             when p.kind in ('withdrawal', 'withdrawal_cancelled') then 'withdrawal' else 'deposit' end
         from postings p
         where p.player_id = span.player_id and p.currency = span.currency and p.posting_id >= span.first_posting
           and p.created_at >= span.activated_at and 'player:real' in (p.debit, p.credit)
       ) movements
     ) flow
     cross join lateral (
       select coalesce(sum(c.deposits), 0) as deposits, coalesce(sum(c.withdrawals), 0) as withdrawals,
         coalesce(sum(c.deposits - c.withdrawals - c.net_loss), 0) as flow
       from cashback_periods c where ${CLOSED}
     ) before
     order by span.n`,
    [...columns(spans), uuids(spans.map(({ activatedAt }) => spanStart(activatedAt.toISOString()).id))],
  );
  return rows;
}
