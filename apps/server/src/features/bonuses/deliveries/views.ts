import { type BonusDelivery, Id, type listDeliveries, type RouteInput } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { playerId } from '../../../platform/ids.ts';

interface Row {
  player_id: string;
  delivery_id: string;
  grant_id: string;
  external_id: string;
  kind: BonusDelivery['kind'];
  campaign_id: string;
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
}

const SELECT = `select d.player_id, d.delivery_id, d.grant_id, p.external_id, g.kind, g.campaign_id, d.target, d.operation,
    d.state, d.attempts, d.next_attempt_at, d.last_attempt_at, d.last_error, d.response, d.created_at, d.changed_at
  from deliveries d
  join grants g on g.player_id = d.player_id and g.grant_id = d.grant_id
  join players p on p.player_id = d.player_id`;

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
  const { rows } = await db.query<Row>(`${SELECT} where d.brand_id = $1 and d.delivery_id = $2`, [
    brandId,
    deliveryId,
  ]);
  return rows[0] && { playerId: rows[0].player_id, view: deliveryOf(rows[0]) };
}

const Cursor = z.tuple([Id]);

export async function pageOfDeliveries(
  db: Queryable,
  brandId: string,
  query: RouteInput<typeof listDeliveries>['query'],
): Promise<Result<{ items: BonusDelivery[]; nextCursor: string | null }>> {
  const after = decodeCursor(query.cursor, Cursor);
  if (!after.ok) return after;
  const { rows } = await db.query<Row>(
    `${SELECT}
     where d.brand_id = $1 and ($2::uuid is null or d.player_id = $2) and ($3::uuid is null or d.grant_id = $3)
       and ($4::text is null or d.target = $4) and ($5::text is null or d.operation = $5)
       and ($6::text is null or d.state = $6) and ($7::uuid is null or d.delivery_id < $7)
     order by d.delivery_id desc limit $8`,
    [
      brandId,
      query.player === undefined ? null : playerId(brandId, query.player),
      query.grantId ?? null,
      query.target ?? null,
      query.operation ?? null,
      query.state ?? null,
      after.value?.[0] ?? null,
      query.limit + 1,
    ],
  );
  return ok(toPage(rows, query.limit, (row) => [row.delivery_id], deliveryOf));
}
