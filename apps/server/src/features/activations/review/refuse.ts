import type { RefusalKey } from '@promosmith/core/activation';
import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import { endPending } from '../../bonuses/index.ts';
import { giveBack, type Move } from '../give-back.ts';
import { eventOf, HELD, type Held } from './held.ts';

/**
 * Refuses activations that are held, and ends what they promised. Their counters are the caller's to move: other rows
 * come before them in the order of locks.
 */
export async function refuseHeld(
  tx: Queryable,
  held: readonly Held[],
  key: RefusalKey,
): Promise<{ events: NewEvent[]; moves: Move[] }> {
  const rows = held.map(({ playerId, activationId }) => ({
    player_id: playerId,
    activation_id: activationId,
  }));
  await tx.query(
    `update activations set outcome = 'refused', refusal_key = $3, takes = '[]', changed_at = now()
     where player_id = any($1::uuid[]) and activation_id = any($2::uuid[]) and outcome = 'in_review'`,
    [held.map(({ playerId }) => playerId), held.map(({ activationId }) => activationId), key],
  );
  await endPending(tx, rows, 'cancelled', key);
  return {
    events: held.map((one) => eventOf('activation.refused', one, { key })),
    moves: held.flatMap(({ takes }) => giveBack(takes, 'reserved')),
  };
}

/** The same for whatever is held of some players. */
export async function refuseHeldOf(
  tx: Queryable,
  playerIds: readonly string[],
  key: RefusalKey,
): Promise<{ events: NewEvent[]; moves: Move[] }> {
  const { rows } = await tx.query<Held>(
    `select ${HELD} from activations where player_id = any($1::uuid[]) and outcome = 'in_review'
     order by player_id, activation_id for update`,
    [playerIds],
  );
  return rows.length > 0 ? refuseHeld(tx, rows, key) : { events: [], moves: [] };
}
