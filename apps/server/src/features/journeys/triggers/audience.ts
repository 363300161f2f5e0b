import { localClock } from '@promosmith/core/activation';
import { passes, type Rule } from '@promosmith/core/rules';
import type { Queryable } from '../../../platform/db.ts';
import { factsOf, type KnownPlayer, loadPlayers } from '../../players/index.ts';

/** Of players those whom a rule holds for now. @param timeZone the brand's, whose days ages go by. */
export async function whoPasses(
  db: Queryable,
  rule: Rule,
  playerIds: readonly string[],
  now: Date,
  timeZone: string,
): Promise<ReadonlySet<string>> {
  return passingOf(await loadPlayers(db, playerIds), rule, now, timeZone);
}

/** As `whoPasses`, of players that are known already. */
export function passingOf(
  known: ReadonlyMap<string, KnownPlayer>,
  rule: Rule,
  now: Date,
  timeZone: string,
): ReadonlySet<string> {
  const today = localClock(now.getTime(), timeZone).day;
  const passing = [...known].filter(([, player]) =>
    passes(rule, { player: factsOf(player, now, today), now }),
  );
  return new Set(passing.map(([playerId]) => playerId));
}
