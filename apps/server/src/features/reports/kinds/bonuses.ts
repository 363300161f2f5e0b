import { spanEnd, spanStart } from '../../../platform/time-span.ts';
import type { StoredKind } from './kind.ts';

export const bonuses: StoredKind = {
  kind: 'bonuses',
  permission: 'bonuses:read',
  title: 'Bonuses',
  description: 'Every bonus that was issued, as it stands now.',
  filters: ['campaignId', 'player'],
  key: [{ sql: 'g.grant_id', type: 'uuid' }],
  columns: [
    {
      name: 'time',
      unit: 'instant',
      definition: 'When it was issued: promised, for one that waits',
      sql: 'g.created_at',
    },
    { name: 'grant_id', unit: 'id', definition: 'Of the bonus', sql: 'g.grant_id' },
    {
      name: 'activation_id',
      unit: 'id',
      definition: 'Of the activation it came of; empty when none did',
      sql: 'g.activation_id',
    },
    { name: 'player', unit: 'text', definition: 'The platform’s id of the player', sql: 'p.external_id' },
    { name: 'campaign_id', unit: 'id', definition: 'Of the campaign', sql: 'g.campaign_id' },
    { name: 'campaign', unit: 'text', definition: 'Its name today', sql: 'c.name' },
    {
      name: 'kind',
      unit: 'text',
      definition: 'deposit, free_spins, bonus_balance, cashback, tournament_entry or special',
      sql: 'g.kind',
    },
    { name: 'status', unit: 'text', definition: 'As it is now', sql: 'g.status' },
    { name: 'currency', unit: 'text', definition: 'Of all the money beside it', sql: 'g.currency' },
    { name: 'amount', unit: 'minor_units', definition: 'Face value; 0 until it is known', sql: 'g.amount' },
    { name: 'balance', unit: 'minor_units', definition: 'Bonus money that is left now', sql: 'g.balance' },
    {
      name: 'wagering_required',
      unit: 'minor_units',
      definition: 'Turnover asked for, rounded down',
      sql: 'g.wagering_required / 10000',
    },
    {
      name: 'wagered',
      unit: 'minor_units',
      definition: 'Turnover so far, rounded down',
      sql: 'g.wagered / 10000',
    },
    { name: 'converted', unit: 'minor_units', definition: 'What became real money', sql: 'g.converted' },
    { name: 'granted_at', unit: 'instant', definition: 'When it became active', sql: 'g.granted_at' },
    {
      name: 'expires_at',
      unit: 'instant',
      definition: 'When it ends if nothing happens before',
      sql: 'g.expires_at',
    },
    { name: 'ended_at', unit: 'instant', definition: 'When it was over', sql: 'g.ended_at' },
  ],
  source(scope, param) {
    const [from, until] = [spanStart(scope.from.toISOString()), spanEnd(scope.until.toISOString())];
    return `from grants g join players p on p.player_id = g.player_id left join campaigns c on c.campaign_id = g.campaign_id
      where g.brand_id = ${param(scope.brandId, 'uuid')}
        and g.grant_id >= ${param(from.id, 'uuid')} and g.grant_id < ${param(until.id, 'uuid')}
        and g.created_at >= ${param(from.at, 'timestamptz')} and g.created_at < ${param(until.at, 'timestamptz')}
        ${scope.campaignId === null ? '' : `and g.campaign_id = ${param(scope.campaignId, 'uuid')}`}
        ${scope.playerId === null ? '' : `and g.player_id = ${param(scope.playerId, 'uuid')}`}`;
  },
};
