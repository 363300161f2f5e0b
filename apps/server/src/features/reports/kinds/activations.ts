import { spanEnd, spanStart } from '../../../platform/time-span.ts';
import type { StoredKind } from './kind.ts';

export const activations: StoredKind = {
  kind: 'activations',
  permission: 'activations:read',
  title: 'Activations',
  description: 'Every code that was entered, and how that came out.',
  filters: ['campaignId', 'player'],
  key: [{ sql: 'a.activation_id', type: 'uuid' }],
  columns: [
    {
      name: 'time',
      unit: 'instant',
      definition:
        'When the code was entered; where it was held for review, numbers have it at the end of that',
      sql: 'a.created_at',
    },
    { name: 'activation_id', unit: 'id', definition: 'Of the activation', sql: 'a.activation_id' },
    {
      name: 'player',
      unit: 'text',
      definition: 'The platform’s id of the player',
      sql: 'a.player_external_id',
    },
    {
      name: 'campaign_id',
      unit: 'id',
      definition: 'Of the campaign of the code; empty for an unknown code',
      sql: 'a.campaign_id',
    },
    { name: 'campaign', unit: 'text', definition: 'Its name today', sql: 'c.name' },
    {
      name: 'version',
      unit: 'count',
      definition: 'The version of the campaign that decided',
      sql: 'a.campaign_version',
    },
    {
      name: 'code',
      unit: 'text',
      definition: 'The code; all but the last symbols hidden unless it is shared',
      sql: 'a.code_shown',
    },
    {
      name: 'outcome',
      unit: 'text',
      definition: 'As it is now: accepted, awaiting_deposit, in_review, refused, lapsed, reversed',
      sql: 'a.outcome',
    },
    { name: 'refusal_key', unit: 'text', definition: 'Why it was refused', sql: 'a.refusal_key' },
    { name: 'channel', unit: 'text', definition: 'Where the code was entered', sql: "a.entry->>'channel'" },
    {
      name: 'device_type',
      unit: 'text',
      definition: 'As the platform told it',
      sql: "a.entry->>'deviceType'",
    },
    { name: 'changed_at', unit: 'instant', definition: 'When the outcome came to be', sql: 'a.changed_at' },
  ],
  source(scope, param) {
    const [from, until] = [spanStart(scope.from.toISOString()), spanEnd(scope.until.toISOString())];
    return `from activations a left join campaigns c on c.campaign_id = a.campaign_id
      where a.brand_id = ${param(scope.brandId, 'uuid')}
        and a.activation_id >= ${param(from.id, 'uuid')} and a.activation_id < ${param(until.id, 'uuid')}
        and a.created_at >= ${param(from.at, 'timestamptz')} and a.created_at < ${param(until.at, 'timestamptz')}
        ${scope.campaignId === null ? '' : `and a.campaign_id = ${param(scope.campaignId, 'uuid')}`}
        ${scope.playerId === null ? '' : `and a.player_id = ${param(scope.playerId, 'uuid')}`}`;
  },
};
