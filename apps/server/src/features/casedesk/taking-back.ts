import type { Actor } from '@promosmith/contract';
import { int4s, texts, uuids } from '../../platform/arrays.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { interrupted, type JobKind, type JobRun, type Jobs } from '../../platform/jobs/index.ts';
import type { Reversals } from '../activations/index.ts';

/** What is taken back: activations by name, or all that were accepted of a code until the job began. */
export interface TakeBackInput {
  readonly activationIds?: readonly string[];
  readonly codeKey?: string;
  /** Told with the events of what is taken back, so it is for players too. */
  readonly reason: string;
}

interface Checkpoint {
  /** The newest activation that is meant: those after it are not this job's. */
  readonly upTo: string;
  /** How far they have been noted down; null when all have. */
  readonly noted: string | null;
  readonly total: number;
}

const NOTED_AT_ONCE = 2_000;
const TAKEN_AT_ONCE = 40;
/** Reversals under way at once: they meet at the counters of the campaign, so more would only wait there. */
const SIDE_BY_SIDE = 4;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** What a step did to activations that were due. */
interface Done {
  readonly activationId: string;
  readonly result: 'taken' | 'paid' | 'nothing';
  readonly taken: number;
  readonly paid: number;
}

export interface TakeBacks {
  /**
   * In the transaction of the decision: the job runs when that commits.
   * @returns the job's id. Its result is `{ activations, taken, paid, nothing }`: how many activations there were, bonuses
   * that were taken back, bonuses that had become real money before and stay, activations that held none any more.
   */
  start(tx: Queryable, by: { brandId: string; actor: Actor }, input: TakeBackInput): Promise<string>;
}

/**
 * Takes back what activations gave, one after the other and each by itself, as a person would: with its lock held a bonus
 * either has become real money, and then stays and is reported, or ends. Cancelling the job stops it; what is taken back
 * stays so.
 */
export function createTakeBacks(db: Database, jobs: Jobs, reversals: Reversals): TakeBacks {
  const kind: JobKind<TakeBackInput, Checkpoint> = {
    async run(job) {
      if (!(await noteAll(job))) return interrupted;
      for (;;) {
        const due = await findDue(db, job.jobId);
        if (due.length === 0) break;
        const done = await takeBackSome(db, reversals, job, due);
        const goOn = await job.step(async (tx) => ({
          done: job.done + (await keepResults(tx, job.jobId, done)),
        }));
        if (!goOn) return interrupted;
      }
      return { outcome: 'finished', write: (tx) => sumUp(tx, job.jobId) };
    },
    async undo(job) {
      const done = await takeBackSome(db, reversals, job, await findBegun(db, job.jobId));
      return {
        outcome: 'finished',
        async write(tx) {
          await keepResults(tx, job.jobId, done);
          return sumUp(tx, job.jobId);
        },
      };
    },
  };
  const starter = jobs.define('bonuses.take_back', kind);
  return { start: (tx, { brandId, actor }, input) => starter.start(tx, { brandId, actor, input }) };
}

/** Notes down what is to be done, before anything is. @returns false when the job was interrupted. */
async function noteAll(job: JobRun<TakeBackInput, Checkpoint>): Promise<boolean> {
  while (job.checkpoint?.noted !== null) {
    const { upTo, noted, total } = job.checkpoint ?? { upTo: newId(), noted: BEFORE_ALL, total: 0 };
    const goOn = await job.step(async (tx) => {
      const { last, count } = await note(tx, job, noted ?? BEFORE_ALL, upTo);
      const sum = total + count;
      return { done: 0, total: sum, checkpoint: { upTo, noted: last, total: sum } };
    });
    if (!goOn) return false;
  }
  return true;
}

