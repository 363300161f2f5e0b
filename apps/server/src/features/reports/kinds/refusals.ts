import type { StoredKind } from './kind.ts';

/** Stands for no campaign where rows are put in order. */
const NONE = '00000000-0000-0000-0000-000000000000';

export const refusals: StoredKind = {
  kind: 'refusals',
  permission: 'analytics:read',
  title: 'Refusals',
  description: 'How often codes were refused, by day, campaign and reason.',
  filters: ['campaignId'],
  key: [
    { sql: 'r.day', type: 'date' },
    { sql: `coalesce(r.campaign_id, '${NONE}')`, type: 'uuid' },
    { sql: 'r.detail', type: 'text' },
  ],
  columns: [
    { name: 'day', unit: 'day', definition: 'By the brand’s clock', sql: 'r.day' },
    {
      name: 'campaign_id',
      unit: 'id',
      definition: 'Of the campaign; empty for unknown codes',
      sql: 'r.campaign_id',
    },
    { name: 'campaign', unit: 'text', definition: 'Its name today', sql: 'c.name' },
    { name: 'refusal_key', unit: 'text', definition: 'The first check that failed', sql: 'r.detail' },
    { name: 'refused', unit: 'count', definition: 'Tries that were refused', sql: 'r.count' },
  ],
  source: (scope, param) => `from rollup_days r left join campaigns c on c.campaign_id = r.campaign_id
    where r.brand_id = ${param(scope.brandId, 'uuid')} and r.measure = 'refused' and r.count <> 0
      and r.day >= ${param(scope.fromDay, 'date')} and r.day <= ${param(scope.toDay, 'date')}
      ${scope.campaignId === null ? '' : `and r.campaign_id = ${param(scope.campaignId, 'uuid')}`}`,
};
