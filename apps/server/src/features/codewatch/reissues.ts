import type { Actor } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import type { By, CodeRecord } from '../codes/index.ts';

export interface Reissued {
  readonly batchId: string;
  readonly players: number;
}

/** A re-issue `r` of which nobody has a code or will ever have: its batch was not approved, or its making was cancelled or failed. */
const CAME_TO_NOTHING = `exists (select from code_batches b
  where b.batch_id = r.batch_id and b.status in ('rejected', 'cancelled', 'failed'))`;

/**
 * Of two at once, one re-issues. What came to nothing is done anew by whoever asks next, for the holders' old codes are disabled by then.
 * @returns what was made of the batch before; undefined when it is the caller's to do.
 */
export async function claimReissue(
  tx: Queryable,
  { brandId, actor }: By,
  { madeIn }: CodeRecord,
): Promise<Reissued | undefined> {
  const { rowCount } = await tx.query(
    `insert into code_reissues as r (brand_id, made_from, batch_id, players, created_by, created_at)
     values ($1, $2, $2, 0, $3, now())
     on conflict (brand_id, made_from) do update set batch_id = excluded.batch_id, players = excluded.players,
       created_by = excluded.created_by, created_at = excluded.created_at
     where ${CAME_TO_NOTHING}`,
    [brandId, madeIn, JSON.stringify(actor)],
  );
  if (rowCount === 1) return undefined;
  const { rows } = await tx.query<Reissued>(
    'select batch_id as "batchId", players from code_reissues where brand_id = $1 and made_from = $2',
    [brandId, madeIn],
  );
  return rows[0];
}

/** Says what came of a claim. */
export async function keepReissue(
  tx: Queryable,
  { brandId, madeIn }: CodeRecord,
  { batchId, players }: Reissued,
): Promise<void> {
  await tx.query(
    'update code_reissues set batch_id = $3, players = $4 where brand_id = $1 and made_from = $2',
    [brandId, madeIn, batchId, players],
  );
}

/** What was made of a batch, or is about to be. */
export async function findReissue(
  db: Queryable,
  { brandId, madeIn }: CodeRecord,
): Promise<(Reissued & { at: Date; by: Actor }) | undefined> {
  const { rows } = await db.query<Reissued & { at: Date; by: Actor }>(
    `select batch_id as "batchId", players, created_at as at, created_by as by from code_reissues r
     where brand_id = $1 and made_from = $2 and not ${CAME_TO_NOTHING}`,
    [brandId, madeIn],
  );
  return rows[0];
}

/**
 * Players who hold a code of the same making that was disabled before it ended and was never taken, also not to be taken
 * back. Each once. Of codes that are not disabled nobody knows whether they are used the next moment.
 */
export async function findUntouched(
  tx: Queryable,
  { brandId, campaignId, madeIn }: CodeRecord,
  atMost: number,
): Promise<string[]> {
  const { rows } = await tx.query<{ player: string }>(
    `select p.external_id as player from codes c join players p on p.player_id = c.holder_id
     where c.brand_id = $1 and c.campaign_id = $2 and c.batch_id = $3 and c.uses = 0 and c.reserved = 0
       and c.state = 'disabled' and (c.ends_at is null or c.ends_at > now())
       and not exists (select from activations a where a.code_key = c.code_key and a.decided <> 'refused')
     group by p.external_id order by min(c.position) limit $4`,
    [brandId, campaignId, madeIn, atMost],
  );
  return rows.map(({ player }) => player);
}
