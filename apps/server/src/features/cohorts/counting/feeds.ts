import type { Queryable } from '../../../platform/db.ts';

/** Behind which wallet to go on, in the order of their keys. */
export interface After {
  readonly playerId: string;
  readonly currency: string;
}

/** Before every wallet. */
export const FIRST: After = { playerId: '00000000-0000-0000-0000-000000000000', currency: '' };

/** A brand whose days one process holds. */
export interface HeldDays {
  readonly brandId: string;
  /** Up to where its feed has been read. */
  readonly position: number;
  /** IANA name: whose days they are. */
  readonly timeZone: string;
  /** Behind which wallet days are still to be made anew; null when none are. */
  readonly anewAfter: After | null;
}

interface Row extends Pick<HeldDays, 'position' | 'timeZone' | 'anewAfter'> {
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
    `select f.position, f.time_zone as "timeZone", b.time_zone as "brandTimeZone",
       case when f.anew_after_player is not null then
         json_build_object('playerId', f.anew_after_player, 'currency', f.anew_after_currency) end as "anewAfter"
     from player_day_feeds f join brands b on b.brand_id = f.brand_id
     where f.brand_id = $1 for update of f ${wait ? '' : 'skip locked'}`,
    [brandId],
  );
  const [held] = rows;
  if (!held) return undefined;
  const { position, timeZone, brandTimeZone, anewAfter } = held;
  if (timeZone === brandTimeZone) return { brandId, position, timeZone, anewAfter };
  await tx.query('update player_day_feeds set time_zone = $2 where brand_id = $1', [brandId, brandTimeZone]);
  await makeAnew(tx, brandId);
  return { brandId, position: 0, timeZone: brandTimeZone, anewAfter: FIRST };
}

/**
 * Has everything of a brand whose days are held made anew, player by player: what is there of a wallet stays until then. No
 * wallet is marked or held for it, however many there are: nobody who plays waits for a report.
 */
export async function makeAnew(tx: Queryable, brandId: string): Promise<void> {
  await tx.query(
    `delete from player_days d where brand_id = $1 and not exists (
       select from wallets w where w.player_id = d.player_id and w.currency = d.currency
     )`,
    [brandId],
  );
  await moveAnew(tx, brandId, FIRST);
  await moveTo(tx, brandId, 0);
}

/** @param after behind which wallet it goes on; null when all days are made anew. */
export async function moveAnew(tx: Queryable, brandId: string, after: After | null): Promise<void> {
  await tx.query(
    'update player_day_feeds set anew_after_player = $2, anew_after_currency = $3 where brand_id = $1',
    [brandId, after?.playerId ?? null, after?.currency ?? null],
  );
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
         or f.anew_after_player is not null
         or exists (select from wallets w where w.brand_id = b.brand_id and w.days_stale_since is not null))
     order by b.brand_id`,
    [aside],
  );
  return rows.map(({ brandId }) => brandId);
}
