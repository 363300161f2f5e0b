import type { Assignment, Experiment } from '@promosmith/contract';
import { armOf } from '@promosmith/core/experiment';
import type { Database, Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import type { FoundEvent } from '../events/index.ts';
import { ensurePlayers, type KnownPlayer, loadPlayers } from '../players/index.ts';
import {
  findAssignments,
  findExperiment,
  recordAssignments,
  recordHandedOut,
  type StoredAssignment,
} from './store.ts';

/**
 * Which arms players are in, in the order asked for. Who is asked for first is dealt an arm by a hash, and it is recorded:
 * two who ask at once are told the same.
 * @param externalIds the platform's own; those not known yet are made.
 * @returns undefined when there is no such experiment.
 */
export function assign(
  db: Database,
  brandId: string,
  experimentId: string,
  externalIds: readonly string[],
): Promise<Assignment[] | undefined> {
  return db.transaction(async (tx) => {
    const experiment = await findExperiment(tx, brandId, experimentId);
    if (!experiment) return undefined;
    const asked = externalIds.map((externalId) => ({
      externalId,
      playerId: playerId(brandId, externalId),
      brandId,
    }));
    await ensurePlayers(tx, [...new Map(asked.map((one) => [one.playerId, one])).values()]);
    const ids = [...new Set(asked.map((one) => one.playerId))];
    const [known, players] = [await findAssignments(tx, experimentId, ids), await loadPlayers(tx, ids)];
    const weights = experiment.arms.map(({ weightBps }) => weightBps);
    const refused = new Map(ids.map((id) => [id, refusedBecause(experiment, players.get(id))]));
    const dealt = ids
      .filter((id) => !known.has(id) && refused.get(id) === null)
      .map((id) => ({ playerId: id, arm: armOf(experimentId, weights, id) }));
    await recordAssignments(tx, brandId, experimentId, dealt);
    const now = dealt.length === 0 ? known : await findAssignments(tx, experimentId, ids);
    return asked.map((one) =>
      shown(experiment, one.externalId, now.get(one.playerId), refused.get(one.playerId) ?? 'not_running'),
    );
  });
}

/** Why a player who is in no arm yet comes into none; null when nothing is against it. */
function refusedBecause(
  { status, dealtBy, population }: Experiment,
  player: KnownPlayer | undefined,
): Assignment['because'] {
  if (status !== 'running') return 'not_running';
  if (dealtBy === 'distribution') return 'no_code_yet';
  if (player?.selfExcludedUntil) return 'excluded';
  const isIn = population.kind === 'everyone' || player?.segments.includes(population.segment);
  return isIn ? null : 'not_in_population';
}

function shown(
  { arms }: Experiment,
  player: string,
  assignment: StoredAssignment | undefined,
  because: Assignment['because'],
): Assignment {
  if (!assignment) return { player, arm: null, treatment: null, assignedAt: null, because };
  const arm = arms[assignment.arm];
  if (!arm) throw new Error(`player ${player} is in arm ${assignment.arm} of ${arms.length}`);
  const { key, treatment } = arm;
  return { player, arm: key, treatment, assignedAt: assignment.assignedAt.toISOString(), because: null };
}

/** Of codes that were given to players: who is by it in an arm of an experiment that is dealt by that. */
export function assignByCodes(
  tx: Queryable,
  brandId: string,
  events: readonly Pick<FoundEvent, 'type' | 'time' | 'data'>[],
): Promise<void> {
  const handedOut = events.flatMap(({ type, time, data: { player, batchId } }) =>
    type === 'code.distributed' && typeof player === 'string' && typeof batchId === 'string'
      ? [{ playerId: playerId(brandId, player), batchId, at: time }]
      : [],
  );
  return recordHandedOut(tx, brandId, handedOut);
}
