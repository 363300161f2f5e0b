import type { CaseKind, getCaseQueue, getRiskPrecision, RouteOutput } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';

const MOST_COUNTED = 1_000;

/** The queue in numbers, of at most so many cases: behind that it is long, whatever its length. */
export async function readQueue(
  db: Queryable,
  brandId: string,
  actorId: string,
): Promise<RouteOutput<typeof getCaseQueue>> {
  const { rows } = await db.query<{
    kind: CaseKind;
    waiting: number;
    highest: number;
    unassigned: number;
    mine: number;
    oldest: Date;
  }>(
    `select kind, count(*)::int as waiting, max(priority)::int as highest,
       count(*) filter (where assignee is null)::int as unassigned,
       count(*) filter (where assignee ->> 'id' = $2)::int as mine, min(opened_at) as oldest
     from (
       select kind, priority, assignee, opened_at from risk_cases where brand_id = $1 and state <> 'decided'
       order by priority desc, case_id limit ${MOST_COUNTED}
     ) queue group by kind order by highest desc, kind`,
    [brandId, actorId],
  );
  const { rows: decided } = await db.query<{ count: number }>(
    `select count(*)::int as count from (
       select from risk_cases where brand_id = $1 and state = 'decided' and decided_at > now() - interval '1 day'
       limit ${MOST_COUNTED}
     ) lately`,
    [brandId],
  );
  const total = (field: 'waiting' | 'unassigned' | 'mine') => rows.reduce((sum, row) => sum + row[field], 0);
  const oldest = rows.map((row) => row.oldest.getTime());
  return {
    waiting: total('waiting'),
    unassigned: total('unassigned'),
    mine: total('mine'),
    oldestAt: oldest.length === 0 ? null : new Date(Math.min(...oldest)).toISOString(),
    byKind: rows.map(({ kind, waiting, highest }) => ({ kind, waiting, highest })),
    decidedToday: decided[0]?.count ?? 0,
  };
}

const SHARE = 10_000;

/** Of each indicator that gave points to cases decided within the time. */
export async function readPrecision(
  db: Queryable,
  brandId: string,
  { from, to }: { from: string; to: string },
): Promise<RouteOutput<typeof getRiskPrecision>> {
  const { rows } = await db.query<{
    indicator: string | null;
    decided: number;
    upheld: number;
    overturned: number;
  }>(
    `with closed as (
       select case_id, decision <> 'release' as upheld, kind = 'review_requested' and decision = 'release' as overturned,
         case when jsonb_typeof(evidence -> 'findings') = 'array' then evidence -> 'findings' else '[]' end as findings
       from risk_cases
       where brand_id = $1 and state = 'decided' and decided_at >= $2 and decided_at < $3
     )
     select f.finding ->> 'indicator' as indicator, count(distinct case_id)::int as decided,
       count(distinct case_id) filter (where upheld)::int as upheld,
       count(distinct case_id) filter (where overturned)::int as overturned
     from closed, jsonb_array_elements(findings) as f (finding)
     where (f.finding ->> 'points')::numeric > 0 group by 1
     union all
     select null, count(*)::int, count(*) filter (where upheld)::int, count(*) filter (where overturned)::int from closed
     order by 2 desc, 1`,
    [brandId, from, to],
  );
  const all = rows.find(({ indicator }) => indicator === null);
  return {
    decided: all?.decided ?? 0,
    upheld: all?.upheld ?? 0,
    indicators: rows.flatMap(({ indicator, decided, upheld, overturned }) =>
      indicator === null
        ? []
        : [
            {
              indicator,
              decided,
              upheld,
              precisionBp: Math.round((upheld * SHARE) / decided),
              overturnedOnReview: overturned,
            },
          ],
    ),
  };
}
