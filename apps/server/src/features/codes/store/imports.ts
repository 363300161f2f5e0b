import type { BadLine } from '@promosmith/contract';
import { v7 } from 'uuid';
import type { Queryable } from '../../../platform/db.ts';

export async function insertPart(
  db: Queryable,
  batchId: string,
  part: number,
  content: Buffer,
): Promise<void> {
  await db.query('insert into import_parts (batch_id, part, content) values ($1, $2, $3)', [
    batchId,
    part,
    content,
  ]);
}

export async function findPart(db: Queryable, batchId: string, part: number): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ content: Buffer }>(
    'select content from import_parts where batch_id = $1 and part = $2',
    [batchId, part],
  );
  return rows[0]?.content;
}

export async function deleteParts(tx: Queryable, batchId: string): Promise<void> {
  await tx.query('delete from import_parts where batch_id = $1', [batchId]);
}

const ABANDONED_AFTER_MS = 24 * 3600 * 1000;

/** Deletes uploads that never became a batch: their sender, or the server, went away. Ids tell the time. */
export async function deleteAbandonedParts(db: Queryable): Promise<void> {
  const before = v7({ msecs: Date.now() - ABANDONED_AFTER_MS });
  await db.query(
    `delete from import_parts p
     where p.batch_id < $1 and not exists (select 1 from code_batches b where b.batch_id = p.batch_id)`,
    [before],
  );
}

export async function insertBadLines(
  tx: Queryable,
  batchId: string,
  faults: readonly BadLine[],
): Promise<void> {
  if (faults.length === 0) return;
  await tx.query(
    `insert into import_bad_lines (batch_id, line, field, reason)
     select $1, * from unnest($2::bigint[], $3::text[], $4::text[])
     on conflict do nothing`,
    [
      batchId,
      faults.map(({ line }) => line),
      faults.map(({ field }) => field),
      faults.map(({ reason }) => reason),
    ],
  );
}

const PAGE = 5_000;

/** All bad lines of an import in the order of the file, read page by page. */
export async function* allBadLines(db: Queryable, batchId: string): AsyncGenerator<BadLine> {
  let after: BadLine | undefined;
  do {
    const page = await listBadLines(db, batchId, after, PAGE);
    yield* page;
    after = page.length === PAGE ? page.at(-1) : undefined;
  } while (after);
}

/** Bad lines in the order of the file. @param after the last one of the page before. */
export async function listBadLines(
  db: Queryable,
  batchId: string,
  after: BadLine | undefined,
  atMost: number,
): Promise<BadLine[]> {
  const { rows } = await db.query<BadLine>(
    `select line, field, reason from import_bad_lines
     where batch_id = $1 and ($2::bigint is null or (line, field) > ($2, $3)) order by line, field limit $4`,
    [batchId, after?.line ?? null, after?.field ?? null, atMost],
  );
  return rows;
}

/** What made each of these codes. */
export async function madeInOf(db: Queryable, codeKeys: readonly string[]): Promise<Map<string, string>> {
  if (codeKeys.length === 0) return new Map();
  const { rows } = await db.query<{ codeKey: string; batchId: string }>(
    'select code_key as "codeKey", batch_id as "batchId" from codes where code_key = any($1::uuid[])',
    [codeKeys],
  );
  return new Map(rows.map(({ codeKey, batchId }) => [codeKey, batchId]));
}
