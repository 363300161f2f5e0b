import type { Millis } from '@promosmith/core/activation';
import type { GrantFunds, GrantState } from '@promosmith/core/funds';
import { instants, int8s, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { IS_MONEY } from '../../bonuses/index.ts';
import type { WalletKey } from '../folding/wallet.ts';
import { loadTerms } from '../terms.ts';

/** A bonus with what its row says beside its money. */
export interface StoredGrant {
  readonly playerId: string;
  readonly currency: string;
  readonly campaignId: string;
  readonly kind: string;
  readonly isFolded: boolean;
  readonly grant: GrantFunds;
}

interface Row {
  player_id: string;
  grant_id: string;
  currency: string;
  campaign_id: string;
  campaign_version: number;
  reward_index: number;
  kind: string;
  amount: number;
  balance: number;
  wagered: number;
  wagering_required: number;
  started_at: Date;
  expires_at: Date | null;
  deposit_id: string | null;
  folded: boolean;
  /** Not asked of bonuses under way, as nothing below: they have come to nothing yet. */
  status?: GrantState;
  converted?: number;
  remainder?: number;
  forfeited_by?: string | null;
}

const OF_ACTIVE = `player_id, grant_id, currency, campaign_id, campaign_version, reward_index, kind, amount, balance, wagered,
  wagering_required, coalesce(effective_at, granted_at) as started_at, expires_at, deposit_id, folded`;

const COLUMNS = `${OF_ACTIVE}, status, converted, remainder, forfeited_by`;

/** The bonuses of money that players have under way, in the order they count. */
export async function loadActive(
  connection: Queryable,
  playerIds: readonly string[],
): Promise<StoredGrant[]> {
  const { rows } = await connection.query<Row>({
    name: 'funds.grants',
    text: `select ${OF_ACTIVE} from grants where player_id = any($1::uuid[]) and status = 'active' and ${IS_MONEY}`,
    values: [uuids(playerIds)],
  });
  return stored(connection, rows);
}

/** Which bonuses that are over an event may name. */
export interface Named {
  readonly playerId: string;
  readonly grantId: string | null;
  /** The withdrawal that forfeited them. */
  readonly forfeitedBy: string | null;
  /** The deposit that earned them. */
  readonly depositId: string | null;
}

/** Lost and forfeited bonuses that are named: those that may live again. */
export async function loadNamed(connection: Queryable, named: readonly Named[]): Promise<StoredGrant[]> {
  if (named.length === 0) return [];
  const { rows } = await connection.query<Row>(
    `select ${COLUMNS} from grants g
     where player_id = any($1::uuid[]) and status in ('lost', 'forfeited') and folded and ${IS_MONEY}
       and exists (select from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as t (player, grant_named, by, deposit)
         where t.player = g.player_id
           and (t.grant_named = g.grant_id or t.by = g.forfeited_by or t.deposit = g.deposit_id))`,
    [
      uuids(named.map(({ playerId }) => playerId)),
      uuids(named.map(({ grantId }) => grantId)),
      texts(named.map(({ forfeitedBy }) => forfeitedBy)),
      texts(named.map(({ depositId }) => depositId)),
    ],
  );
  return stored(connection, rows);
}

/** Every bonus of money of the players that ever was in a wallet, whatever became of it. */
export async function loadFolded(
  connection: Queryable,
  playerIds: readonly string[],
): Promise<StoredGrant[]> {
  const { rows } = await connection.query<Row>(
    `select ${COLUMNS} from grants where player_id = any($1::uuid[]) and folded and ${IS_MONEY}`,
    [uuids(playerIds)],
  );
  return stored(connection, rows);
}

/** Bonuses that were under way in a wallet at an instant. */
export async function underWayAt(
  connection: Queryable,
  moments: readonly (WalletKey & { readonly at: Millis })[],
): Promise<{ index: number; grantId: string }[]> {
  if (moments.length === 0) return [];
  const { rows } = await connection.query<{ index: number; grantId: string }>(
    `select n::int - 1 as index, g.grant_id as "grantId"
     from unnest($1::uuid[], $2::text[], $3::timestamptz[]) with ordinality as t (player, currency, at, n)
     join grants g on g.player_id = t.player and g.player_id = any($1::uuid[]) and g.currency = t.currency
     where g.folded and ${IS_MONEY} and coalesce(g.effective_at, g.granted_at) <= t.at
       and (g.ended_at is null or g.ended_at >= t.at)
     order by n, coalesce(g.effective_at, g.granted_at), g.grant_id`,
    [
      uuids(moments.map(({ playerId }) => playerId)),
      texts(moments.map(({ currency }) => currency)),
      instants(moments.map(({ at }) => at)),
    ],
  );
  return rows;
}

/**
 * What became real money of the bonuses that deposits earned: what they, or bonuses that came out of them, converted, and
 * what they paid as cash.
 */
export async function convertedOf(
  connection: Queryable,
  deposits: readonly { readonly playerId: string; readonly depositId: string }[],
): Promise<{ playerId: string; depositId: string; grantId: string; converted: number }[]> {
  if (deposits.length === 0) return [];
  const { rows } = await connection.query<{
    playerId: string;
    depositId: string;
    grantId: string;
    converted: number;
  }>(
    `select e.player_id as "playerId", e.deposit_id as "depositId", made.grant_id as "grantId", made.amount as converted
     from unnest($1::uuid[], $2::text[]) as t (player, deposit)
     join grants e on e.player_id = t.player and e.player_id = any($1::uuid[]) and e.deposit_id = t.deposit
     cross join lateral (
       select grant_id, converted as amount from grants g
       where g.player_id = e.player_id and e.grant_id in (g.grant_id, g.parent_grant_id) and g.status = 'completed'
       union all
       select w.grant_id, w.amount from wallet_entries w
       where w.player_id = e.player_id and w.kind = 'cash' and w.grant_id = e.grant_id
     ) made
     where made.amount > 0 order by made.grant_id`,
    [uuids(deposits.map(({ playerId }) => playerId)), texts(deposits.map(({ depositId }) => depositId))],
  );
  return rows;
}

async function stored(connection: Queryable, rows: readonly Row[]): Promise<StoredGrant[]> {
  const terms = await loadTerms(
    connection,
    rows.map((row) => ({
      campaignId: row.campaign_id,
      campaignVersion: row.campaign_version,
      rewardIndex: row.reward_index,
      currency: row.currency,
    })),
  );
  const grants = rows.flatMap((row, index): StoredGrant[] => {
    const own = terms[index];
    return own
      ? [
          {
            playerId: row.player_id,
            currency: row.currency,
            campaignId: row.campaign_id,
            kind: row.kind,
            isFolded: row.folded,
            grant: {
              grantId: row.grant_id,
              state: row.status ?? 'active',
              amount: row.amount,
              balance: row.balance,
              wagered: row.wagered,
              required: row.wagering_required,
              converted: row.converted ?? 0,
              startedAt: row.started_at.getTime(),
              expiresAt: row.expires_at?.getTime() ?? null,
              depositId: row.deposit_id,
              terms: own,
              remainder: row.remainder ?? 0,
              forfeitedBy: row.forfeited_by ?? null,
            },
          },
        ]
      : [];
  });
  return grants.sort(
    (a, b) => a.grant.startedAt - b.grant.startedAt || (a.grant.grantId < b.grant.grantId ? -1 : 1),
  );
}

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

/** Writes what became of bonuses that go on: of each a row that changes nothing any index looks at. */
export async function saveProgress(connection: Queryable, changes: readonly GrantChange[]): Promise<void> {
  if (changes.length === 0) return;
  const column = <T>(of: (change: GrantChange) => T): T[] => changes.map(of);
  await connection.query({
    name: 'funds.progress',
    text: `with saved as (
        update grants g set balance = t.balance, wagered = t.wagered, folded = true, changed_at = now()
        from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
          as t (player, id, balance, wagered, was_balance, was_wagered)
        where g.player_id = t.player and g.grant_id = t.id and g.player_id = any($1::uuid[])
          and g.status = 'active' and g.balance = t.was_balance
          and g.wagered = t.was_wagered
        returning 1)
      select where not insist((select count(*) from saved) = cardinality($1))`,
    values: [
      uuids(column(({ playerId }) => playerId)),
      uuids(column(({ grant }) => grant.grantId)),
      int8s(column(({ grant }) => grant.balance)),
      int8s(column(({ grant }) => grant.wagered)),
      int8s(column(({ was }) => was.balance)),
      int8s(column(({ was }) => was.wagered)),
    ],
  });
}

/** Writes what became of bonuses that began, ended, were extended, or live again. */
export async function saveTurns(connection: Queryable, changes: readonly GrantChange[]): Promise<void> {
  if (changes.length === 0) return;
  const column = <T>(of: (change: GrantChange) => T): T[] => changes.map(of);
  await connection.query({
    name: 'funds.turns',
    text: `with saved as (
        update grants g set status = t.status, balance = t.balance, wagered = t.wagered, converted = t.converted,
          remainder = t.remainder, forfeited_by = t.forfeited_by, expires_at = t.expires_at, effective_at = t.started_at,
          ended_at = case when t.status = 'active' then null else coalesce(t.ended_at, g.ended_at) end,
          ended_reason = case when t.status <> 'active' and t.ended_at is null then g.ended_reason else t.reason end,
          folded = true, changed_at = now()
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
            $8::text[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[],
            $14::bigint[], $15::bigint[])
          as t (player, id, status, balance, wagered, converted, remainder, forfeited_by, expires_at, started_at, ended_at,
            reason, was_status, was_balance, was_wagered)
        where g.player_id = t.player and g.grant_id = t.id and g.player_id = any($1::uuid[])
          and g.status = t.was_status and g.balance = t.was_balance
          and g.wagered = t.was_wagered
        returning 1)
      select where not insist((select count(*) from saved) = cardinality($1))`,
    values: [
      uuids(column(({ playerId }) => playerId)),
      uuids(column(({ grant }) => grant.grantId)),
      texts(column(({ grant }) => grant.state)),
      int8s(column(({ grant }) => grant.balance)),
      int8s(column(({ grant }) => grant.wagered)),
      int8s(column(({ grant }) => grant.converted)),
      int8s(column(({ grant }) => grant.remainder)),
      texts(column(({ grant }) => grant.forfeitedBy)),
      instants(column(({ grant }) => grant.expiresAt)),
      instants(column(({ grant }) => grant.startedAt)),
      instants(column(({ endedAt }) => endedAt)),
      texts(column(({ reason }) => reason)),
      texts(column(({ was }) => was.state)),
      int8s(column(({ was }) => was.balance)),
      int8s(column(({ was }) => was.wagered)),
    ],
  });
}
