import type { Actor, BatchStatus, CodeKind } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

export interface BatchRecord {
  batchId: string;
  brandId: string;
  campaignId: string;
  kind: 'generated' | 'sealed' | 'imported';
  codeKind: CodeKind;
  status: BatchStatus;
  pattern: string | null;
  alphabet: string | null;
  requested: number | null;
  size: number;
  jobId: string | null;
  approvalId: string | null;
  /** Of an import: lines with something on them, and how many were bad. */
  lines: number | null;
  badLines: number | null;
  createdBy: Actor;
  createdAt: Date;
}

const RECORD = `batch_id as "batchId", brand_id as "brandId", campaign_id as "campaignId", kind,
  code_kind as "codeKind", status, pattern, alphabet, requested, size, job_id as "jobId",
  approval_id as "approvalId", lines, bad_lines as "badLines", created_by as "createdBy", created_at as "createdAt"`;

export type NewBatch = Omit<BatchRecord, 'createdAt' | 'size' | 'lines' | 'badLines'> & {
  /** JSON of what it is to be made of. */
  plan: unknown;
};

export async function insertBatch(tx: Queryable, batch: NewBatch): Promise<void> {
  await tx.query(
    `insert into code_batches (batch_id, brand_id, campaign_id, kind, code_kind, status, pattern, alphabet, requested,
                               job_id, approval_id, created_by, plan)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      batch.batchId,
      batch.brandId,
      batch.campaignId,
      batch.kind,
      batch.codeKind,
      batch.status,
      batch.pattern,
      batch.alphabet,
      batch.requested,
      batch.jobId,
      batch.approvalId,
      JSON.stringify(batch.createdBy),
      JSON.stringify(batch.plan),
    ],
  );
}

export async function findBatch(
  db: Queryable,
  brandId: string,
  batchId: string,
): Promise<BatchRecord | undefined> {
  const { rows } = await db.query<BatchRecord>(
    `select ${RECORD} from code_batches where batch_id = $1 and brand_id = $2`,
    [batchId, brandId],
  );
  return rows[0];
}

/** What the batch is to be made of; it is gone once the batch is made. */
export async function findPlan(db: Queryable, batchId: string): Promise<unknown> {
  const { rows } = await db.query<{ plan: unknown }>('select plan from code_batches where batch_id = $1', [
    batchId,
  ]);
  return rows[0]?.plan ?? undefined;
}

/** What a change of a batch sets; what it leaves out stays. */
export interface BatchChange {
  size?: number;
  jobId?: string;
  lines?: number;
  badLines?: number;
}

/** Guarded by the status it has to have. A batch that leaves the state of being made loses its plan. */
export async function moveBatch(
  tx: Queryable,
  batchId: string,
  from: BatchStatus,
  to: BatchStatus,
  { size, jobId, lines, badLines }: BatchChange = {},
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update code_batches set status = $3::text, size = coalesce($4, size), job_id = coalesce($5, job_id),
            lines = coalesce($6, lines), bad_lines = coalesce($7, bad_lines),
            plan = case when $3::text in ('pending_approval', 'making') then plan end
     where batch_id = $1 and status = $2`,
    [batchId, from, to, size ?? null, jobId ?? null, lines ?? null, badLines ?? null],
  );
  return rowCount === 1;
}

export async function countCodes(
  db: Queryable,
  { brandId, campaignId, batchId }: Pick<BatchRecord, 'brandId' | 'campaignId' | 'batchId'>,
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*) from codes where brand_id = $1 and campaign_id = $2 and batch_id = $3',
    [brandId, campaignId, batchId],
  );
  return rows[0]?.count ?? 0;
}

export async function listBatches(
  db: Queryable,
  brandId: string,
  filter: { before: string | undefined; campaignId?: string; status?: BatchStatus; limit: number },
): Promise<BatchRecord[]> {
  const { rows } = await db.query<BatchRecord>(
    `select ${RECORD} from code_batches
     where brand_id = $1 and ($2::uuid is null or batch_id < $2) and ($3::uuid is null or campaign_id = $3)
       and ($4::text is null or status = $4)
     order by batch_id desc limit $5`,
    [brandId, filter.before ?? null, filter.campaignId ?? null, filter.status ?? null, filter.limit],
  );
  return rows;
}

type Named = Pick<BatchRecord, 'brandId' | 'campaignId' | 'batchId'>;

/** Deletes unused codes of a batch, some at a time. @returns how many. */
export async function deleteSomeCodes(
  tx: Queryable,
  { brandId, campaignId, batchId }: Named,
  atMost: number,
): Promise<number> {
  const { rowCount } = await tx.query(
    `delete from codes where code_key in (
       select code_key from codes where brand_id = $1 and campaign_id = $2 and batch_id = $3 and uses = 0 and reserved = 0
       order by position limit $4)`,
    [brandId, campaignId, batchId, atMost],
  );
  return rowCount ?? 0;
}

/**
 * Disables what players hold of a batch and have not used. Who uses one at this moment either has used it, or comes too
 * late. In key order, as activations take codes.
 * @returns how many.
 */
export async function disableHeldCodes(
  tx: Queryable,
  { brandId, campaignId, batchId }: Named,
  reason: string,
  atMost: number,
): Promise<number> {
  const { rowCount } = await tx.query(
    `update codes set state = 'disabled', disabled_reason = $4
     where code_key = any(array(
       select code_key from codes
       where brand_id = $1 and campaign_id = $2 and batch_id = $3 and holder_id is not null
         and state in ('generated', 'active') and uses = 0 and reserved = 0 and (ends_at is null or ends_at > now())
       order by code_key limit $5 for update))`,
    [brandId, campaignId, batchId, reason, atMost],
  );
  return rowCount ?? 0;
}

/** Disables live codes of a batch, some at a time, in key order. @param after position of the last one looked at. */
export async function disableSomeCodes(
  tx: Queryable,
  { brandId, campaignId, batchId }: Named,
  after: number,
  reason: string,
  atMost: number,
): Promise<{ last: number | null; disabled: number }> {
  const { rows } = await tx.query<{ last: number | null; disabled: number }>(
    `with looked as (
       select code_key, position from codes
       where brand_id = $1 and campaign_id = $2 and batch_id = $3 and position > $4
       order by position limit $6),
     changed as (
       update codes set state = 'disabled', disabled_reason = $5
       where code_key = any(array(
         select code_key from codes
         where code_key = any(array(select code_key from looked)) and state in ('generated', 'active')
         order by code_key for update))
       returning 1)
     select (select max(position) from looked) as last, (select count(*) from changed) as disabled`,
    [brandId, campaignId, batchId, after, reason, atMost],
  );
  return rows[0] ?? { last: null, disabled: 0 };
}
