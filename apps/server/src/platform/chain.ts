import { createHash } from 'node:crypto';
import type { Database, Queryable } from './db.ts';

/** The two append-only logs that are sealed into hash chains, each with its key column. */
export const CHAINS = {
  outbox: { table: 'outbox', key: 'batch_id' },
  audit: { table: 'audit_log', key: 'entry_id' },
} as const;
export type Chain = keyof typeof CHAINS;

/** What the first hash of a chain builds on. */
export const GENESIS: Buffer = Buffer.alloc(32);
const AT_ONCE = 500;

/** hash(n) = SHA-256(hash(n−1) ‖ digest(n)). */
export const link = (previous: Buffer, digest: Buffer): Buffer =>
  createHash('sha256').update(previous).update(digest).digest();

/**
 * Gives committed rows their position and hash, in one order that never changes afterwards. One sealer works on a
 * chain at a time: the head row is its lock and its watermark. Rows that commit later get later positions, so a
 * reader with a cursor misses nothing.
 * @returns whether there is more to seal.
 */
export async function seal(db: Database, chain: Chain): Promise<boolean> {
  const { table, key } = CHAINS[chain];
  const { rows } = await db.query<{ brand_id: string }>(
    `select distinct brand_id from ${table} where position is null order by brand_id limit 100`,
  );
  let more = false;
  for (const { brand_id } of rows) more = (await sealBrand(db, chain, table, key, brand_id)) || more;
  return more;
}

function sealBrand(
  db: Database,
  chain: Chain,
  table: string,
  key: string,
  brandId: string,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const head = await lockHead(tx, chain, brandId);
    if (!head) return false;
    const { rows } = await tx.query<{ id: string; digest: Buffer }>(
      `select ${key} as id, digest from ${table} where brand_id = $1 and position is null order by ${key} limit ${AT_ONCE}`,
      [brandId],
    );
    if (rows.length === 0) return false;
    let hash = head.hash;
    const hashes = rows.map((row) => (hash = link(hash, row.digest)));
    await tx.query(
      `update ${table} set position = sealed.position, hash = sealed.hash
       from unnest($1::uuid[], $2::bigint[], $3::bytea[]) as sealed (id, position, hash)
       where ${table}.brand_id = $4 and ${table}.${key} = sealed.id`,
      [rows.map((row) => row.id), rows.map((_, i) => head.position + i + 1), hashes, brandId],
    );
    await tx.query('update chain_heads set position = $3, hash = $4 where chain = $1 and brand_id = $2', [
      chain,
      brandId,
      head.position + rows.length,
      hash,
    ]);
    return rows.length === AT_ONCE;
  });
}

/** @returns undefined when another process holds the head: it is sealing, so there is nothing to do here. */
async function lockHead(
  tx: Queryable,
  chain: Chain,
  brandId: string,
): Promise<{ position: number; hash: Buffer } | undefined> {
  await tx.query(
    'insert into chain_heads (chain, brand_id, hash) values ($1, $2, $3) on conflict do nothing',
    [chain, brandId, GENESIS],
  );
  const { rows } = await tx.query<{ position: number; hash: Buffer }>(
    'select position, hash from chain_heads where chain = $1 and brand_id = $2 for update skip locked',
    [chain, brandId],
  );
  return rows[0];
}
