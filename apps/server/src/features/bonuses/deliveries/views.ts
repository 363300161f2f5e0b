import { type BonusDelivery, Id, type listDeliveries, type RouteInput } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { playerId } from '../../../platform/ids.ts';

interface Tables {
  deliveries: {
    player_id: string;
    delivery_id: string;
    brand_id: string;
    grant_id: string;
    target: string;
    operation: BonusDelivery['operation'];
    state: BonusDelivery['state'];
    attempts: number;
    next_attempt_at: Date | null;
    last_attempt_at: Date | null;
    last_error: string | null;
    response: unknown;
    created_at: Date;
    changed_at: Date;
  };
  grants: {
    player_id: string;
    grant_id: string;
    brand_id: string;
    kind: BonusDelivery['kind'];
    campaign_id: string;
  };
  players: { player_id: string; external_id: string };
}

type Row = Omit<Tables['deliveries'], 'brand_id'> &
  Pick<Tables['grants'], 'kind' | 'campaign_id'> &
  Pick<Tables['players'], 'external_id'>;

const deliveries = (db: Queryable, brandId: string) =>
  db
    .tables<Tables>()
    .selectFrom('deliveries as d')
    .innerJoin('grants as g', (join) =>
      join.onRef('g.player_id', '=', 'd.player_id').onRef('g.grant_id', '=', 'd.grant_id'),
    )
    .innerJoin('players as p', 'p.player_id', 'd.player_id')
    .where('d.brand_id', '=', brandId)
    .select([
      'd.player_id',
      'd.delivery_id',
      'd.grant_id',
      'p.external_id',
      'g.kind',
      'g.campaign_id',
      'd.target',
      'd.operation',
      'd.state',
      'd.attempts',
      'd.next_attempt_at',
      'd.last_attempt_at',
      'd.last_error',
      'd.response',
      'd.created_at',
      'd.changed_at',
    ]);

const deliveryOf = (row: Row): BonusDelivery => ({
  deliveryId: row.delivery_id,
  grantId: row.grant_id,
  player: row.external_id,
  kind: row.kind,
  campaignId: row.campaign_id,
  target: row.target,
  operation: row.operation,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.state === 'waiting' ? (row.next_attempt_at?.toISOString() ?? null) : null,
  lastAttemptAt: row.last_attempt_at?.toISOString() ?? null,
  lastError: row.last_error,
  response: row.response,
  createdAt: row.created_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
});

/** A delivery and the player it is kept with. */
export interface FoundDelivery {
  readonly playerId: string;
  readonly view: BonusDelivery;
}

export async function findDelivery(
  db: Queryable,
  brandId: string,
  deliveryId: string,
): Promise<FoundDelivery | undefined> {
  const row = await deliveries(db, brandId).where('d.delivery_id', '=', deliveryId).executeTakeFirst();
  return row && { playerId: row.player_id, view: deliveryOf(row) };
}

const Cursor = z.tuple([Id]);

export async function pageOfDeliveries(
  db: Queryable,
  brandId: string,
  query: RouteInput<typeof listDeliveries>['query'],
): Promise<Result<{ items: BonusDelivery[]; nextCursor: string | null }>> {
  const after = decodeCursor(query.cursor, Cursor);
  if (!after.ok) return after;
  const { player, grantId, target, operation, state, limit } = query;
  let found = deliveries(db, brandId);
  if (player !== undefined) found = found.where('d.player_id', '=', playerId(brandId, player));
  // Deliveries are found by their player and bonus: whose it is, the bonus says.
  if (grantId !== undefined)
    found = found
      .where('d.grant_id', '=', grantId)
      .where('d.player_id', '=', (of) =>
        of
          .selectFrom('grants as named')
          .select('named.player_id')
          .where('named.brand_id', '=', brandId)
          .where('named.grant_id', '=', grantId),
      );
  if (target !== undefined) found = found.where('d.target', '=', target);
  if (operation !== undefined) found = found.where('d.operation', '=', operation);
  if (state !== undefined) found = found.where('d.state', '=', state);
  if (after.value) found = found.where('d.delivery_id', '<', after.value[0]);
  const rows = await found
    .orderBy('d.delivery_id', 'desc')
    .limit(limit + 1)
    .execute();
  return ok(toPage(rows, limit, (row) => [row.delivery_id], deliveryOf));
}
