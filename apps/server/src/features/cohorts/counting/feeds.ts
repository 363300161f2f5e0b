import type { Queryable } from '../../../platform/db.ts';

/** A brand whose days one process holds. */
export interface HeldDays {
  readonly brandId: string;
  /** Up to where its feed has been read. */
  readonly position: number;
  /** IANA name: whose days they are. */
  readonly timeZone: string;
}

interface Row {
  position: number;
  timeZone: string;
  brandTimeZone: string;
}

/**
 * Holds the days of a brand until the transaction ends. When its clock was set to another zone, all of them are made anew.
 * @param options.wait for another process that holds them, rather than leaving them to that one.
 * @returns undefined when another process does.
 */
export async function lockDays(
  tx: Queryable,
  brandId: string,
  { wait = false }: { wait?: boolean } = {},
): Promise<HeldDays | undefined> {
  await tx.query(
    `insert into player_day_feeds (brand_id, time_zone) select brand_id, time_zone from brands where brand_id = $1
     on conflict do nothing`,
    [brandId],
  );
  const { rows } = await tx.query<Row>(
    `select f.position, f.time_zone as "timeZone", b.time_zone as "brandTimeZone"
     from player_day_feeds f join brands b on b.brand_id = f.brand_id
     where f.brand_id = $1 for update of f ${wait ? '' : 'skip locked'}`,
    [brandId],
  );
  const [held] = rows;
  if (!held) return undefined;
  const { position, timeZone, brandTimeZone } = held;
  if (timeZone === brandTimeZone) return { brandId, position, timeZone };
  await tx.query('update player_day_feeds set time_zone = $2 where brand_id = $1', [brandId, brandTimeZone]);
  await makeAnew(tx, brandId);
  return { brandId, position: 0, timeZone: brandTimeZone };
}

/** Has everything of a brand whose days are held made anew, player by player: what is there of a wallet stays until then. */
export async function makeAnew(tx: Queryable, brandId: string): Promise<void> {
  await tx.query(
    `delete from player_days d where brand_id = $1 and not exists (
       select from wallets w where w.player_id = d.player_id and w.currency = d.currency
     )`,
    [brandId],
  );
  await tx.query(
    `update wallets set days_stale_since = '-infinity' where (player_id, currency) in (
       select player_id, currency from wallets where brand_id = $1 order by player_id, currency for update
     )`,
    [brandId],
  );
  await moveTo(tx, brandId, 0);
}

export async function moveTo(tx: Queryable, brandId: string, position: number): Promise<void> {
  await tx.query('update player_day_feeds set position = $2 where brand_id = $1', [brandId, position]);
}

/** Brands of which something is not summed up yet, or not by their clock. */
export async function findStale(db: Queryable, aside: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ brandId: string }>(
    `select b.brand_id as "brandId" from brands b
     left join player_day_feeds f on f.brand_id = b.brand_id
     left join chain_heads h on h.brand_id = b.brand_id and h.chain = 'outbox'
     where b.brand_id <> all($1::uuid[])
       and (h.position > coalesce(f.position, 0) or f.time_zone <> b.time_zone
         or exists (select from wallets w where w.brand_id = b.brand_id and w.days_stale_since is not null))
     order by b.brand_id`,
    [aside],
  );
  return rows.map(({ brandId }) => brandId);
}
