import type { EventConsumer } from '../events/index.ts';
import { loadPlayers } from '../players/index.ts';
import { cancelSpinsOfExcluded } from './cancelling.ts';

/** Ends the spins of players whom the platform tells to be excluded: to be registered after the players' own consumer. */
export const excludedPlayers: EventConsumer<'player.self_excluded'> = {
  types: ['player.self_excluded'],
  async apply(tx, events) {
    const players = await loadPlayers(
      tx,
      events.map(({ playerId }) => playerId),
    );
    const excluded = [...players.values()].filter(({ selfExcludedUntil }) => selfExcludedUntil !== null);
    return cancelSpinsOfExcluded(
      tx,
      excluded.map(({ playerId }) => playerId),
    );
  },
};
