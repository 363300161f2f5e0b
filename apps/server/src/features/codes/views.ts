import {
  type BatchStatus,
  type Code,
  type CodeBatch,
  type CodeKind,
  type CodeState,
  Id,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, encodeCursor, toPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';
import { type CodeRecord, codeView } from './code.ts';
import { readPattern, strengthOf } from './generation/pattern.ts';
import { type BatchRecord, listBatches } from './store/batches.ts';
import { RECORD, STATE } from './store/codes.ts';

export { findBatch } from './store/batches.ts';
export { findCode } from './store/codes.ts';

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

export interface CodeFilter {
  cursor?: string | undefined;
  limit: number;
  campaignId?: string | undefined;
  batchId?: string | undefined;
  holder?: string | undefined;
  kind?: CodeKind | undefined;
  state?: CodeState | undefined;
  last4?: string | undefined;
}

/** Most codes one page looks through for those a filter lets pass. */
const LOOKED_THROUGH = 20_000;

const Place = z.tuple([Id, Id, Id]);
type Place = z.infer<typeof Place>;

/** In the order of the index `codes_listed`, backwards: newest campaign and newest batch first. */
const ORDER = 'campaign_id desc, batch_id desc, code_key desc';

/** By what an index finds: parameters $1 brand, $2 campaign, $3 batch, $4 holder, $5–$7 the place after which to go on. */
const FOUND = `brand_id = $1 and ($2::uuid is null or campaign_id = $2) and ($3::uuid is null or batch_id = $3)
  and ($4::uuid is null or holder_id = $4)
  and ($5::uuid is null or (campaign_id, batch_id, code_key) < ($5, $6, $7))`;

/**
 * Codes of a brand, by index order. What no index serves (state, kind, last symbols) is filtered among a bounded number
 * of codes, so that a page never costs more than that; it may then be short without being the last.
 */
export async function listCodes(
  db: Queryable,
  brandId: string,
  filter: CodeFilter,
): Promise<Result<Page<Code>>> {
  const cursor = decodeCursor(filter.cursor, Place);
  if (!cursor.ok) return cursor;
  const batch = filter.batchId === undefined ? undefined : await campaignOf(db, brandId, filter.batchId);
  if (filter.batchId !== undefined && !batch) return ok({ items: [], nextCursor: null });
  const found = [
    brandId,
    filter.campaignId ?? batch ?? null,
    filter.batchId ?? null,
    filter.holder === undefined ? null : playerId(brandId, filter.holder),
    ...(cursor.value ?? [null, null, null]),
  ];
  const { rows } = await db.query<CodeRecord>(
    `select ${RECORD}
     from (select * from codes where ${FOUND} order by ${ORDER} limit ${LOOKED_THROUGH}) c
     left join code_batches b on b.batch_id = c.batch_id
     left join players p on p.player_id = c.holder_id
     where ($8::text is null or c.kind = $8) and ($9::text is null or ${STATE} = $9) and ($10::text is null or c.last4 = $10)
     order by c.campaign_id desc, c.batch_id desc, c.code_key desc limit $11`,
    [...found, filter.kind ?? null, filter.state ?? null, filter.last4 ?? null, filter.limit + 1],
  );
  const page = toPage(rows, filter.limit, placeOf, codeView);
  if (page.nextCursor !== null) return ok(page);
  const end = await endOfLookedThrough(db, found);
  return ok({ items: page.items, nextCursor: end && encodeCursor(end) });
}

const placeOf = (code: CodeRecord): Place => [code.campaignId, code.madeIn, code.codeId];

/** Where a page stopped looking; null when it looked at all there was. */
async function endOfLookedThrough(db: Queryable, found: readonly unknown[]): Promise<Place | null> {
  const { rows } = await db.query<{ campaign: string; batch: string; code: string }>(
    `select campaign_id as campaign, batch_id as batch, code_key as code from codes where ${FOUND}
     order by ${ORDER} offset ${LOOKED_THROUGH - 1} limit 1`,
    [...found],
  );
  const last = rows[0];
  return last ? [last.campaign, last.batch, last.code] : null;
}

async function campaignOf(db: Queryable, brandId: string, batchId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ campaign: string }>(
    'select campaign_id as campaign from code_batches where batch_id = $1 and brand_id = $2',
    [batchId, brandId],
  );
  return rows[0]?.campaign;
}
