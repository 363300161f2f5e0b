import { Id, Instant, type Player } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { canonicalEmail } from '@promosmith/core/risk';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type PlayerRecord, viewOf } from './player.ts';
import { RECORD } from './store/index.ts';

export interface PlayerSearch {
  externalId?: string | undefined;
  email?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

type Page = { items: Player[]; nextCursor: string | null };

/** Players of a brand: sorted by external id when searched by its beginning, newest first otherwise. */
export async function listPlayers(
  db: Queryable,
  brandId: string,
  search: PlayerSearch,
): Promise<Result<Page>> {
  const mailbox = search.email === undefined ? undefined : canonicalEmail(search.email);
  if (search.email !== undefined && mailbox === undefined)
    return refuse('invalid_request', 'query.email: not an e-mail address', [
      { field: 'query.email', reason: 'not an e-mail address' },
    ]);
  return search.externalId === undefined
    ? newest(db, brandId, search, mailbox)
    : byExternalId(db, brandId, search, search.externalId, mailbox);
}

const ExternalIdCursor = z.tuple([z.string()]);

async function byExternalId(
  db: Queryable,
  brandId: string,
  { cursor, limit }: PlayerSearch,
  prefix: string,
  mailbox: string | undefined,
): Promise<Result<Page>> {
  const after = decodeCursor(cursor, ExternalIdCursor);
  if (!after.ok) return after;
  const where = conditions(brandId);
  where.add('p.external_id collate "C" like ?', `${prefix.replace(/[\\%_]/g, '\\$&')}%`);
  if (mailbox) where.add('p.email_canonical = ?', mailbox);
  if (after.value) where.add('p.external_id collate "C" > ?', after.value[0]);
  const { rows } = await db.query<PlayerRecord>(
    `select ${RECORD} from players p where ${where.sql()} order by p.external_id collate "C" limit ${limit + 1}`,
    where.values,
  );
  return ok(toPage(rows, limit, (row) => [row.externalId], viewOf));
}

const NewestCursor = z.tuple([Instant, Id]);

async function newest(
  db: Queryable,
  brandId: string,
  { cursor, limit }: PlayerSearch,
  mailbox: string | undefined,
): Promise<Result<Page>> {
  const after = decodeCursor(cursor, NewestCursor);
  if (!after.ok) return after;
  const where = conditions(brandId);
  if (mailbox) where.add('p.email_canonical = ?', mailbox);
  if (after.value) {
    // The index runs down by time and up by id, so the page cannot be cut with one row comparison.
    where.add('p.created_at <= ?', after.value[0]);
    where.add('(p.created_at < ? or p.player_id > ?)', ...after.value);
  }
  const { rows } = await db.query<PlayerRecord & { cursorTime: string }>(
    `select ${RECORD}, to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "cursorTime"
     from players p where ${where.sql()} order by p.created_at desc, p.player_id limit ${limit + 1}`,
    where.values,
  );
  return ok(
    toPage(
      rows,
      limit,
      (row) => [row.cursorTime, row.playerId],
      ({ cursorTime: _, ...player }) => viewOf(player),
    ),
  );
}

/** Collects `and`ed conditions; each `?` becomes the next numbered parameter. */
function conditions(brandId: string) {
  const parts = ['p.brand_id = $1'];
  const values: unknown[] = [brandId];
  return {
    values,
    add(condition: string, ...given: string[]) {
      let at = values.length;
      parts.push(condition.replace(/\?/g, () => `$${++at}`));
      values.push(...given);
    },
    sql: () => parts.join(' and '),
  };
}
