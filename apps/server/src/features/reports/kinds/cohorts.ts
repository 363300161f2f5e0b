import type { CohortBy } from '@promosmith/contract';
import type { Column, CountedKind } from './kind.ts';

const COLUMNS: readonly Column[] = [
  {
    name: 'of',
    unit: 'text',
    definition:
      'What players are together by: registration, or first_activation: the first code they had taken, of the campaign if one is asked for',
  },
  { name: 'start', unit: 'day', definition: 'First day of the cohort’s own week or month' },
  { name: 'period', unit: 'count', definition: 'Whole weeks or months since then; 0 is its own' },
  { name: 'is_over', unit: 'text', definition: 'yes, or no: the numbers of this week or month still grow' },
  {
    name: 'currency',
    unit: 'text',
    definition: 'Of the money beside it; empty in the row of players',
  },
  { name: 'size', unit: 'count', definition: 'Players in the cohort' },
  { name: 'active', unit: 'count', definition: 'Those of them who bet' },
  { name: 'depositors', unit: 'count', definition: 'Those of them who deposited' },
  { name: 'deposited', unit: 'minor_units', definition: 'Their deposits that stand' },
  { name: 'ngr', unit: 'minor_units', definition: 'Their stakes less what they won and what bonuses cost' },
  { name: 'counted_at', unit: 'instant', definition: 'When all of this was counted' },
];

const DIGITS = 4;

const cohortsBy = (
  by: CohortBy,
  about: Pick<CountedKind, 'kind' | 'title' | 'description'>,
): CountedKind => ({
  ...about,
  permission: 'analytics:read',
  filters: ['campaignId'],
  columns: COLUMNS,
  async rows({ cohorts }, { brandId, fromDay, toDay, campaignId }) {
    const rows = await cohorts(brandId, by, campaignId);
    return rows
      .filter(({ start }) => start >= fromDay && start <= toDay)
      .map(({ isOver, countedAt, ...row }) => ({
        key: `${row.start} ${row.of} ${String(row.period).padStart(DIGITS, '0')} ${row.currency}`,
        cells: { ...row, is_over: isOver ? 'yes' : 'no', counted_at: countedAt },
      }));
  },
});

export const cohortsByWeek = cohortsBy('week', {
  kind: 'cohorts_by_week',
  title: 'Cohorts by week',
  description:
    'Who came back, and what they brought, in each week since players began: cohorts whose first day is in the period, of the last 26 weeks.',
});

export const cohortsByMonth = cohortsBy('month', {
  kind: 'cohorts_by_month',
  title: 'Cohorts by month',
  description:
    'Who came back, and what they brought, in each month since players began: cohorts whose first day is in the period, of the last 24 months.',
});
