import {
  type Actor,
  type Adjustment,
  closeAdjustment,
  getAdjustment,
  Id,
  listAdjustments,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { playerId } from '../../platform/ids.ts';

interface Tables {
  adjustments: {
    player_id: string;
    adjustment_id: string;
    brand_id: string;
    grant_id: string | null;
    kind: Adjustment['kind'];
    amount: number;
    currency: string;
    detail: Record<string, unknown>;
    created_at: Date;
    closed_at: Date | null;
    closed_by: Actor | null;
    note: string | null;
  };
  players: { player_id: string; external_id: string };
}

type Row = Omit<Tables['adjustments'], 'player_id' | 'brand_id'> & { external_id: string };

const viewOf = (row: Row): Adjustment => ({
  id: row.adjustment_id,
  player: row.external_id,
  grantId: row.grant_id,
  kind: row.kind,
  amount: row.amount,
  currency: row.currency,
  detail: row.detail,
  createdAt: row.created_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  closedBy: row.closed_by,
  note: row.note,
});

const adjustmentsOf = (db: Queryable, brandId: string) =>
  db
    .tables<Tables>()
    .selectFrom('adjustments as a')
    .innerJoin('players as p', 'p.player_id', 'a.player_id')
    .where('a.brand_id', '=', brandId)
    .select([
      'p.external_id',
      'a.adjustment_id',
      'a.grant_id',
      'a.kind',
      'a.amount',
      'a.currency',
      'a.detail',
      'a.created_at',
      'a.closed_at',
      'a.closed_by',
      'a.note',
    ]);

const Cursor = z.tuple([Id]);

export function mountAdjustments(http: HttpServer, db: Database): void {
  http.mount(listAdjustments, async ({ query }, { caller }) => {
    const page = await list(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getAdjustment, async ({ params }, { caller }) => {
    const found = await find(db, caller.brandId, params.adjustmentId);
    return found ? reply(200, found) : notFound(params.adjustmentId);
  });

  http.mount(closeAdjustment, async ({ params, body }, context) => {
    const closed = await db.transaction((tx) => close(tx, params.adjustmentId, body.note, context));
    return closed.ok ? reply(200, closed.value) : closed;
  });
}

async function list(
  db: Queryable,
  brandId: string,
  query: RouteInput<typeof listAdjustments>['query'],
): Promise<Result<{ items: Adjustment[]; nextCursor: string | null }>> {
  const after = decodeCursor(query.cursor, Cursor);
  if (!after.ok) return after;
  let found = adjustmentsOf(db, brandId);
  if (query.player !== undefined) found = found.where('a.player_id', '=', playerId(brandId, query.player));
  if (query.state) found = found.where('a.closed_at', query.state === 'open' ? 'is' : 'is not', null);
  if (after.value) found = found.where('a.adjustment_id', '<', after.value[0]);
  const rows = await found
    .orderBy('a.adjustment_id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return ok(toPage(rows, query.limit, (row) => [row.adjustment_id], viewOf));
}

async function find(db: Queryable, brandId: string, adjustmentId: string): Promise<Adjustment | undefined> {
  const row = await adjustmentsOf(db, brandId).where('a.adjustment_id', '=', adjustmentId).executeTakeFirst();
  return row && viewOf(row);
}

const notFound = (adjustmentId: string) => refuse('not_found', `There is no adjustment ${adjustmentId}.`);

/** The first to close a case closes it. */
async function close(
  tx: Queryable,
  adjustmentId: string,
  note: string,
  { caller, requestId }: RequestContext,
): Promise<Result<Adjustment>> {
  const { brandId, actor } = caller;
  const { rowCount } = await tx.query(
    `update adjustments set closed_at = now(), closed_by = $3, note = $4
     where adjustment_id = $1 and brand_id = $2 and closed_at is null`,
    [adjustmentId, brandId, JSON.stringify(actor), note],
  );
  const found = await find(tx, brandId, adjustmentId);
  if (!found) return notFound(adjustmentId);
  if (rowCount === 1)
    await audit(tx, {
      ...{ brandId, actor, requestId },
      action: 'adjustment.closed',
      targetKind: 'adjustment',
      targetId: adjustmentId,
      before: { closedAt: null },
      after: { closedAt: found.closedAt, note },
    });
  return ok(found);
}
