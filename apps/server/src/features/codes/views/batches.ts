import { type BatchStatus, type CodeBatch, Id } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { readPattern, strengthOf } from '../generation/pattern.ts';
import { type BatchRecord, listBatches } from '../store/batches.ts';

export { findBatch } from '../store/batches.ts';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export function batchView(batch: BatchRecord): CodeBatch {
  const { batchId, brandId: _, createdAt, ...rest } = batch;
  const pattern = batch.pattern === null ? undefined : readPattern({ ...batch, pattern: batch.pattern });
  const codes = batch.size || batch.requested || 1;
  return {
    id: batchId,
    ...rest,
    strength: pattern?.ok ? strengthOf(pattern.value, codes) : null,
    createdAt: createdAt.toISOString(),
  };
}

export async function pageOfBatches(
  db: Queryable,
  brandId: string,
  {
    cursor,
    limit,
    ...filter
  }: {
    cursor?: string | undefined;
    limit: number;
    campaignId?: string | undefined;
    status?: BatchStatus | undefined;
  },
): Promise<Result<Page<CodeBatch>>> {
  const before = decodeCursor(cursor, z.tuple([Id]));
  if (!before.ok) return before;
  const rows = await listBatches(db, brandId, { ...filter, before: before.value?.[0], limit: limit + 1 });
  return ok(toPage(rows, limit, (row) => [row.batchId], batchView));
}
