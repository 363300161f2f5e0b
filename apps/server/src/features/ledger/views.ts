import {
  type BonusTransaction,
  Id,
  type listBonusTransactions,
  type listPostings,
  type Posting,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';
import { spanEnd, spanStart } from '../../platform/time-span.ts';
import { nextLines } from './statements.ts';

type Query = RouteInput<typeof listPostings>['query'];
type Page = { items: Posting[]; nextCursor: string | null };

interface Tables {
  postings: {
    player_id: string;
    posting_id: string;
    transaction_id: string;
    brand_id: string;
    grant_id: string | null;
    kind: Posting['kind'];
    debit: string;
    credit: string;
    amount: number;
    currency: string;
    created_at: Date;
  };
  players: { player_id: string; external_id: string };
  grants: { player_id: string; grant_id: string };
}

const Cursor = z.tuple([Id, Id]);

/** Postings of a brand, newest transaction first, those of one transaction together. */
export async function listLedger(db: Database, brandId: string, query: Query): Promise<Result<Page>> {
  const after = decodeCursor(query.cursor, Cursor);
  if (!after.ok) return after;
  let found = db
    .tables<Tables>()
    .selectFrom('postings as l')
    .innerJoin('players as p', 'p.player_id', 'l.player_id')
    .where('l.brand_id', '=', brandId)
    .select([
      'p.external_id',
      'l.posting_id',
      'l.transaction_id',
      'l.grant_id',
      'l.kind',
      'l.debit',
      'l.credit',
      'l.amount',
      'l.currency',
      'l.created_at',
    ]);
  if (query.player !== undefined) found = found.where('l.player_id', '=', playerId(brandId, query.player));
  const { grantId } = query;
  if (grantId !== undefined)
    // Postings are kept by player: the grant tells whose they are, which saves an index on every posting.
    found = found
      .where('l.grant_id', '=', grantId)
      .where('l.player_id', 'in', (inner) =>
        inner.selectFrom('grants as g').select('g.player_id').where('g.grant_id', '=', grantId),
      );
  if (query.transactionId) found = found.where('l.transaction_id', '=', query.transactionId);
  if (query.kind) found = found.where('l.kind', '=', query.kind);
  if (query.from) {
    const { at, id } = spanStart(query.from);
    found = found.where('l.created_at', '>=', at).where('l.transaction_id', '>=', id);
  }
  if (query.to) {
    const { at, id } = spanEnd(query.to);
    found = found.where('l.created_at', '<', at).where('l.transaction_id', '<', id);
  }
  const seen = after.value;
  if (seen)
    found = found.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('l.transaction_id', 'l.posting_id'), '<', tuple(...seen)),
    );
  const rows = await found
    .orderBy('l.transaction_id', 'desc')
    .orderBy('l.posting_id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return ok(
    toPage(
      rows,
      query.limit,
      (row) => [row.transaction_id, row.posting_id],
      (row): Posting => ({
        id: row.posting_id,
        transactionId: row.transaction_id,
        player: row.external_id,
        grantId: row.grant_id,
        kind: row.kind,
        debit: row.debit,
        credit: row.credit,
        amount: row.amount,
        currency: row.currency,
        createdAt: row.created_at.toISOString(),
      }),
    ),
  );
}

const LineCursor = z.tuple([Id, z.string().regex(/^\d{1,15}$/)]);

/** Statements of a brand's bonuses, a page of lines. */
export async function listStatements(
  db: Database,
  brandId: string,
  { cursor, limit, ...selection }: RouteInput<typeof listBonusTransactions>['query'],
): Promise<Result<{ items: BonusTransaction[]; nextCursor: string | null }>> {
  const after = decodeCursor(cursor, LineCursor);
  if (!after.ok) return after;
  const place = after.value && { grantId: after.value[0], line: Number(after.value[1]) };
  const lines = await nextLines(db, brandId, selection, place, limit + 1);
  return ok(
    toPage(
      lines,
      limit,
      ({ grantId, line }) => [grantId, String(line)],
      (line) => line,
    ),
  );
}
