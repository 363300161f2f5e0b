import { type Code, type CodeKind, type CodeState, Id } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../../platform/db.ts';
import { decodeCursor, encodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { playerId } from '../../../platform/ids.ts';
import { type CodeRecord, codeView } from '../code.ts';
import { RECORD, STATE } from '../store/codes.ts';

export { findCode } from '../store/codes.ts';

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

/** Campaign, batch, position. */
const Place = z.tuple([Id, Id, z.string().regex(/^\d{1,9}$/)]);
type Place = z.infer<typeof Place>;

/** In the order of the index `codes_listed`, backwards: newest campaign and newest batch first. */
const PLACE = ['campaign_id', 'batch_id', 'position'];
const ORDER = PLACE.map((column) => `${column} desc`).join(', ');

/** Conditions that belong together, with the values of their parameters. */
interface Where {
  sql: string;
  values: readonly unknown[];
}

/**
 * Codes of a brand, by index order. What no index serves (state, kind, last symbols) is filtered among a bounded number
 * of codes, so that a page never costs more than that; it may then be short without being the last.
 */
export async function listCodes(
  db: Queryable,
  brandId: string,
  filter: CodeFilter,
): Promise<Result<{ items: Code[]; nextCursor: string | null }>> {
  const cursor = decodeCursor(filter.cursor, Place);
  if (!cursor.ok) return cursor;
  const campaignId =
    filter.batchId === undefined ? filter.campaignId : await campaignOf(db, brandId, filter.batchId);
  if (filter.batchId !== undefined && (!campaignId || campaignId !== (filter.campaignId ?? campaignId)))
    return ok({ items: [], nextCursor: null });

  const found = whereFound(brandId, { ...filter, campaignId }, cursor.value);
  const passing = wherePassing(filter, found.values);
  const look = passing.sql === '' ? filter.limit + 1 : LOOKED_THROUGH;
  const { rows } = await db.query<CodeRecord>(
    `select ${RECORD}
     from (select * from (select * from codes where ${found.sql} order by ${ORDER} limit ${look}) c ${passing.sql}
           order by ${ORDER} limit ${filter.limit + 1}) c
     left join code_batches b on b.batch_id = c.batch_id
     left join players p on p.player_id = c.holder_id
     order by ${PLACE.map((column) => `c.${column} desc`).join(', ')}`,
    [...passing.values],
  );
  const page = toPage(rows, filter.limit, placeOf, codeView);
  if (page.nextCursor !== null || passing.sql === '') return ok(page);
  const end = await endOfLookedThrough(db, found);
  return ok({ items: page.items, nextCursor: end && encodeCursor(end) });
}

const placeOf = (code: CodeRecord): Place => [code.campaignId, code.madeIn, String(code.position)];

/**
 * What the index finds. The place to go on from is compared in just the columns that are not fixed already: compared in
 * more, PostgreSQL would read all codes before it again.
 */
function whereFound(
  brandId: string,
  { campaignId, batchId, holder }: Pick<CodeFilter, 'campaignId' | 'batchId' | 'holder'>,
  after: Place | undefined,
): Where {
  const conditions = ['brand_id = $1'];
  const values: unknown[] = [brandId];
  const and = (columns: readonly string[], operator: string, given: readonly unknown[]) => {
    const first = values.length + 1;
    conditions.push(`(${columns}) ${operator} (${columns.map((_, at) => `$${first + at}`)})`);
    values.push(...given);
  };
  if (campaignId !== undefined) and(['campaign_id'], '=', [campaignId]);
  if (batchId !== undefined) and(['batch_id'], '=', [batchId]);
  if (holder !== undefined) and(['holder_id'], '=', [playerId(brandId, holder)]);
  const fixed = batchId !== undefined ? 2 : campaignId !== undefined ? 1 : 0;
  if (after) and(PLACE.slice(fixed), '<', after.slice(fixed));
  return { sql: conditions.join(' and '), values };
}

/** What no index serves. @param before values of the parameters before its own. */
function wherePassing({ kind, state, last4 }: CodeFilter, before: readonly unknown[]): Where {
  const wanted = [
    ['c.kind', kind],
    [STATE, state],
    ['c.last4', last4],
  ].filter(([, value]) => value !== undefined);
  const conditions = wanted.map(([column], at) => `${column} = $${before.length + 1 + at}`);
  return {
    sql: conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`,
    values: [...before, ...wanted.map(([, value]) => value)],
  };
}

/** Where a page stopped looking; null when it looked at all there was. */
async function endOfLookedThrough(db: Queryable, { sql, values }: Where): Promise<Place | null> {
  const { rows } = await db.query<{ campaign: string; batch: string; position: number }>(
    `select campaign_id as campaign, batch_id as batch, position from codes where ${sql}
     order by ${ORDER} offset ${LOOKED_THROUGH - 1} limit 1`,
    values,
  );
  const last = rows[0];
  return last ? [last.campaign, last.batch, String(last.position)] : null;
}

async function campaignOf(db: Queryable, brandId: string, batchId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ campaign: string }>(
    'select campaign_id as campaign from code_batches where batch_id = $1 and brand_id = $2',
    [batchId, brandId],
  );
  return rows[0]?.campaign;
}
