import type { StoredKind } from './kind.ts';

export const playerDays: StoredKind = {
  kind: 'player_days',
  permission: 'players:read',
  title: 'Days of players',
  description: 'What each player did on a day, by currency: what cohorts and experiments are reckoned from.',
  filters: ['player'],
  key: [
    { sql: 'd.day', type: 'date' },
    { sql: 'd.player_id', type: 'uuid' },
    { sql: 'd.currency', type: 'text' },
  ],
  columns: [
    { name: 'day', unit: 'day', definition: 'By the brand’s clock', sql: 'd.day' },
    { name: 'player', unit: 'text', definition: 'The platform’s id of the player', sql: 'p.external_id' },
    { name: 'currency', unit: 'text', definition: 'Of all the money beside it', sql: 'd.currency' },
    { name: 'bets', unit: 'count', definition: 'Bets that stand', sql: 'd.bets' },
    { name: 'staked', unit: 'minor_units', definition: 'Their stakes', sql: 'd.staked' },
    {
      ...{ name: 'bonus_staked', unit: 'minor_units', sql: 'd.bonus_staked' },
      definition: 'The part of the stakes that was bonus money',
    },
    { name: 'won', unit: 'minor_units', definition: 'What they won', sql: 'd.won' },
    { name: 'deposits', unit: 'count', definition: 'Deposits that stand', sql: 'd.deposits' },
    { name: 'deposited', unit: 'minor_units', definition: 'Their sum', sql: 'd.deposited' },
    { name: 'withdrawn', unit: 'minor_units', definition: 'Withdrawals that were paid', sql: 'd.withdrawn' },
    {
      ...{ name: 'bonus_cost', unit: 'minor_units', sql: 'd.bonus_cost' },
      definition: 'Bonus money that became real, and what was paid as cash',
    },
  ],
  source: (scope, param) => `from player_days d join players p on p.player_id = d.player_id
    where d.brand_id = ${param(scope.brandId, 'uuid')}
      and d.day >= ${param(scope.fromDay, 'date')} and d.day <= ${param(scope.toDay, 'date')}
      ${scope.playerId === null ? '' : `and d.player_id = ${param(scope.playerId, 'uuid')}`}`,
};
