import type { Actor, Experiment } from '@promosmith/contract';
import { int4s, texts, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';

/** What an experiment is decided by, kept as it was said. */
export type Definition = Pick<
  Experiment,
  | 'arms'
  | 'baseline'
  | 'dealtBy'
  | 'population'
  | 'metric'
  | 'currency'
  | 'method'
  | 'windowDays'
  | 'expectedPlayers'
>;

export interface NewExperiment {
  readonly experimentId: string;
  readonly brandId: string;
  readonly name: string;
  readonly definition: Definition;
  /** ISO 8601; null: now. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly createdBy: Actor;
}

export interface Row extends Pick<Experiment, 'id' | 'name' | 'status' | 'createdBy'> {
  definition: Definition;
  startsAt: Date;
  endsAt: Date | null;
  createdAt: Date;
}

/** Where an experiment stands by the database's clock. */
export const STATUS = `case when ends_at <= now() then 'ended' when starts_at > now() then 'scheduled' else 'running' end`;

const columnsWith = (
  status: string,
): string => `experiment_id as id, name, ${status} as status, definition, starts_at as "startsAt",
  ends_at as "endsAt", created_by as "createdBy", created_at as "createdAt"`;

/** The columns of an experiment. */
export const COLUMNS = columnsWith(STATUS);

/** The experiment as the API shows it. */
export const experimentOf = ({ definition, startsAt, endsAt, createdAt, ...row }: Row): Experiment => ({
  ...row,
  ...definition,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});

export async function insertExperiment(tx: Queryable, experiment: NewExperiment): Promise<Experiment> {
  const { experimentId, brandId, name, definition, startsAt, endsAt, createdBy } = experiment;
  const { rows } = await tx.query<Row>(
    `insert into experiments (brand_id, experiment_id, name, definition, starts_at, ends_at, created_by)
     values ($1, $2, $3, $4, coalesce($5, now()), $6, $7) returning ${COLUMNS}`,
    [brandId, experimentId, name, JSON.stringify(definition), startsAt, endsAt, JSON.stringify(createdBy)],
  );
  const [row] = rows;
  if (!row) throw new Error(`experiment ${experimentId} was not inserted`);
  return experimentOf(row);
}

/** Those that ran at some time from one instant to another, the newest first. */
export async function findRunIn(
  db: Queryable,
  brandId: string,
  from: Date,
  until: Date,
): Promise<Experiment[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from experiments
     where brand_id = $1 and starts_at < $3 and (ends_at is null or ends_at > $2) order by experiment_id desc`,
    [brandId, from, until],
  );
  return rows.map(experimentOf);
}

export async function findExperiment(
  db: Queryable,
  brandId: string,
  experimentId: string,
): Promise<Experiment | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from experiments where brand_id = $1 and experiment_id = $2`,
    [brandId, experimentId],
  );
  return rows[0] && experimentOf(rows[0]);
}

/**
 * Ends an experiment, at an instant after every assignment there is: those under way hold it until they are recorded.
 * @returns undefined when it has ended before, or is not there.
 */
export async function end(
  tx: Queryable,
  brandId: string,
  experimentId: string,
): Promise<Experiment | undefined> {
  await tx.query('select from experiments where brand_id = $1 and experiment_id = $2 for update', [
    brandId,
    experimentId,
  ]);
  const { rows } = await tx.query<Row>(
    `with ended as (
       update experiments set ends_at = clock_timestamp()
       where brand_id = $1 and experiment_id = $2 and (ends_at is null or ends_at > now()) returning *
     )
     select ${columnsWith("'ended'")} from ended`,
    [brandId, experimentId],
  );
  return rows[0] && experimentOf(rows[0]);
}

/** Of the ids given, those that are not the brand's own. */
export async function unknownTo(
  tx: Queryable,
  brandId: string,
  ids: Readonly<Record<'campaigns' | 'batches' | 'journeys', readonly string[]>>,
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from unnest($2::uuid[]) id
       where not exists (select from campaigns where campaign_id = id and brand_id = $1)
     union all
     select id from unnest($3::uuid[]) id
       where not exists (select from code_batches where batch_id = id and brand_id = $1)
     union all
     select id from unnest($4::uuid[]) id
       where not exists (select from journeys where brand_id = $1 and journey_id = id)`,
    [brandId, uuids(ids.campaigns), uuids(ids.batches), uuids(ids.journeys)],
  );
  return new Set(rows.map(({ id }) => id));
}

export interface StoredAssignment {
  readonly playerId: string;
  /** Its place among the arms. */
  readonly arm: number;
  readonly assignedAt: Date;
}

export async function findAssignments(
  tx: Queryable,
  experimentId: string,
  playerIds: readonly string[],
): Promise<Map<string, StoredAssignment>> {
  const { rows } = await tx.query<StoredAssignment>(
    `select player_id as "playerId", arm, assigned_at as "assignedAt" from experiment_assignments
     where player_id = any($2::uuid[]) and experiment_id = $1`,
    [experimentId, uuids(playerIds)],
  );
  return new Map(rows.map((row) => [row.playerId, row]));
}

/**
 * Records which arms players are dealt to, unless that was recorded before, or meanwhile, or the experiment has ended: the
 * experiment is held, so that nobody comes in after its end.
 */
export async function recordAssignments(
  tx: Queryable,
  brandId: string,
  experimentId: string,
  dealt: readonly Pick<StoredAssignment, 'playerId' | 'arm'>[],
): Promise<void> {
  if (dealt.length === 0) return;
  await tx.query(
    `with running as (
       select from experiments
       where brand_id = $1 and experiment_id = $2 and starts_at <= now() and (ends_at is null or ends_at > now()) for share
     )
     insert into experiment_assignments (player_id, experiment_id, brand_id, arm)
     select player_id, $2::uuid, $1::uuid, arm from unnest($3::uuid[], $4::int[]) as t (player_id, arm)
     where exists (select from running) order by player_id
     on conflict (player_id, experiment_id) do nothing`,
    [brandId, experimentId, uuids(dealt.map(({ playerId }) => playerId)), int4s(dealt.map(({ arm }) => arm))],
  );
}

/** A code that a player was given, by its batch. */
export interface HandedOut {
  readonly playerId: string;
  readonly batchId: string;
  /** ISO 8601 */
  readonly at: string;
}

/**
 * Records which arms players are in of experiments that are dealt by who hands out codes: that of the first batch.
 * @param handedOut in the order it happened.
 */
export async function recordHandedOut(
  tx: Queryable,
  brandId: string,
  handedOut: readonly HandedOut[],
): Promise<void> {
  if (handedOut.length === 0) return;
  await tx.query(
    `insert into experiment_assignments (player_id, experiment_id, brand_id, arm, assigned_at)
     select distinct on (given.player_id, e.experiment_id) given.player_id, e.experiment_id, e.brand_id, arms.place - 1,
       given.at
     from experiments e
     cross join lateral jsonb_array_elements(e.definition -> 'arms') with ordinality arms (arm, place)
     join unnest($2::uuid[], $3::text[], $4::text[]::timestamptz[]) with ordinality given (player_id, batch_id, at, nth)
       on given.batch_id = arms.arm #>> '{treatment,batchId}'
     where e.brand_id = $1 and e.definition ->> 'dealtBy' = 'distribution' and given.at >= e.starts_at
       and (e.ends_at is null or given.at < e.ends_at)
     order by given.player_id, e.experiment_id, given.nth
     on conflict (player_id, experiment_id) do nothing`,
    [
      brandId,
      uuids(handedOut.map(({ playerId }) => playerId)),
      texts(handedOut.map(({ batchId }) => batchId)),
      texts(handedOut.map(({ at }) => at)),
    ],
  );
}