/** @returns the last activation looked at; null when there are no more. */
async function note(
  tx: Queryable,
  { jobId, brandId, input }: JobRun<TakeBackInput, Checkpoint>,
  after: string,
  upTo: string,
): Promise<{ last: string | null; count: number }> {
  const [column, value] =
    input.codeKey === undefined
      ? ['activation_id = any($3::uuid[])', input.activationIds ?? []]
      : ['code_key = $3::uuid', input.codeKey];
  const { rows } = await tx.query<{ last: string | null; looked: number; noted: number }>(
    `with looked as (
       select activation_id, player_external_id, outcome from activations
       where brand_id = $2 and ${column} and activation_id > $4 and activation_id <= $5
       order by activation_id limit ${NOTED_AT_ONCE}
     ), noted as (
       insert into take_backs (job_id, activation_id, brand_id, player_external_id)
       select $1, activation_id, $2, player_external_id from looked where outcome in ('accepted', 'awaiting_deposit')
       on conflict do nothing returning 1
     )
     select (select max(activation_id::text) from looked) as last, (select count(*)::int from looked) as looked,
       (select count(*)::int from noted) as noted`,
    [jobId, brandId, value, after, upTo],
  );
  const [row] = rows;
  return { last: row?.looked === NOTED_AT_ONCE ? row.last : null, count: row?.noted ?? 0 };
}

async function findDue(db: Queryable, jobId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select activation_id as id from take_backs where job_id = $1 and result is null
     order by activation_id limit ${TAKEN_AT_ONCE}`,
    [jobId],
  );
  return rows.map(({ id }) => id);
}

/** Those that were taken back when the job was stopped, before that was noted down. */
async function findBegun(db: Queryable, jobId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select b.activation_id as id from take_backs b join activations a on a.activation_id = b.activation_id
     where b.job_id = $1 and b.result is null and a.outcome in ('reversed', 'lapsed')
     order by b.activation_id limit ${TAKEN_AT_ONCE}`,
    [jobId],
  );
  return rows.map(({ id }) => id);
}

/** A few at a time. Done again after a crash, each answers as it did before. */
async function takeBackSome(
  db: Database,
  reversals: Reversals,
  { jobId, brandId, actor, input, signal }: JobRun<TakeBackInput, Checkpoint>,
  due: readonly string[],
): Promise<Done[]> {
  const waiting = [...due];
  const taken = new Map<string, number>();
  const worker = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && !signal.aborted; id = waiting.shift()) {
      const by = { caller: { brandId, actor }, requestId: jobId };
      const reversed = await reversals.reverse(id, input.reason, by);
      taken.set(id, reversed.ok ? reversed.value.cancelledGrants.length : 0);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  const paid = await countPaid(db, [...taken.keys()]);
  return [...taken].map(([activationId, count]) => {
    const stays = paid.get(activationId) ?? 0;
    return {
      activationId,
      result: stays > 0 ? 'paid' : count > 0 ? 'taken' : 'nothing',
      taken: count,
      paid: stays,
    };
  });
}

/** Bonuses of activations that had become real money. */
async function countPaid(db: Queryable, activationIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ id: string; count: number }>(
    `select activation_id as id, count(*)::int as count from grants
     where activation_id = any($1::uuid[]) and status = 'completed' group by 1`,
    [activationIds],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

async function keepResults(tx: Queryable, jobId: string, done: readonly Done[]): Promise<number> {
  const { rowCount } = await tx.query(
    `update take_backs b set result = d.result, taken = d.taken, paid = d.paid
     from unnest($2::uuid[], $3::text[], $4::int[], $5::int[]) as d (activation_id, result, taken, paid)
     where b.job_id = $1 and b.activation_id = d.activation_id and b.result is null`,
    [
      jobId,
      uuids(done.map(({ activationId }) => activationId)),
      texts(done.map(({ result }) => result)),
      int4s(done.map(({ taken }) => taken)),
      int4s(done.map(({ paid }) => paid)),
    ],
  );
  return rowCount ?? 0;
}

async function sumUp(tx: Queryable, jobId: string): Promise<Record<string, number>> {
  const { rows } = await tx.query<Record<string, number>>(
    `select count(*)::int as activations, coalesce(sum(taken), 0)::int as taken, coalesce(sum(paid), 0)::int as paid,
       count(*) filter (where result = 'nothing')::int as nothing, count(*) filter (where result is null)::int as "left"
     from take_backs where job_id = $1`,
    [jobId],
  );
  return { ...rows[0] };
}
