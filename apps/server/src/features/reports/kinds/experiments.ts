import type { ExperimentResults, UpliftNumbers } from '@promosmith/contract';
import type { Column, CountedKind, CountedRow } from './kind.ts';

const LATE = 'empty while it is too early to tell';

/** Ids are ordered downwards, arms as the experiment has them. */
const MOST_ARMS = 99;

type Total = UpliftNumbers['total'];

const upliftOf = (name: string, unit: 'count' | 'minor_units', definition: string): Column[] => [
  { name, unit, definition },
  { name: `${name}_low`, unit, definition: 'At least, with a confidence of 95 %' },
  { name: `${name}_high`, unit, definition: 'At most, with a confidence of 95 %' },
];

const COUNTS_PLAYERS: readonly ExperimentResults['metric'][] = ['depositors', 'active'];

/** To a whole minor unit or player. */
function changedBy(metric: ExperimentResults['metric'], total: Total | undefined): CountedRow['cells'] {
  if (!total) return {};
  const name = COUNTS_PLAYERS.includes(metric) ? 'uplift_players' : 'uplift';
  const { estimate, low, high } = total;
  return {
    [name]: Math.round(estimate),
    [`${name}_low`]: Math.round(low),
    [`${name}_high`]: Math.round(high),
  };
}

export const experiments: CountedKind = {
  kind: 'experiments',
  permission: 'analytics:read',
  title: 'Experiments',
  description:
    'What came of each arm of experiments that ran in the period, as it stands now, against the arm they are compared with.',
  filters: [],
  columns: [
    { name: 'experiment_id', unit: 'id', definition: 'Of the experiment' },
    { name: 'experiment', unit: 'text', definition: 'Its name' },
    { name: 'status', unit: 'text', definition: 'scheduled, running or ended' },
    { name: 'starts_at', unit: 'instant', definition: 'When it began' },
    {
      name: 'ends_at',
      unit: 'instant',
      definition: 'Nobody is assigned from then on; empty until it is ended',
    },
    {
      name: 'metric',
      unit: 'text',
      definition: 'What it is decided by: ngr, ggr, deposited, depositors or active',
    },
    { name: 'currency', unit: 'text', definition: 'Of all the money beside it' },
    { name: 'window_days', unit: 'count', definition: 'Days that count for each player' },
    { name: 'arm', unit: 'text', definition: 'Key of the arm' },
    { name: 'arm_name', unit: 'text', definition: 'Name of the arm' },
    { name: 'is_baseline', unit: 'text', definition: 'yes of the arm that others are compared with, or no' },
    { name: 'weight_bp', unit: 'count', definition: 'Share of the players it is to get, of 10,000' },
    { name: 'players', unit: 'count', definition: 'Assigned so far' },
    {
      name: 'matured',
      unit: 'count',
      definition: 'Those of them whose days are over: what follows is of them',
    },
    { name: 'crossed', unit: 'count', definition: 'Players of other arms who took a code of this one' },
    { name: 'activations', unit: 'count', definition: 'Codes they had taken' },
    { name: 'active', unit: 'count', definition: `Players who bet; ${LATE}` },
    { name: 'depositors', unit: 'count', definition: `Players who deposited; ${LATE}` },
    { name: 'deposited', unit: 'minor_units', definition: `Deposits that stand; ${LATE}` },
    { name: 'ggr', unit: 'minor_units', definition: `Stakes less winnings; ${LATE}` },
    { name: 'cost', unit: 'minor_units', definition: `What bonuses cost; ${LATE}` },
    { name: 'ngr', unit: 'minor_units', definition: `Gross revenue less what bonuses cost; ${LATE}` },
    ...upliftOf('uplift', 'minor_units', `What the arm changed for all its players together; ${LATE}`),
    ...upliftOf(
      'uplift_players',
      'count',
      `How many players more came to the metric by the arm, where it counts players; ${LATE}`,
    ),
    {
      name: 'verdict',
      unit: 'text',
      definition: 'more, less, no_difference, not_enough_players or too_early; empty of the baseline',
    },
    { name: 'counted_at', unit: 'instant', definition: 'When all of this was counted' },
  ],
  async rows(sources, { brandId, from, until }) {
    const told = await sources.experiments(brandId, from, until);
    return told.flatMap(({ experiment, results, countedAt }) =>
      results.arms.map(({ uplift, key, name, weightBps, ngrPerPlayer: _, ...numbers }, n) => ({
        key: `${experiment.id} ${MOST_ARMS - n}`,
        cells: {
          ...numbers,
          ...{ experiment_id: experiment.id, experiment: experiment.name, status: experiment.status },
          starts_at: new Date(experiment.startsAt),
          ends_at: experiment.endsAt === null ? null : new Date(experiment.endsAt),
          ...{ metric: results.metric, currency: results.currency, window_days: results.windowDays },
          ...{ arm: key, arm_name: name, weight_bp: weightBps },
          is_baseline: key === results.baseline ? 'yes' : 'no',
          ...changedBy(results.metric, uplift?.total),
          verdict: uplift?.verdict ?? null,
          counted_at: countedAt,
        },
      })),
    );
  },
};
