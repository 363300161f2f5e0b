import type { Database, Queryable, Transaction } from '../../../platform/db.ts';
import { interrupted, type JobKind, type JobRun, type Jobs } from '../../../platform/jobs/index.ts';
import { publish } from '../../../platform/outbox.ts';
import type { EnrolmentKey, Enrolments } from '../enrolments/types.ts';
import type { JourneyMove } from './moves.ts';

interface Leaving {
  readonly journeyId: string;
}

/** Where an enrolment stands in the order they are taken out in. */
interface Place extends EnrolmentKey {
  readonly version: number;
  readonly nodeId: string;
}

type Leave = JobRun<Leaving, Place>;

const AT_ONCE = 500;

/** Takes out who is inside a journey that is archived, some hundreds in a step. @returns what starts that for a move. */
export function leavingJob(
  db: Database,
  jobs: Jobs,
  enrolments: Pick<Enrolments, 'move'>,
): (tx: Transaction, move: JourneyMove) => Promise<void> {
  async function exitSome(tx: Queryable, job: Leave, keys: readonly EnrolmentKey[]): Promise<number> {
    const { brandId, actor, jobId: correlationId } = job;
    const now = new Date();
    const { outcomes, events } = await enrolments.move(
      tx,
      keys.map(({ playerId, enrolmentId }) => ({
        playerId,
        enrolmentId,
        input: { kind: 'exit', reason: 'journey_archived', at: now.getTime() },
      })),
    );
    await publish(tx, { brandId, actor, correlationId, time: now.toISOString() }, events);
    return outcomes.filter((outcome) => outcome === 'moved').length;
  }

  const kind: JobKind<Leaving, Place> = {
    async run(job) {
      for (;;) {
        // Each is looked at once: nobody enters any more, and who can't be taken out keeps no other inside.
        const inside = await findInside(db, job.input.journeyId, job.checkpoint);
        const checkpoint = inside.at(-1);
        if (!checkpoint) break;
        const goOn = await job.step(async (tx) => {
          const exited = await exitSome(tx, job, inside);
          return { done: job.done + exited, checkpoint };
        });
        if (!goOn) return interrupted;
      }
      return { outcome: 'finished', write: async () => ({ exited: job.done }) };
    },
    // Nobody is put back. Who is still inside leaves with the next thing that happens to them.
    undo: async (job) => ({ outcome: 'finished', write: async () => ({ exited: job.done }) }),
  };
  const job = jobs.define('journeys.archive', kind);

  return async (tx, { what, journey: { brandId, journeyId, version }, by: { actor } }) => {
    if (what === 'archived' && version !== null)
      await job.start(tx, { brandId, actor, input: { journeyId } });
  };
}

async function findInside(db: Queryable, journeyId: string, after: Place | undefined): Promise<Place[]> {
  const { rows } = await db.query<Place>(
    `select version, node_id as "nodeId", player_id as "playerId", enrolment_id as "enrolmentId"
     from journey_enrolments
     where journey_id = $1 and status = 'active'
       ${after ? 'and (version, node_id, player_id, enrolment_id) > ($2, $3, $4, $5)' : ''}
     order by version, node_id, player_id, enrolment_id limit ${AT_ONCE}`,
    [journeyId, ...(after ? [after.version, after.nodeId, after.playerId, after.enrolmentId] : [])],
  );
  return rows;
}
