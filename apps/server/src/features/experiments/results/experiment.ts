import type { Experiment, ExperimentResults } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import type { CountReport, Source } from '../../cohorts/index.ts';
import { findExperiment } from '../store.ts';
import { countGroups, type GroupCounts, NO_COUNTS } from './groups.ts';
import { comparedWith, isTooEarly, numbersOf, ratioOf } from './uplift.ts';

/** What came of an experiment, each arm in its place. */
export interface ExperimentBody {
  readonly isOver: boolean;
  readonly arms: readonly { readonly counts: GroupCounts; readonly crossed: number }[];
}

const ASSIGNED = `select player_id, arm::int as grp, assigned_at as at from experiment_assignments
  where brand_id = $1 and experiment_id = $2`;

/**
 * The experiment, and whether it is too early to tell arms apart: `isOver` below, in SQL. It is one row that is worked out
 * once, not for each player.
 */
const LOOKED_AT = `with looked_at as materialized (
    select e.brand_id, e.experiment_id, e.definition, e.definition ->> 'method' = 'fixed' and (
        e.ends_at is null or e.ends_at > now() or exists (
          select from experiment_assignments a
          where a.brand_id = e.brand_id and a.experiment_id = e.experiment_id
            and (a.assigned_at at time zone b.time_zone)::date + (e.definition ->> 'windowDays')::int
              > (now() at time zone b.time_zone)::date
        )) as is_early
    from experiments e join brands b on b.brand_id = e.brand_id
    where e.brand_id = $1 and e.experiment_id = $2
  )`;

/** Cohorts of an experiment: by the day of the assignment, each arm by itself; all together while arms are not told of. */
export const ARMS: Source = {
  members: `${LOOKED_AT}
    select a.player_id, case when e.is_early then 'all' else e.definition #>> array['arms', a.arm::text, 'key'] end as grp,
      a.assigned_at as at
    from experiment_assignments a join looked_at e on e.brand_id = a.brand_id and e.experiment_id = a.experiment_id
    where a.brand_id = $1 and a.experiment_id = $2`,
  groups: async (db, brandId, experimentId) => {
    const experiment = await findExperiment(db, brandId, experimentId);
    const { rows } = await db.query<{ isEarly: boolean }>(
      `${LOOKED_AT} select is_early as "isEarly" from looked_at`,
      [brandId, experimentId],
    );
    if (rows[0]?.isEarly) return [{ key: 'all', name: null }];
    return experiment?.arms.map(({ key, name }) => ({ key, name }));
  },
};

export const countExperiment: CountReport<ExperimentBody> = async (tx, brandId, experimentId) => {
  const experiment = await findExperiment(tx, brandId, experimentId);
  if (!experiment) return undefined;
  const { metric, currency, windowDays, arms, status } = experiment;
  const groups = await countGroups(tx, {
    ...{ brandId, subjectId: experimentId, members: ASSIGNED, metric, currency, windowDays },
  });
  const crossed = await countCrossed(tx, experiment);
  const counted = arms.map((_, arm) => ({
    counts: groups.get(arm) ?? NO_COUNTS,
    crossed: crossed.get(arm) ?? 0,
  }));
  const isOver = status === 'ended' && counted.every(({ counts }) => counts.matured === counts.players);
  return { isOver, arms: counted };
};

/** Players of other arms who took a code of an arm's campaign or batch, by the place of that arm. */
async function countCrossed(tx: Queryable, { id, arms }: Experiment): Promise<Map<number, number>> {
  const treatments = arms.map(({ treatment }, arm) => ({
    arm,
    campaign_id: treatment.kind === 'campaign' ? treatment.campaignId : null,
    batch_id: treatment.kind === 'batch' ? treatment.batchId : null,
  }));
  const { rows } = await tx.query<{ arm: number; players: number }>(
    `select t.arm, count(distinct e.player_id) as players
     from jsonb_to_recordset($2) as t (arm int, campaign_id uuid, batch_id uuid)
     join experiment_assignments e on e.experiment_id = $1 and e.arm <> t.arm
     cross join lateral (
       select from activations a
       where a.player_id = e.player_id and a.created_at >= e.assigned_at and a.outcome not in ('refused', 'in_review')
         and (a.campaign_id = t.campaign_id or exists (
           select from codes c where c.code_key = a.code_key and c.batch_id = t.batch_id
         ))
       limit 1
     ) a
     where coalesce(t.campaign_id, t.batch_id) is not null group by t.arm`,
    [id, JSON.stringify(treatments)],
  );
  return new Map(rows.map(({ arm, players }) => [arm, players]));
}

/** What came of an experiment, as the API shows it. */
export function resultsOf(
  experiment: Experiment,
  { isOver, arms: counted }: ExperimentBody,
): Omit<ExperimentResults, 'countedAt'> {
  const { id, metric, currency, method, windowDays, baseline, arms, expectedPlayers } = experiment;
  const countsOf = (place: number): GroupCounts => counted[place]?.counts ?? NO_COUNTS;
  const place = arms.findIndex(({ key }) => key === baseline);
  const shareOf = (n: number) => (arms[n]?.weightBps ?? 0) / 10_000;
  const isEarly = isTooEarly(method, isOver);
  return {
    ...{ experimentId: id, metric, currency, method, windowDays, isOver, baseline },
    arms: arms.map(({ key, name, weightBps }, n) => ({
      ...{ key, name, weightBps },
      ...numbersOf(countsOf(n), isEarly),
      crossed: counted[n]?.crossed ?? 0,
      uplift:
        n === place
          ? null
          : comparedWith(
              countsOf(place),
              countsOf(n),
              method === 'fixed'
                ? { method }
                : { method, tunedFor: tunedFor(expectedPlayers, shareOf(n), shareOf(place)) },
              isEarly,
            ),
    })),
    sampleRatio: ratioOf(
      arms.map(({ weightBps }, n) => ({ weight: weightBps, players: countsOf(n).players })),
    ),
  };
}

/** The information that two groups will have: n₁n₂ ÷ (n₁ + n₂). */
export const tunedFor = (players: number, treated: number, control: number): number =>
  (players * treated * control) / (treated + control);
