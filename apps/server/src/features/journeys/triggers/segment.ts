import type { Rule } from '@promosmith/core/rules';
import type { Queryable } from '../../../platform/db.ts';
import { loadPlayers, lockPlayers } from '../../players/index.ts';
import { passingOf, whoPasses } from './audience.ts';
import { addMembers, findMembers, findNewcomers, removeMembers } from './store.ts';

/** A segment as it is looked at. */
export interface Segment {
  readonly journeyId: string;
  readonly rule: Rule;
  /** The brand's. */
  readonly timeZone: string;
}

/** As `refreshMembers` for one segment, by whoever does not hold the players' rows: those that seem to change are locked. */
export async function refreshUnheld(
  tx: Queryable,
  segment: Segment,
  playerIds: readonly string[],
  now: Date,
): Promise<readonly string[]> {
  const { journeyId, rule, timeZone } = segment;
  const passing = await whoPasses(tx, rule, playerIds, now, timeZone);
  const isMember = await findMembers(tx, [journeyId], playerIds);
  const changed = playerIds.filter((id) => passing.has(id) !== isMember(journeyId, id));
  if (changed.length === 0) return [];
  // What was read without a lock may have changed: only what is still so under one is written.
  await lockPlayers(tx, changed);
  return (await refreshMembers(tx, [segment], changed, now)).get(journeyId) ?? [];
}

/**
 * Brings the members of segments in line with who is in them now. The caller holds the players' rows. However many
 * segments there are, players and members are read once: most events change nothing.
 * @returns by journey those who came to be in its segment since it began, whose entry it is.
 */
export async function refreshMembers(
  tx: Queryable,
  segments: readonly Segment[],
  playerIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = await loadPlayers(tx, playerIds);
  const isMember = await findMembers(
    tx,
    segments.map(({ journeyId }) => journeyId),
    playerIds,
  );
  const entering = new Map<string, readonly string[]>();
  for (const { journeyId, rule, timeZone } of segments) {
    const passing = passingOf(known, rule, now, timeZone);
    const gone = playerIds.filter((id) => !passing.has(id) && isMember(journeyId, id));
    const come = playerIds.filter((id) => passing.has(id) && !isMember(journeyId, id));
    if (gone.length > 0) await removeMembers(tx, journeyId, gone);
    if (come.length > 0) entering.set(journeyId, await addNewcomers(tx, journeyId, come));
  }
  return entering;
}

async function addNewcomers(
  tx: Queryable,
  journeyId: string,
  come: readonly string[],
): Promise<readonly string[]> {
  const added = await addMembers(tx, journeyId, come);
  const newcomers = await findNewcomers(tx, journeyId, [...added]);
  return come.filter((playerId) => newcomers.has(playerId));
}
