import type { Queryable } from '../../../platform/db.ts';

export type RunKind = 'schedule' | 'segment';

/** The look over the players of a journey's brand that is under way, or comes next. */
export interface Run {
  readonly journeyId: string;
  readonly brandId: string;
  readonly kind: RunKind;
  /** What it is for. */
  readonly trigger: string;
  readonly settled: boolean;
  readonly nextAt: Date;
  readonly forTime: Date | null;
  /** As PostgreSQL writes it: to the microsecond. */
  readonly afterAt: string | null;
  readonly afterId: string | null;
  readonly looked: number;
  readonly entered: number;
  /** Whether its journey is. */
  readonly paused: boolean;
  /** Of the database. */
  readonly now: Date;
}

/** What a run is made for. */
export interface Plan {
  readonly journeyId: string;
  readonly brandId: string;
  readonly kind: RunKind;
  readonly trigger: string;
  /** Of the journey, that the trigger is of. */
  readonly version: number;
}

/** Of journeys with runs: what those are for. */
export async function findPlanned(
  db: Queryable,
  journeyIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ journeyId: string; trigger: string }>(
    `select journey_id as "journeyId", trigger from journey_runs where journey_id = any($1::uuid[])`,
    [journeyIds],
  );
  return new Map(rows.map(({ journeyId, trigger }) => [journeyId, trigger]));
}

/** Brands in which players may enter. */
export async function findLiveBrands(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ brandId: string }>(
    `select distinct brand_id as "brandId" from journeys where status in ('active', 'paused')`,
  );
  return rows.map(({ brandId }) => brandId);
}

/** When a journey was activated or published last, in milliseconds since 1970. */
export async function findChangedAt(db: Queryable, { brandId, journeyId }: Plan): Promise<number> {
  const { rows } = await db.query<{ changedAt: Date }>(
    `select updated_at as "changedAt" from journeys where brand_id = $1 and journey_id = $2`,
    [brandId, journeyId],
  );
  return rows[0]?.changedAt.getTime() ?? 0;
}

/** Begins a run, or begins it anew for the trigger of a later version. Another process may have done so. */
export async function planRun(
  db: Queryable,
  { journeyId, brandId, kind, trigger, version }: Plan,
  beganAt: Date,
  nextAt: Date | null,
): Promise<void> {
  await db.query(
    `insert into journey_runs as r (journey_id, brand_id, kind, trigger, version, began_at, next_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (journey_id) do update set kind = excluded.kind, trigger = excluded.trigger,
       version = excluded.version, settled = false, began_at = excluded.began_at, next_at = excluded.next_at,
       for_time = null, after_at = null, after_id = null, looked = 0, entered = 0, last = null
     where r.trigger <> excluded.trigger and r.version < excluded.version`,
    [journeyId, brandId, kind, trigger, version, beganAt, nextAt],
  );
}

/** Removes the run of a journey whose later version looks at nobody. */
export async function dropRun(
  db: Queryable,
  { journeyId, version }: Pick<Plan, 'journeyId' | 'version'>,
): Promise<void> {
  await db.query('delete from journey_runs where journey_id = $1 and version < $2', [journeyId, version]);
}

/** Removes the runs of journeys that are archived. @returns whether there may be more of their members to forget. */
export async function forgetArchived(db: Queryable, atMost: number): Promise<boolean> {
  const { rows } = await db.query<{ journeyId: string }>(
    `select r.journey_id as "journeyId" from journey_runs r
     join journeys j on j.brand_id = r.brand_id and j.journey_id = r.journey_id where j.status = 'archived'`,
  );
  const archived = rows.map(({ journeyId }) => journeyId);
  if (archived.length === 0) return false;
  const { rowCount } = await db.query(
    `delete from journey_segment_members m
     using (select player_id, journey_id from journey_segment_members where journey_id = any($1::uuid[])
            limit $2 for update skip locked) gone
     where m.player_id = gone.player_id and m.journey_id = gone.journey_id`,
    [archived, atMost],
  );
  if (rowCount === atMost) return true;
  await db.query('delete from journey_runs where journey_id = any($1::uuid[])', [archived]);
  return false;
}

/** Runs with something to do. A schedule that is under way when its journey is paused waits; times in a pause pass. */
export async function findDueRuns(
  db: Queryable,
  aside: readonly string[],
  atMost: number,
): Promise<Pick<Run, 'journeyId' | 'brandId'>[]> {
  const { rows } = await db.query<Pick<Run, 'journeyId' | 'brandId'>>(
    `select r.journey_id as "journeyId", r.brand_id as "brandId" from journey_runs r
     join journeys j on j.brand_id = r.brand_id and j.journey_id = r.journey_id
     where r.next_at <= now() and r.journey_id <> all($1::uuid[])
       and (j.status = 'active' or (j.status = 'paused' and (r.kind = 'segment' or r.for_time is null)))
     order by r.next_at limit $2`,
    [aside, atMost],
  );
  return rows;
}

