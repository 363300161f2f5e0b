import type { Millis } from '@promosmith/core/activation';
import type { GrantFunds, GrantState } from '@promosmith/core/funds';
import { instants, int8s, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';

/** A bonus as folding left it. */
export interface GrantChange {
  readonly playerId: string;
  readonly grant: GrantFunds;
  /** What the row must say: anything else has changed it behind the wallet's back. */
  readonly was: { readonly state: GrantState; readonly balance: number; readonly wagered: number };
  /** Null also of one that had ended before and stays so: then its end, and why, are left as they are. */
  readonly endedAt: Millis | null;
  readonly reason: string | null;
}

interface Column {
  readonly name: string;
  readonly type: 'uuid' | 'bigint' | 'text' | 'timestamptz';
  readonly of: (changes: readonly GrantChange[]) => Buffer;
}

const uuid = (name: string, of: (change: GrantChange) => string): Column => ({
  ...{ name, type: 'uuid' },
  of: (changes) => uuids(changes.map(of)),
});
const bigint = (name: string, of: (change: GrantChange) => number): Column => ({
  ...{ name, type: 'bigint' },
  of: (changes) => int8s(changes.map(of)),
});
const text = (name: string, of: (change: GrantChange) => string | null): Column => ({
  ...{ name, type: 'text' },
  of: (changes) => texts(changes.map(of)),
});
const instant = (name: string, of: (change: GrantChange) => Millis | null): Column => ({
  ...{ name, type: 'timestamptz' },
  of: (changes) => instants(changes.map(of)),
});

/** What every write of a bonus goes by and says; the player is the first parameter. */
const COMMON: readonly Column[] = [
  uuid('player', ({ playerId }) => playerId),
  uuid('id', ({ grant }) => grant.grantId),
  bigint('balance', ({ grant }) => grant.balance),
  bigint('wagered', ({ grant }) => grant.wagered),
  bigint('was_balance', ({ was }) => was.balance),
  bigint('was_wagered', ({ was }) => was.wagered),
];

/** A statement that writes all of the bonuses or, when one is not what it was, fails. */
function guarded(name: string, columns: readonly Column[], set: string, wasStatus: string) {
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`);
  const statement = `with saved as (
      update grants g set balance = t.balance, wagered = t.wagered, ${set} folded = true, changed_at = now()
      from unnest(${arrays.join(', ')}) as t (${columns.map((column) => column.name).join(', ')})
      where g.player_id = t.player and g.grant_id = t.id and g.player_id = any($1::uuid[])
        and g.status = ${wasStatus} and g.balance = t.was_balance and g.wagered = t.was_wagered
      returning 1)
    select where not insist((select count(*) from saved) = cardinality($1))`;
  return async (connection: Queryable, changes: readonly GrantChange[]): Promise<void> => {
    if (changes.length === 0) return;
    await connection.query({ name, text: statement, values: columns.map(({ of }) => of(changes)) });
  };
}

/** Writes what became of bonuses that go on: of each a row that changes nothing any index looks at. */
export const saveProgress = guarded('funds.progress', COMMON, '', "'active'");

/** Writes what became of bonuses that began, ended, were extended, or live again. */
export const saveTurns = guarded(
  'funds.turns',
  [
    ...COMMON,
    text('was_status', ({ was }) => was.state),
    text('status', ({ grant }) => grant.state),
    bigint('converted', ({ grant }) => grant.converted),
    bigint('remainder', ({ grant }) => grant.remainder),
    text('forfeited_by', ({ grant }) => grant.forfeitedBy),
    instant('expires_at', ({ grant }) => grant.expiresAt),
    instant('started_at', ({ grant }) => grant.startedAt),
    instant('ended_at', ({ endedAt }) => endedAt),
    text('reason', ({ reason }) => reason),
  ],
  `status = t.status, converted = t.converted, remainder = t.remainder, forfeited_by = t.forfeited_by,
    expires_at = t.expires_at, effective_at = t.started_at,
    ended_at = case when t.status = 'active' then null else coalesce(t.ended_at, g.ended_at) end,
    ended_reason = case when t.status <> 'active' and t.ended_at is null then g.ended_reason else t.reason end,`,
  't.was_status',
);
