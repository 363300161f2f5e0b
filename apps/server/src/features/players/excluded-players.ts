import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import type { ExclusionListener } from './service.ts';
import { loadPlayers } from './store/index.ts';

/**
 * Has a listener do for players whom the platform tells to be excluded what it does for those whom a person excludes: a
 * consumer for the intake of events, to be registered after `playerEvents`.
 */
export const excludedPlayers = (listener: ExclusionListener) => ({
  types: ['player.self_excluded'] as const,

  async apply(tx: Queryable, events: readonly { readonly playerId: string }[]): Promise<readonly NewEvent[]> {
    const told = events.map(({ playerId }) => playerId);
    const players = await loadPlayers(tx, told);
    // What was told may be over already.
    return listener(
      tx,
      told.filter((playerId) => players.get(playerId)?.selfExcludedUntil),
    );
  },
});
