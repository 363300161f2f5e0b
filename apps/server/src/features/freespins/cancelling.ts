import type { FreeSpins } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { isOver } from '@promosmith/core/freespins';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { playerId } from '../../platform/ids.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { cancelDeliveries, type GrantKey } from '../bonuses/index.ts';
import { findKey, lockPackage, type PackageRow, saveEnding, saveProgress } from './packages/store.ts';
import type { FreeSpinsViews } from './views.ts';

/** Longer than a cancellation is tried, and its answer awaited: then they are over with what is known. */
const LONGEST_CANCELLATION_MS = 4 * 86_400_000;

/**
 * Cancels what is left of free spins. Those that never reached the provider are over at once; of others it has the last
 * word. Again, it changes nothing. A player may cancel what is the player's own.
 */
export async function cancelSpins(
  db: Database,
  views: FreeSpinsViews,
  grantId: string,
  reason: string,
  { caller, requestId }: RequestContext,
): Promise<Result<FreeSpins>> {
  const { brandId, playerExternalId } = caller;
  const key = await findKey(db, { brandId, grantId });
  const isTheirs = playerExternalId === undefined || key?.playerId === playerId(brandId, playerExternalId);
  if (!key || !isTheirs) return refuse('not_found', `There are no free spins ${grantId}.`);
  return db.transaction(async (tx) => {
    await cancelDeliveries(tx, [key]);
    const before = await lockPackage(tx, key);
    if (!before) throw new Error(`free spins ${grantId} went away`);
    if (before.state === 'finished' || before.state === 'expired') return OVER;
    if (!before.ending && !isOver(before)) {
      await endWith(tx, before, reason);
      await audit(tx, {
        brandId,
        actor: caller.actor,
        action: 'free_spins.cancelled',
        targetKind: 'grant',
        targetId: grantId,
        before: { state: before.state, played: before.played, won: before.won },
        after: { ending: 'cancelled' },
        reason,
        requestId,
      });
    }
    return ok(await views.get(tx, key));
  });
}

const OVER = refuse('free_spins_over', 'These spins are over: nothing is left to cancel.');

async function endWith(tx: Queryable, row: PackageRow, reason: string): Promise<void> {
  await saveEnding(tx, row, { as: 'cancelled', reason, waitMs: LONGEST_CANCELLATION_MS });
  if (!row.sentAt) await saveProgress(tx, row, { ...row, state: 'cancelled' });
}

const SELF_EXCLUDED = 'self_excluded';

/**
 * Ends the spins that excluded players still have (DOMAIN §7): no more can be played. What was won before is paid.
 * Spins that were not issued yet are offers, which end with all others.
 * @returns what to publish.
 */
export async function cancelSpinsOfExcluded(
  tx: Queryable,
  playerIds: readonly string[],
): Promise<NewEvent[]> {
  // Never prepared: while few are open, reading the index of all that are looks as good as looking the players up.
  const { rows } = await tx.query<GrantKey>({
    text: `select player_id as "playerId", grant_id as "grantId" from free_spin_packages
      where player_id = any($1::uuid[]) and state in ('issued', 'playing') and ending is null
      order by player_id, grant_id`,
    values: [playerIds],
  });
  await cancelDeliveries(tx, rows);
  for (const key of rows) {
    const row = await lockPackage(tx, key);
    if (row && !row.ending && !isOver(row)) await endWith(tx, row, SELF_EXCLUDED);
  }
  return [];
}
