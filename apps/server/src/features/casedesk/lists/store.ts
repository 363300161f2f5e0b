import type { Actor, ListEntry, RiskList } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

export interface NewEntry {
  readonly entryId: string;
  readonly brandId: string;
  /** As identity links have it; a player's own id for one. */
  readonly key: string;
  readonly list: RiskList;
  readonly kind: string;
  readonly hint: string;
  readonly player: string | null;
  /** In CIDR notation, when it is one. */
  readonly network: string | null;
  readonly reason: string;
  /** ISO 8601. */
  readonly expiresAt: string | null;
  readonly by: Actor;
}

interface Row extends Omit<ListEntry, 'expiresAt' | 'createdAt'> {
  expiresAt: Date | null;
  createdAt: Date;
}

const COLUMNS = `entry_id as id, list, kind, hint, player_external_id as player, reason, expires_at as "expiresAt",
  created_by as "createdBy", created_at as "createdAt"`;

const entryOf = (row: Row): ListEntry => ({
  ...row,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** The entry about something, its row locked. */
export async function lockEntry(tx: Queryable, key: string): Promise<ListEntry | undefined> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from risk_lists where identifier_key = $1 for update`,
    [key],
  );
  return rows[0] && entryOf(rows[0]);
}

/** In place of what there was. */
export async function putEntry(tx: Queryable, entry: NewEntry): Promise<ListEntry> {
  const { rows } = await tx.query<Row>(
    `insert into risk_lists as l (identifier_key, brand_id, list, kind, hint, player_external_id, network, reason, expires_at,
       created_by, entry_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now())
     on conflict (identifier_key) do update set list = excluded.list, hint = excluded.hint, reason = excluded.reason,
       expires_at = excluded.expires_at, created_by = excluded.created_by, entry_id = excluded.entry_id,
       created_at = excluded.created_at
     where l.brand_id = excluded.brand_id
     returning ${COLUMNS}`,
    [
      entry.key,
      entry.brandId,
      entry.list,
      entry.kind,
      entry.hint,
      entry.player,
      entry.network,
      entry.reason,
      entry.expiresAt,
      JSON.stringify(entry.by),
      entry.entryId,
    ],
  );
  return entryOf(rows[0]!);
}

/** @returns what was taken off; undefined when there is none of that id. */
export async function deleteEntry(
  tx: Queryable,
  brandId: string,
  entryId: string,
): Promise<ListEntry | undefined> {
  const { rows } = await tx.query<Row>(
    `delete from risk_lists where brand_id = $1 and entry_id = $2 returning ${COLUMNS}`,
    [brandId, entryId],
  );
  return rows[0] && entryOf(rows[0]);
}

export interface EntryFilter {
  readonly list?: RiskList | undefined;
  readonly kind?: string | undefined;
  readonly key?: string | undefined;
}

/** Newest first, without those that are over. */
export async function findEntries(
  db: Queryable,
  brandId: string,
  { list, kind, key }: EntryFilter,
  after: string | undefined,
  most: number,
): Promise<ListEntry[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from risk_lists
     where brand_id = $1 and ($2::uuid is null or entry_id < $2) and ($3::uuid is null or identifier_key = $3)
       and (expires_at is null or expires_at > now()) and ($4::text is null or list = $4) and ($5::text is null or kind = $5)
     order by entry_id desc limit $6`,
    [brandId, after ?? null, key ?? null, list ?? null, kind ?? null, most],
  );
  return rows.map(entryOf);
}

/** Forgets entries that were over a day ago. */
export async function deleteOver(db: Queryable): Promise<boolean> {
  await db.query("delete from risk_lists where expires_at < now() - interval '1 day'");
  return false;
}
