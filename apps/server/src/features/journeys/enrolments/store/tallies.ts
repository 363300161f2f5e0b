import { int4s, int8s, rowsOf, texts, uuids } from '../../../../platform/arrays.ts';
import type { Queryable } from '../../../../platform/db.ts';
import { newId } from '../../../../platform/ids.ts';

/** What a version, or one of its nodes, is counted by. */
export interface Counted {
  readonly journeyId: string;
  readonly version: number;
  /** Empty: of the version. */
  readonly nodeId: string;
  readonly connector: string;
}

/** A visit's beginning, among a node's connectors. */
export const BEGUN = '';
/** A visit's end without a connector. */
export const ENDED = '!';

/** Of a version: its enrolments. */
export type EnrolmentCount =
  | 'entered'
  | 'control'
  | 'converted'
  | 'control_converted'
  | 'completed'
  | 'exited'
  | 'failed';

const keyOf = ({ journeyId, version, nodeId, connector }: Counted): string =>
  `${journeyId} ${version} ${nodeId} ${connector}`;

/** Appends what a transaction counted, a row for each count that changed: nobody waits for anybody's. */
export async function insertTallies(tx: Queryable, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return;
  const tallies = [...Map.groupBy(counted, keyOf).values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, visits: more.length + 1 }] : [],
  );
  await tx.query(
    `insert into journey_tallies (tally_id, journey_id, version, node_id, connector, visits)
     ${rowsOf({
       tally_id: 'uuid',
       journey_id: 'uuid',
       version: 'int4',
       node_id: 'text',
       connector: 'text',
       visits: 'int8',
     })}`,
    [
      uuids(tallies.map(() => newId())),
      uuids(tallies.map(({ journeyId }) => journeyId)),
      int4s(tallies.map(({ version }) => version)),
      texts(tallies.map(({ nodeId }) => nodeId)),
      texts(tallies.map(({ connector }) => connector)),
      int8s(tallies.map(({ visits }) => visits)),
    ],
  );
}

const HOUR_SECONDS = 3_600;
const HOURS_OF_WEEK = 168;

/** Folds tallies into counts, and entries into their hours, in the order of their keys. @returns how many. */
export async function foldTallies(db: Queryable, atMost: number): Promise<number> {
  const { rows } = await db.query<{ folded: number }>(
    `with folded as (
       delete from journey_tallies where tally_id in (
         select tally_id from journey_tallies order by tally_id limit $1 for update skip locked)
       returning journey_id, version, node_id, connector, visits, at
     ), counted as (
       insert into journey_counts as c (journey_id, version, node_id, connector, visits)
       select journey_id, version, node_id, connector, sum(visits) from folded
       group by journey_id, version, node_id, connector order by journey_id, version, node_id, connector
       on conflict (journey_id, version, node_id, connector) do update set visits = c.visits + excluded.visits
     ), hours as (
       select journey_id, date_trunc('hour', at, 'UTC') as began_at, sum(visits) as entered from folded
       where node_id = '' and connector = 'entered' group by 1, 2
     ), entered as (
       insert into journey_entry_hours as h (journey_id, hour_of_week, began_at, entered)
       select distinct on (1, 2) journey_id,
         extract(epoch from began_at)::bigint / ${HOUR_SECONDS} % ${HOURS_OF_WEEK}, began_at, entered
       from hours order by 1, 2, 3 desc
       on conflict (journey_id, hour_of_week) do update set began_at = excluded.began_at,
         entered = case h.began_at when excluded.began_at then h.entered else 0 end + excluded.entered
       where h.began_at <= excluded.began_at
     )
     select count(*)::int as folded from folded`,
    [atMost],
  );
  return rows[0]?.folded ?? 0;
}
