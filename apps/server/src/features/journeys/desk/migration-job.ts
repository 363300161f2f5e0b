import { planMigration } from '@promosmith/core/journey';
import type { Database, Queryable } from '../../../platform/db.ts';
import { interrupted, type JobKind, type JobRun } from '../../../platform/jobs/index.ts';
import { publish } from '../../../platform/outbox.ts';
import type { Book } from '../definitions/index.ts';
import type { EnrolmentKey, Enrolments, Transfer } from '../enrolments/types.ts';

export const MIGRATION = 'journeys.migrate';

export interface MigrationInput {
  readonly journeyId: string;
  readonly from: number;
  readonly to: number;
  readonly targets: Transfer['targets'];
}

/** How far it has come. */
interface Checkpoint {
  readonly after: Place | null;
  readonly moved: number;
  /** In this pass through the nodes. */
  readonly movedInPass: number;
  readonly passes: number;
}

interface Place extends EnrolmentKey {
  readonly nodeId: string;
}

const AT_ONCE = 500;
/** Players go on walking while they are moved: whoever came to a node that was passed already is found by another pass. */
const MOST_PASSES = 10;
const START: Checkpoint = { after: null, moved: 0, movedInPass: 0, passes: 1 };

type MigrationRun = JobRun<MigrationInput, Checkpoint>;

/** Moves the players of one version to another, some hundreds in a step. Cancelled, it leaves them where they are. */
export function migrationJob(
  db: Database,
  book: Book,
  enrolments: Pick<Enrolments, 'transfer'>,
): JobKind<MigrationInput, Checkpoint> {
  /** @returns undefined when all is done. */
  async function next(job: MigrationRun, transfer: Transfer): Promise<Checkpoint | 'stopped' | undefined> {
    const before = job.checkpoint ?? START;
    const found = await findPart(db, job.input, stayingAt(transfer), before.after);
    const last = found.at(-1);
    if (!last && (before.movedInPass === 0 || before.passes === MOST_PASSES)) return undefined;
    let after: Checkpoint = { ...before, after: null, movedInPass: 0, passes: before.passes + 1 };
    const goOn = await job.step(async (tx) => {
      if (last) {
        const moved = await moveSome(tx, job, transfer, found);
        const { nodeId, playerId, enrolmentId } = last;
        after = {
          ...before,
          after: { nodeId, playerId, enrolmentId },
          moved: before.moved + moved,
          movedInPass: before.movedInPass + moved,
        };
      }
      return { done: after.moved, checkpoint: after };
    });
    return goOn ? after : 'stopped';
  }

  async function moveSome(
    tx: Queryable,
    { brandId, actor, jobId }: MigrationRun,
    transfer: Transfer,
    keys: readonly EnrolmentKey[],
  ): Promise<number> {
    const { moved, events } = await enrolments.transfer(tx, transfer, keys);
    const time = new Date().toISOString();
    await publish(tx, { brandId, actor, correlationId: jobId, time }, events);
    return moved;
  }

  return {
    async run(job) {
      const { journeyId, from, to, targets } = job.input;
      const transfer: Transfer = {
        from: await book.version(db, job.brandId, journeyId, from),
        to: await book.version(db, job.brandId, journeyId, to),
        targets,
      };
      for (;;) {
        const progress = await next(job, transfer);
        if (progress === 'stopped') return interrupted;
        if (!progress) break;
      }
      return { outcome: 'finished', write: async (tx) => resultOf(tx, job) };
    },
    undo: async (job) => ({ outcome: 'finished', write: async (tx) => resultOf(tx, job) }),
  };
}

async function resultOf(tx: Queryable, { input, checkpoint }: MigrationRun) {
  const { rows } = await tx.query<{ left: number }>(
    `select count(*)::int as left from journey_enrolments where journey_id = $1 and version = $2 and status = 'active'`,
    [input.journeyId, input.from],
  );
  return { moved: checkpoint?.moved ?? 0, left: rows[0]?.left ?? 0 };
}

/** Nodes whose players stay in their version: nothing says where they would go. */
const stayingAt = ({ from, to, targets }: Transfer): string[] =>
  planMigration(from.journey, to.journey, targets).flatMap(({ nodeId, what }) =>
    what === 'needs_target' || what === 'bad_target' ? [nodeId] : [],
  );

export async function findPart(
  db: Queryable,
  { journeyId, from }: MigrationInput,
  leftOut: readonly string[],
  after: Place | null,
): Promise<Place[]> {
  const { rows } = await db.query<Place>(
    `select node_id as "nodeId", player_id as "playerId", enrolment_id as "enrolmentId" from journey_enrolments
     where journey_id = $1 and version = $2 and status = 'active' and node_id <> all($3::text[])
       ${after ? 'and (node_id, player_id, enrolment_id) > ($4, $5, $6)' : ''}
     order by node_id, player_id, enrolment_id limit ${AT_ONCE}`,
    [journeyId, from, leftOut, ...(after ? [after.nodeId, after.playerId, after.enrolmentId] : [])],
  );
  return rows;
}
