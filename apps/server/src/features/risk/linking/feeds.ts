import type { Queryable } from '../../../platform/db.ts';

/**
 * Holds all links of a brand until the transaction ends: whoever makes or removes any holds this row, so that counts and
 * clusters are of links that stay as they are.
 * @param options.wait for another process that holds it, rather than leaving the work to that one.
 * @returns how far the feed has been looked through; undefined when another process holds it.
 */
export async function lockLinks(
  tx: Queryable,
  brandId: string,
  { wait }: { wait: boolean },
): Promise<number | undefined> {
  await tx.query('insert into risk_feeds (brand_id) values ($1) on conflict do nothing', [brandId]);
  const { rows } = await tx.query<{ position: number }>(
    `select position from risk_feeds where brand_id = $1 for update ${wait ? '' : 'skip locked'}`,
    [brandId],
  );
  return rows[0]?.position;
}

export async function moveFeed(tx: Queryable, brandId: string, position: number): Promise<void> {
  await tx.query('update risk_feeds set position = $2 where brand_id = $1', [brandId, position]);
}

/** Brands of which something has been told since. */
export async function findBehind(db: Queryable, aside: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ brandId: string }>(
    `select b.brand_id as "brandId" from brands b
     left join risk_feeds f on f.brand_id = b.brand_id
     left join chain_heads h on h.brand_id = b.brand_id and h.chain = 'outbox'
     where b.brand_id <> all($1::uuid[])
       and (h.position > coalesce(f.position, 0) or exists (
         select from risk_sightings s where s.brand_id = b.brand_id
       ))
     order by b.brand_id`,
    [aside],
  );
  return rows.map(({ brandId }) => brandId);
}
