import { texts, uuids } from '../../../../platform/arrays.ts';
import { Overtaken, type Queryable } from '../../../../platform/db.ts';

/** Somebody who may enter a journey. */
export interface Candidate {
  readonly playerId: string;
  readonly journeyId: string;
}

export interface History {
  readonly inside: boolean;
  readonly lastEnteredAt: Date;
}

export const pairKey = ({ playerId, journeyId }: Candidate): string => `${playerId} ${journeyId}`;

/** What is known of players who were in journeys before, by `pairKey`. Test runs are left out. */
export async function findHistory(
  db: Queryable,
  candidates: readonly Candidate[],
): Promise<Map<string, History>> {
  const players = uuids(candidates.map(({ playerId }) => playerId));
  const { rows } = await db.query<Candidate & History>(
    `select given.player_id as "playerId", given.journey_id as "journeyId", "lastEnteredAt", inside
     from (select unnest($1::uuid[]) as player_id, unnest($2::uuid[]) as journey_id) as given cross join lateral (
       select max(entered_at) as "lastEnteredAt", bool_or(status = 'active') as inside from journey_enrolments as e
       where e.player_id = given.player_id and e.journey_id = given.journey_id and not is_test having count(*) > 0
     ) as history`,
    [players, uuids(candidates.map(({ journeyId }) => journeyId))],
  );
  return new Map(rows.map((row) => [pairKey(row), row]));
}

export interface Requested extends Candidate {
  readonly requestKey: string;
}

export const requestedKey = (requested: Requested): string => `${pairKey(requested)} ${requested.requestKey}`;

/** Enrolments that were asked for before, by `requestedKey`. */
export async function findRequested(
  db: Queryable,
  requested: readonly Requested[],
): Promise<Map<string, { enrolmentId: string; isControl: boolean }>> {
  if (requested.length === 0) return new Map();
  const { rows } = await db.query<Requested & { enrolmentId: string; isControl: boolean }>(
    `select player_id as "playerId", journey_id as "journeyId", request_key as "requestKey",
       enrolment_id as "enrolmentId", status = 'control' as "isControl"
     from journey_enrolments
     where player_id = any($1::uuid[]) and request_key is not null
       and (player_id, journey_id, request_key) in (select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]))`,
    [
      uuids(requested.map(({ playerId }) => playerId)),
      uuids(requested.map(({ journeyId }) => journeyId)),
      texts(requested.map(({ requestKey }) => requestKey)),
    ],
  );
  return new Map(rows.map((row) => [requestedKey(row), row]));
}

/**
 * Takes places of a journey with an entry cap: as many as are left. From its first count on nobody else counts until the
 * transaction ends. Who entered before the journey had a cap counts.
 * @param entering enrolments that are inserted already.
 * @returns how many of them may stay.
 */
export async function takePlaces(
  tx: Queryable,
  journeyId: string,
  entering: number,
  cap: number,
): Promise<number> {
  await tx.query(
    `insert into journey_entries (journey_id, entries)
     select $1, greatest(count(*) - $2, 0) from journey_enrolments
     where journey_id = $1 and not is_test and status <> 'control'
       and not exists (select 1 from journey_entries where journey_id = $1)
     having not exists (select 1 from journey_entries where journey_id = $1)
     on conflict do nothing`,
    [journeyId, entering],
  );
  const { rows } = await tx.query<{ entries: number }>(
    'select entries from journey_entries where journey_id = $1 for update',
    [journeyId],
  );
  const entries = rows[0]?.entries ?? 0;
  const staying = Math.max(0, Math.min(entering, cap - entries));
  const { rowCount } = await tx.query(
    'update journey_entries set entries = entries + $2 where journey_id = $1 and entries + $2 <= greatest($3, entries)',
    [journeyId, staying, cap],
  );
  if (rowCount !== 1) throw new Overtaken('the count of entries was changed meanwhile');
  return staying;
}

/** Lets go of a count that nobody keeps any more: it is made anew when the journey has a cap again. */
export async function forgetEntries(tx: Queryable, journeyId: string): Promise<void> {
  await tx.query('delete from journey_entries where journey_id = $1', [journeyId]);
}

/** How many entered journeys with a cap so far: without a lock, to refuse at once when nobody can enter any more. */
export async function findEntries(
  db: Queryable,
  journeyIds: readonly string[],
): Promise<Map<string, number>> {
  if (journeyIds.length === 0) return new Map();
  const { rows } = await db.query<{ journeyId: string; entries: number }>(
    'select journey_id as "journeyId", entries from journey_entries where journey_id = any($1::uuid[])',
    [uuids(journeyIds)],
  );
  return new Map(rows.map(({ journeyId, entries }) => [journeyId, entries]));
}
