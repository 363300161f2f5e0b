import type { Enrolment, EnrolmentEnd, JourneyEvent } from '@promosmith/core/journey';
import { uuids } from '../../../../platform/arrays.ts';
import type { Queryable } from '../../../../platform/db.ts';
import type { EnrolmentKey } from '../types.ts';

/** An enrolment as it is stored, with what the engine need not know. */
export interface Stored {
  readonly brandId: string;
  readonly journeyId: string;
  readonly version: number;
  readonly playerExternalId: string;
  readonly isTest: boolean;
  /** Inputs are kept for it. */
  readonly keeps: boolean;
  readonly enrolment: Enrolment;
}

interface Row {
  player_id: string;
  enrolment_id: string;
  brand_id: string;
  journey_id: string;
  version: number;
  player_external_id: string;
  is_test: boolean;
  keeps: boolean;
  status: Enrolment['status'];
  node_id: string;
  seq: number;
  entered_at: Date;
  visit_began: Date;
  waiting_for: Enrolment['waitingFor'];
  wake_at: Date | null;
  shown_at: Date | null;
  event: JourneyEvent | null;
  events: Enrolment['events'];
  goal_until: Date | null;
  converted_at: Date | null;
  ended: EnrolmentEnd | null;
}

const COLUMNS = `e.player_id, e.enrolment_id, e.brand_id, e.journey_id, e.version, e.player_external_id, e.is_test, e.keeps,
  e.status, e.node_id, e.seq, e.entered_at, e.visit_began, e.waiting_for, e.wake_at, e.shown_at, e.event, e.events,
  e.goal_until, e.converted_at, e.ended`;

const storedOf = (row: Row): Stored => ({
  brandId: row.brand_id,
  journeyId: row.journey_id,
  version: row.version,
  playerExternalId: row.player_external_id,
  isTest: row.is_test,
  keeps: row.keeps,
  enrolment: {
    id: row.enrolment_id,
    playerId: row.player_id,
    status: row.status,
    enteredAt: row.entered_at.getTime(),
    nodeId: row.node_id,
    seq: row.seq,
    visitBegan: row.visit_began.getTime(),
    waitingFor: row.waiting_for,
    wakeAt: row.wake_at?.getTime() ?? null,
    // Looked up by the versions they walk, so they are stored nowhere; the engine does not read them.
    waits: [],
    shownAt: row.shown_at?.getTime() ?? null,
    event: row.event,
    events: row.events,
    goalUntil: row.goal_until?.getTime() ?? null,
    convertedAt: row.converted_at?.getTime() ?? null,
    end: row.ended,
  },
});

/** What time has to move, or has inputs kept for it. */
const IS_DUE = 'e.wake_at <= now() or e.keeps';

/**
 * Locks enrolments in key order.
 * @param take `due`: only those that are due and that nobody else has locked.
 */
export async function lockStored(
  tx: Queryable,
  keys: readonly EnrolmentKey[],
  take: 'all' | 'due' = 'all',
): Promise<Stored[]> {
  if (keys.length === 0) return [];
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from (select unnest($1::uuid[]) as player_id, unnest($2::uuid[]) as enrolment_id) as given
       join journey_enrolments as e using (player_id, enrolment_id)
     where e.player_id = any($1::uuid[])${take === 'due' ? ` and (${IS_DUE})` : ''}
     order by e.player_id, e.enrolment_id for update of e${take === 'due' ? ' skip locked' : ''}`,
    [uuids(keys.map(({ playerId }) => playerId)), uuids(keys.map(({ enrolmentId }) => enrolmentId))],
  );
  return rows.map(storedOf);
}

export interface Due extends EnrolmentKey {
  readonly brandId: string;
}

/** Enrolments of journeys that run which are due, those that have waited longest first. @param aside ids to leave out */
export async function findDue(db: Queryable, atMost: number, aside: readonly string[]): Promise<Due[]> {
  const { rows } = await db.query<Due>(
    `select j.brand_id as "brandId", due.player_id as "playerId", due.enrolment_id as "enrolmentId"
     from journeys as j cross join lateral (
       (select e.player_id, e.enrolment_id, e.wake_at from journey_enrolments as e
        where e.journey_id = j.journey_id and e.wake_at <= now() and e.enrolment_id <> all($2::uuid[])
        order by e.wake_at limit $1)
       union
       (select e.player_id, e.enrolment_id, e.wake_at from journey_enrolments as e
        where e.journey_id = j.journey_id and e.keeps and e.enrolment_id <> all($2::uuid[]) limit $1)
     ) as due
     where j.status in ('active', 'draft') and j.version is not null
     order by due.wake_at nulls first limit $1`,
    [atMost, aside],
  );
  return rows;
}

/** Each has an index of its own: most players are in no test run, and have no goal. */
const INSIDE = `status = 'active' and not is_test`;
const TESTING = `status = 'active' and is_test`;

/** An enrolment that an event of its player may concern. */
export interface Open extends EnrolmentKey {
  readonly journeyId: string;
  readonly version: number;
  readonly isTest: boolean;
  readonly inside: boolean;
}

const OPEN = [INSIDE, TESTING, `status <> 'active' and goal_until is not null`].map(
  (which) => `select e.* from journey_enrolments as e
    where e.player_id = given.player_id and e.brand_id = $1 and ${which}`,
);
/** Player by player: a plan made while few were inside would else read the indexes of all who are. */
const FIND_OPEN = `select open.player_id as "playerId", enrolment_id as "enrolmentId", journey_id as "journeyId", version,
    is_test as "isTest", status = 'active' as inside
  from (select unnest($2::uuid[]) as player_id) as given cross join lateral (${OPEN.join(' union all ')}) as open
  order by 1, 2`;

/** Those of the players that are not over, or whose goal still counts. */
export async function findOpen(
  db: Queryable,
  brandId: string,
  playerIds: readonly string[],
): Promise<Open[]> {
  const { rows } = await db.query<Open>(FIND_OPEN, [brandId, uuids(playerIds)]);
  return rows;
}

/** Enrolments of players who are inside, test runs too. */
export async function findInside(db: Queryable, playerIds: readonly string[]): Promise<EnrolmentKey[]> {
  if (playerIds.length === 0) return [];
  // Never prepared, for the same reason.
  const { rows } = await db.query<EnrolmentKey>({
    text: [INSIDE, TESTING]
      .map(
        (which) =>
          `select player_id as "playerId", enrolment_id as "enrolmentId" from journey_enrolments
           where player_id = any($1::uuid[]) and ${which}`,
      )
      .join(' union all '),
    values: [uuids(playerIds)],
  });
  return rows;
}