/** Takes the run of a journey, if it is due and no other process has it. */
export async function lockRun(tx: Queryable, journeyId: string): Promise<Run | undefined> {
  const { rows } = await tx.query<Run>(
    `select journey_id as "journeyId", brand_id as "brandId", kind, trigger, settled, next_at as "nextAt",
       for_time as "forTime", to_char(after_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "afterAt",
       after_id as "afterId", looked, entered, now(),
       exists (select from journeys j where j.brand_id = r.brand_id and j.journey_id = r.journey_id
               and j.status = 'paused') as paused
     from journey_runs r where journey_id = $1 and next_at <= now() for update skip locked`,
    [journeyId],
  );
  return rows[0];
}

/** Leaves a run after the players of a part. */
export async function saveRun(
  tx: Queryable,
  run: Pick<Run, 'journeyId' | 'forTime' | 'afterAt' | 'afterId' | 'looked' | 'entered'>,
): Promise<void> {
  await tx.query(
    `update journey_runs set for_time = $2, after_at = $3, after_id = $4, looked = $5, entered = $6
     where journey_id = $1`,
    [run.journeyId, run.forTime, run.afterAt, run.afterId, run.looked, run.entered],
  );
}

/** Ends the look under way. @param last what came of it; null when there was none. */
export async function endRun(
  tx: Queryable,
  journeyId: string,
  nextAt: Date | null,
  last: { forTime: Date; looked: number; entered: number } | null,
): Promise<void> {
  await tx.query(
    `update journey_runs set next_at = $2, for_time = null, after_at = null, after_id = null, looked = 0, entered = 0,
       settled = settled or $3::jsonb is not null, last = coalesce($3::jsonb, last)
     where journey_id = $1`,
    [journeyId, nextAt, last && JSON.stringify(last)],
  );
}

/** A player in the order that runs go by. */
export interface Looked {
  readonly playerId: string;
  readonly externalId: string;
  readonly createdAt: string;
}

/**
 * The next players of a brand, in the order they became known.
 * @param until whoever became known later is left out.
 */
export async function findPart(
  tx: Queryable,
  { brandId, afterAt, afterId }: Pick<Run, 'brandId' | 'afterAt' | 'afterId'>,
  until: Date,
  atMost: number,
): Promise<Looked[]> {
  // The index runs down by time and up by id: read backwards, and not to be cut with one row comparison.
  const { rows } = await tx.query<Looked>(
    `select player_id as "playerId", external_id as "externalId",
       to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt"
     from players where brand_id = $1 and created_at <= $2
       and created_at >= coalesce($3::timestamptz, '-infinity')
       and ($3::timestamptz is null or created_at > $3 or player_id < $4)
     order by created_at, player_id desc limit $5`,
    [brandId, until, afterAt, afterId, atMost],
  );
  return rows;
}

/** @returns whether a player is a member of a journey's segment. */
export async function findMembers(
  tx: Queryable,
  journeyIds: readonly string[],
  playerIds: readonly string[],
): Promise<(journeyId: string, playerId: string) => boolean> {
  const { rows } = await tx.query<{ playerId: string; journeyId: string }>(
    `select player_id as "playerId", journey_id as "journeyId" from journey_segment_members
     where player_id = any($1::uuid[]) and journey_id = any($2::uuid[])`,
    [playerIds, journeyIds],
  );
  const members = new Set(rows.map(({ playerId, journeyId }) => `${journeyId} ${playerId}`));
  return (journeyId, playerId) => members.has(`${journeyId} ${playerId}`);
}

/** @returns those who were no members. */
export async function addMembers(
  tx: Queryable,
  journeyId: string,
  playerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ playerId: string }>(
    `insert into journey_segment_members (player_id, journey_id)
     select player_id, $2 from unnest($1::uuid[]) as given (player_id) order by player_id
     on conflict do nothing returning player_id as "playerId"`,
    [playerIds, journeyId],
  );
  return new Set(rows.map(({ playerId }) => playerId));
}

export async function removeMembers(
  tx: Queryable,
  journeyId: string,
  playerIds: readonly string[],
): Promise<void> {
  await tx.query(
    'delete from journey_segment_members where player_id = any($1::uuid[]) and journey_id = $2',
    [playerIds, journeyId],
  );
}

/**
 * Of players who came to be in a segment those who were not in it before its journey began: all who were looked at
 * since, or became known later. Before that nobody can tell.
 */
export async function findNewcomers(
  tx: Queryable,
  journeyId: string,
  playerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ playerId: string }>(
    `select p.player_id as "playerId" from journey_runs r, players p
     where r.journey_id = $1 and p.player_id = any($2::uuid[])
       and (r.settled or p.created_at >= r.began_at or p.created_at < r.after_at
            or (p.created_at = r.after_at and p.player_id >= r.after_id))`,
    [journeyId, playerIds],
  );
  return new Set(rows.map(({ playerId }) => playerId));
}
