import type { SqlColumn, StoredKind } from './kind.ts';

/** Past what can be told exactly there is none. */
const exact = (sum: string): string => `case when abs(${sum}) <= 9007199254740991 then (${sum})::bigint end`;

const count = (name: string, definition: string, measure: string): SqlColumn => ({
  ...{ name, unit: 'count', definition },
  sql: `coalesce(sum(n.count) filter (where n.measure = '${measure}'), 0)::bigint`,
});
const money = (name: string, definition: string, measures: readonly string[]): SqlColumn => ({
  ...{ name, unit: 'minor_units', definition },
  sql: exact(`coalesce(sum(n.amount) filter (where n.measure in ('${measures.join("', '")}')), 0)`),
});

export const campaigns: StoredKind = {
  kind: 'campaigns',
  permission: 'analytics:read',
  title: 'Campaigns in numbers',
  description:
    'What happened of each campaign in the period: a row for each currency, and one without for what is no money.',
  filters: ['campaignId'],
  key: [
    { sql: 'c.campaign_id', type: 'uuid' },
    { sql: 'n.currency', type: 'text' },
  ],
  columns: [
    { name: 'campaign_id', unit: 'id', definition: 'Of the campaign', sql: 'c.campaign_id' },
    { name: 'campaign', unit: 'text', definition: 'Its name today', sql: 'c.name' },
    { name: 'status', unit: 'text', definition: 'As it is now', sql: 'c.status' },
    {
      name: 'currency',
      unit: 'text',
      definition: 'Of the money beside it; empty in the row of tries',
      sql: 'n.currency',
    },
    count('accepted', 'Codes taken, also those that wait for a deposit', 'accepted'),
    count('refused', 'Codes that were refused', 'refused'),
    count('lapsed', 'Activations whose deposit did not come', 'lapsed'),
    count('reversed', 'Activations taken back', 'reversed'),
    count('grants', 'Bonuses granted', 'granted'),
    money('granted', 'Face value of all bonuses, those that cashback and free spins are paid as included', [
      'granted',
      'paid_out',
    ]),
    count('conversions', 'Bonuses of which something became real money', 'converted'),
    money('converted', 'Bonus money that became real', ['converted']),
    money('cash', 'Cashback and winnings of free spins paid as cash', ['cash']),
    money('cost', 'What bonuses cost: converted and cash', ['converted', 'cash']),
    count('deposits', 'Deposits that count for an activation', 'deposited'),
    money('deposited', 'Their sum', ['deposited']),
  ],
  source: (scope, param) => `from rollup_days n join campaigns c on c.campaign_id = n.campaign_id
    where n.brand_id = ${param(scope.brandId, 'uuid')}
      and n.day >= ${param(scope.fromDay, 'date')} and n.day <= ${param(scope.toDay, 'date')}
      ${scope.campaignId === null ? '' : `and n.campaign_id = ${param(scope.campaignId, 'uuid')}`}`,
  groupBy: 'c.campaign_id, c.name, c.status, n.currency',
};
