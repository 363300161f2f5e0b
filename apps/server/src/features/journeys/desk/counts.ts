import type { JourneyReport, NodeCounts } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { comparison } from './comparison.ts';

interface Count {
  nodeId: string;
  connector: string;
  visits: number;
}

/** What was counted of a journey, and what is on its way to the counts. @param version null: all. */
async function countsOf(db: Queryable, journeyId: string, version: number | null): Promise<Count[]> {
  const { rows } = await db.query<Count>(
    `select node_id as "nodeId", connector, sum(visits)::bigint as visits from (
       select node_id, connector, version, visits from journey_counts where journey_id = $1
       union all
       select node_id, connector, version, visits from journey_tallies where journey_id = $1) counted
     where $2::int is null or version = $2
     group by node_id, connector`,
    [journeyId, version],
  );
  return rows;
}

const BEGUN = '';
const ENDED = '!';

/** How many visits the nodes of a version have had. @param nodeIds all of them, in order. */
export async function nodeCounts(
  db: Queryable,
  journeyId: string,
  version: number,
  nodeIds: readonly string[],
): Promise<NodeCounts[]> {
  const byNode = Map.groupBy(await countsOf(db, journeyId, version), ({ nodeId }) => nodeId);
  return nodeIds.map((nodeId) => {
    const counts = byNode.get(nodeId) ?? [];
    const of = (connector: string) => counts.find((count) => count.connector === connector)?.visits ?? 0;
    const left = counts.filter(({ connector }) => connector !== BEGUN && connector !== ENDED);
    const gone = left.reduce((sum, { visits }) => sum + visits, of(ENDED));
    return {
      nodeId,
      visits: of(BEGUN),
      waiting: of(BEGUN) - gone,
      left: Object.fromEntries(left.map(({ connector, visits }) => [connector, visits])),
      ended: of(ENDED),
    };
  });
}

/** Enrolments are counted at no node. */
const NO_NODE = '';

/** How the players who walked compare with those of the control group. @param version null: all. */
export async function reportOf(
  db: Queryable,
  journeyId: string,
  version: number | null,
): Promise<JourneyReport> {
  const counts = (await countsOf(db, journeyId, version)).filter(({ nodeId }) => nodeId === NO_NODE);
  const of = (what: string): number => counts.find(({ connector }) => connector === what)?.visits ?? 0;
  const [completed, exited, failed] = [of('completed'), of('exited'), of('failed')];
  return {
    journeyId,
    version,
    inside: of('entered') - completed - exited - failed,
    completed,
    exited,
    failed,
    ...comparison(
      { entered: of('entered'), converted: of('converted') },
      { entered: of('control'), converted: of('control_converted') },
    ),
  };
}
