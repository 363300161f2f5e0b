import { ok, type Result, refuse } from '@promosmith/core';
import type { z } from 'zod';

/** Where a page ended: the values of its last row's sort columns, as text. Opaque to callers. */
export type CursorKey = readonly string[];

export const encodeCursor = (key: CursorKey): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * @param shape what a cursor of this list holds, e.g. `z.tuple([Id])`; a forged one must not reach SQL.
 * @returns undefined for the first page; a refusal for a cursor that is not one of this list's.
 */
export function decodeCursor<Key extends CursorKey>(
  cursor: string | undefined,
  shape: z.ZodType<Key>,
): Result<Key | undefined> {
  if (cursor === undefined) return ok(undefined);
  const key = shape.safeParse(parse(Buffer.from(cursor, 'base64url').toString()));
  if (key.success) return ok(key.data);
  return refuse('invalid_request', 'query.cursor: not a cursor of this list', [
    { field: 'query.cursor', reason: 'not a cursor of this list', fix: 'leave it out to start over' },
  ]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Turns `limit + 1` rows into a page: the extra row only tells that there is more.
 * @param keyOf the sort columns of a row, as text that PostgreSQL reads back without loss.
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => CursorKey,
  item: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  };
}

/** Most rows that one page of a list looks through for those that pass a filter which no index serves. */
export const LOOKED_THROUGH = 5_000;

/**
 * A page of rows that were looked for among a bounded number of others, so that it never costs more than that. It may be
 * short, or empty, without being the last.
 * @param endOfLook where the last row that was looked through is; undefined when all there are were.
 */
export async function toFilteredPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => CursorKey,
  item: (row: Row) => Item,
  endOfLook: () => Promise<CursorKey | undefined>,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const page = toPage(rows, limit, keyOf, item);
  if (page.nextCursor !== null) return page;
  const end = await endOfLook();
  return { ...page, nextCursor: end ? encodeCursor(end) : null };
}
