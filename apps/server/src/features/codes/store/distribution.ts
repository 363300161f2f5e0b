import type { Queryable } from '../../../platform/db.ts';

/** Codes of a batch that nobody has and nobody used. */
const FREE = `kind = 'unique' and state = 'active' and holder_id is null and uses = 0 and reserved = 0
  and (ends_at is null or ends_at > now())`;

/** A code and the player it is bound to from now on. */
export interface Bound {
  codeKey: string;
  holderId: string;
}

/**
 * Binds a free code of the batch to each player: as many as there are, so the caller has to look whether that is enough.
 * @param busy `skip`: leave codes alone that another transaction holds, which is quick and waits for nobody, but may find
 * fewer than there are; `wait`: find all, one such transaction of a batch at a time.
 */
export async function drawCodes(
  tx: Queryable,
  batchId: string,
  holderIds: readonly string[],
  busy: 'skip' | 'wait',
): Promise<Bound[]> {
  if (busy === 'wait') await tx.query('select from code_batches where batch_id = $1 for update', [batchId]);
  const { rows } = await tx.query<Bound>(
    `with free as (
       select code_key from codes where batch_id = $1 and ${FREE}
       order by position limit $2 for update ${busy === 'skip' ? 'skip locked' : ''}),
     numbered as (select code_key, row_number() over (order by code_key) as n from free)
     update codes set holder_id = player.id, distributed_at = now()
     from numbered join unnest($3::uuid[]) with ordinality as player (id, n) using (n)
     where codes.code_key = numbered.code_key
     returning codes.code_key as "codeKey", codes.holder_id as "holderId"`,
    [batchId, holderIds.length, holderIds],
  );
  return rows;
}

/** Batches of a campaign that hand out unique codes and seem to have some left, the oldest first. */
export async function findStocked(tx: Queryable, campaignId: string): Promise<string[]> {
  const { rows } = await tx.query<{ batchId: string }>(
    `select b.batch_id as "batchId" from code_batches as b
     where b.campaign_id = $1 and b.status = 'ready' and b.code_kind = 'unique'
       and exists (select from codes where codes.batch_id = b.batch_id and ${FREE})
     order by b.batch_id limit 3`,
    [campaignId],
  );
  return rows.map(({ batchId }) => batchId);
}

/** @returns whether the code was free to be bound. */
export async function bindCode(tx: Queryable, { codeKey, holderId }: Bound): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update codes set holder_id = $2, distributed_at = now() where code_key = $1 and ${FREE}`,
    [codeKey, holderId],
  );
  return rowCount === 1;
}
