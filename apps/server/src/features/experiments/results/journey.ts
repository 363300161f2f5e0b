import type { JourneyUplift } from '@promosmith/contract';
import type { CountReport } from '../../cohorts/index.ts';
import { countGroups, type GroupCounts, NO_COUNTS } from './groups.ts';
import { comparedWith, numbersOf, ratioOf } from './uplift.ts';

/** Days that count for each player. */
export type JourneyWindow = '7' | '30' | '90';
const WINDOWS: readonly JourneyWindow[] = ['7', '30', '90'];

/** A journey's players and its control group, by how many days count. */
export interface JourneyBody {
  readonly currency: string;
  /** Of the control group, basis points; null when versions had different ones, or none had one. */
  readonly controlBps: number | null;
  readonly groups: Readonly<Record<JourneyWindow, readonly [walked: GroupCounts, control: GroupCounts]>>;
}

/** By the first entry into a version with a control group: walked (0), or kept out (1). */
const ENTERED = `select distinct on (e.player_id) e.player_id, (e.status = 'control')::int as grp, e.entered_at as at
  from journey_enrolments e
  join journey_versions v on v.brand_id = $1 and v.journey_id = e.journey_id and v.version = e.version
  where e.brand_id = $1 and e.journey_id = $2 and not e.is_test
    and (v.definition #>> '{settings,controlBps}')::int > 0
  order by e.player_id, e.entered_at, e.enrolment_id`;

/** Intervals are narrowest about there: n₁n₂ ÷ (n₁ + n₂) players, as 10,000 with a control group of a tenth come to nearly. */
const EXPECTED_INFORMATION = 1_000;

export const countJourney: CountReport<JourneyBody> = async (tx, brandId, journeyId) => {
  const { rows } = await tx.query<{ currency: string; controls: (number | null)[] }>(
    `select b.currency, array(
       select distinct (v.definition #>> '{settings,controlBps}')::int from journey_versions v
       where v.brand_id = $1 and v.journey_id = $2 and (v.definition #>> '{settings,controlBps}')::int > 0
     ) as controls
     from journeys j join brands b on b.brand_id = j.brand_id where j.brand_id = $1 and j.journey_id = $2`,
    [brandId, journeyId],
  );
  const [journey] = rows;
  if (!journey) return undefined;
  const { currency, controls } = journey;
  const counted = async (window: JourneyWindow) => {
    const groups = await countGroups(tx, {
      ...{ brandId, subjectId: journeyId, members: ENTERED, metric: 'ngr', currency },
      windowDays: Number(window),
    });
    return [window, [groups.get(0) ?? NO_COUNTS, groups.get(1) ?? NO_COUNTS]] as const;
  };
  const groups = [];
  for (const window of WINDOWS) groups.push(await counted(window));
  return {
    currency,
    controlBps: controls.length === 1 ? (controls[0] ?? null) : null,
    groups: Object.fromEntries(groups) as JourneyBody['groups'],
  };
};

/** What walking a journey changed, as the API shows it. */
export function journeyUpliftOf(
  journeyId: string,
  { currency, controlBps, groups }: JourneyBody,
  window: JourneyWindow,
): Omit<JourneyUplift, 'countedAt'> {
  const [walked, control] = groups[window];
  return {
    ...{ journeyId, currency, windowDays: Number(window) },
    walked: numbersOf(walked),
    control: numbersOf(control),
    uplift: comparedWith(control, walked, { method: 'sequential', tunedFor: EXPECTED_INFORMATION }),
    sampleRatio:
      controlBps === null
        ? null
        : ratioOf([
            { weight: 10_000 - controlBps, players: walked.players },
            { weight: controlBps, players: control.players },
          ]),
  };
}
