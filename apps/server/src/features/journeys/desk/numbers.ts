import type { JourneyNumbers } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

/**
 * What a list shows beside journeys, in the order asked for; without those that are not the brand's. Read from what is
 * counted of each version and from what is on its way there: enrolments themselves are not looked at.
 */
export async function readNumbers(
  db: Queryable,
  brandId: string,
  journeyIds: readonly string[],
): Promise<JourneyNumbers[]> {
  const { rows } = await db.query<JourneyNumbers>(
    `with coming as materialized (
       select journey_id, connector, sum(visits) as visits,
         coalesce(sum(visits) filter (where at > now() - interval '7 days'), 0) as lately
       from journey_tallies where journey_id = any($2::uuid[]) and node_id = '' group by journey_id, connector
     )
     select j.journey_id as "journeyId", sums.entered, sums.entered - sums.ended as inside,
       (week.entered + sums.lately)::bigint as "enteredLately",
       case when sums.converted > 0 or exists (
         select from journey_versions v
         where v.brand_id = j.brand_id and v.journey_id = j.journey_id and v.version = j.version
           and json_typeof(v.definition #> '{settings,goal}') = 'object'
       ) then sums.converted end as converted
     from unnest($2::uuid[]) with ordinality as asked (journey_id, place)
     join journeys j on j.brand_id = $1 and j.journey_id = asked.journey_id
     cross join lateral (
       select coalesce(sum(visits) filter (where connector = 'entered'), 0)::bigint as entered,
         coalesce(sum(lately) filter (where connector = 'entered'), 0) as lately,
         coalesce(sum(visits) filter (where connector in ('completed', 'exited', 'failed')), 0)::bigint as ended,
         coalesce(sum(visits) filter (where connector = 'converted'), 0)::bigint as converted
       from (
         select c.connector, c.visits, 0 as lately
         from generate_series(1, j.version) published (version)
         join journey_counts c on c.journey_id = j.journey_id and c.version = published.version and c.node_id = ''
         union all
         select connector, visits, lately from coming where coming.journey_id = j.journey_id
       ) counted
     ) sums
     cross join lateral (
       select coalesce(sum(h.entered), 0) as entered from journey_entry_hours h
       where h.journey_id = j.journey_id and h.began_at > now() - interval '7 days'
     ) week
     order by asked.place`,
    [brandId, journeyIds],
  );
  return rows;
}
