import type { Actor } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import { holdPlayers } from '../../players/index.ts';
import type { StoredTake } from '../give-back.ts';

/** What a person decides of an activation that is held, and who. */
export interface ReviewOrder {
  readonly brandId: string;
  readonly activationId: string;
  readonly actor: Actor;
  readonly requestId: string;
  readonly reason: string;
}

/** An activation that is held, its row locked, and its player's. */
export interface Held {
  readonly activationId: string;
  readonly playerId: string;
  readonly player: string;
  readonly outcome: string;
  readonly takes: StoredTake[];
  readonly code: string;
  readonly codeId: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly channel: string;
  readonly idempotencyKey: string;
  readonly createdAt: Date;
  /** The database's clock. */
  readonly now: Date;
}

export const HELD = `player_id as "playerId", activation_id as "activationId", player_external_id as player, outcome, takes,
  code_shown as code, code_key as "codeId", campaign_id as "campaignId", campaign_version as "campaignVersion",
  entry->>'channel' as channel, idempotency_key as "idempotencyKey", created_at as "createdAt", clock_timestamp() as now`;

/**
 * Whatever has become of it: its outcome says. Its player is held before, as by whatever else happens to a player: a
 * deposit or an exclusion that is told at the same time finds what was decided, or is found by it.
 */
export async function lockHeld(
  tx: Queryable,
  { brandId, activationId }: ReviewOrder,
): Promise<Held | undefined> {
  const playerId = await findPlayerOf(tx, brandId, activationId);
  if (playerId === undefined) return undefined;
  await holdPlayers(tx, [playerId]);
  const { rows } = await tx.query<Held>(
    `select ${HELD} from activations where player_id = $1 and activation_id = $2 for update`,
    [playerId, activationId],
  );
  return rows[0];
}

async function findPlayerOf(
  tx: Queryable,
  brandId: string,
  activationId: string,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ playerId: string }>(
    'select player_id as "playerId" from activations where activation_id = $1 and brand_id = $2',
    [activationId, brandId],
  );
  return rows[0]?.playerId;
}

export const eventOf = (
  type: NewEvent['type'],
  { activationId, player, code, codeId, campaignId, campaignVersion, channel }: Held,
  more: Record<string, unknown>,
): NewEvent => ({
  type,
  subject: type === 'code.activated' ? `code/${codeId}` : `activation/${activationId}`,
  data: { activationId, player, code, codeId, campaignId, campaignVersion, channel, ...more },
});
