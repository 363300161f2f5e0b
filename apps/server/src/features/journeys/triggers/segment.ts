import type { Rule } from '@promosmith/core/rules';
import type { Queryable } from '../../../platform/db.ts';
import { lockPlayers } from '../../players/index.ts';
import { whoPasses } from './audience.ts';
import { addMembers, findMembers, findNewcomers, removeMembers } from './store.ts';

/** A segment as it is looked at. */
export interface Segment {
  readonly journeyId: string;
  readonly rule: Rule;
  /** The brand's. */
  readonly timeZone: string;
}

/**
 * Brings the members of a segment in line with who is in it now.
 * @param held whether the caller holds the players' rows.
 * @returns those who came to be in it since its journey began, whose entry it is.
 */
export async function refreshMembers(
  tx: Queryable,
  { journeyId, rule, timeZone }: Segment,
  playerIds: readonly string[],
  now: Date,
  { held }: { held: boolean },
): Promise<readonly string[]> {
  const passing = await whoPasses(tx, rule, playerIds, now, timeZone);
  const members = await findMembers(tx, journeyId, playerIds);
  const changed = playerIds.filter((playerId) => passing.has(playerId) !== members.has(playerId));
  if (changed.length === 0) return [];
  if (!held) {
    // What was read without a lock may have changed: only what is still so under one is written.
    await lockPlayers(tx, changed);
    return refreshMembers(tx, { journeyId, rule, timeZone }, changed, now, { held: true });
  }
  const gone = changed.filter((playerId) => members.has(playerId));
  const come = changed.filter((playerId) => passing.has(playerId));
  if (gone.length > 0) await removeMembers(tx, journeyId, gone);
  if (come.length === 0) return [];
  const added = await addMembers(tx, journeyId, come);
  const newcomers = await findNewcomers(tx, journeyId, [...added]);
  return come.filter((playerId) => newcomers.has(playerId));
}
