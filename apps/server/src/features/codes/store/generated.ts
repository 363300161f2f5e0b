import type { CodeKind } from '@promosmith/contract';
import type { Transaction } from '../../../platform/db.ts';
import { COPIED } from '../generation/copy-rows.ts';

/** What all codes of a batch have in common. */
export interface BatchTerms {
  brandId: string;
  campaignId: string;
  batchId: string;
  kind: CodeKind;
  maxUses: number | null;
  /** ISO 8601. */
  startsAt: string | null;
  endsAt: string | null;
}

/** Where chunks land before those that are new go on to `codes`. Gone with the transaction. */
export const createLanding = (tx: Transaction) =>
  tx.query(`create temporary table landed_codes (${COPIED}) on commit drop`);

/**
 * Stores the codes of a chunk that nobody has yet. Taken ones are left out: only the unique index can tell, as codes
 * are made by several processes at once.
 * @param first position of the first of them.
 * @param atMost codes still wanted, when the chunk has more.
 * @returns how many are new, and for whom.
 */
export async function storeChunk(
  tx: Transaction,
  batch: BatchTerms,
  chunk: Uint8Array,
  first: number,
  atMost: number,
): Promise<{ stored: number; holders: string[] }> {
  await tx.copyIn('copy landed_codes from stdin (format binary)', slices(chunk));
  const { rows } = await tx.query<{ stored: number; holders: string[] | null }>(
    `with stored as (
       insert into codes (code_key, brand_id, campaign_id, batch_id, kind, max_uses, starts_at, ends_at, position,
                          last4, sealed_text, holder_id, distributed_at)
       select code_key, $1, $2, $3, $4, $5, $6, $7, $8 + row_number() over (order by code_key) - 1,
              last4, sealed_text, holder_id, case when holder_id is not null then now() end
       from (select * from landed_codes limit $9) landed order by code_key
       on conflict do nothing
       returning holder_id)
     select count(*) as stored, array_agg(holder_id) filter (where holder_id is not null) as holders from stored`,
    [
      batch.brandId,
      batch.campaignId,
      batch.batchId,
      batch.kind,
      batch.maxUses,
      batch.startsAt,
      batch.endsAt,
      first,
      atMost,
    ],
  );
  await tx.query('truncate landed_codes');
  return { stored: rows[0]?.stored ?? 0, holders: rows[0]?.holders ?? [] };
}

const SLICE = 64 * 1024;

function* slices(chunk: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += SLICE) yield chunk.subarray(at, at + SLICE);
}
