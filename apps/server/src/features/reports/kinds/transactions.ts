import { spanEnd, spanStart } from '../../../platform/time-span.ts';
import type { StoredKind } from './kind.ts';

export const transactions: StoredKind = {
  kind: 'transactions',
  permission: 'ledger:read',
  title: 'Postings of the ledger',
  description:
    'Every amount that was moved from one account to another, but for stakes and wins, which stand with their bets.',
  filters: ['player'],
  key: [
    { sql: 'l.transaction_id', type: 'uuid' },
    { sql: 'l.posting_id', type: 'uuid' },
  ],
  columns: [
    { name: 'time', unit: 'instant', definition: 'When it was booked', sql: 'l.created_at' },
    {
      name: 'transaction_id',
      unit: 'id',
      definition: 'Postings of one transaction sum to 0',
      sql: 'l.transaction_id',
    },
    { name: 'posting_id', unit: 'id', definition: 'Of the posting', sql: 'l.posting_id' },
    { name: 'player', unit: 'text', definition: 'The platform’s id of the player', sql: 'p.external_id' },
    { name: 'grant_id', unit: 'id', definition: 'Of the bonus it is about', sql: 'l.grant_id' },
    { name: 'kind', unit: 'text', definition: 'What happened', sql: 'l.kind' },
    { name: 'debit', unit: 'text', definition: 'The account it was taken from', sql: 'l.debit' },
    { name: 'credit', unit: 'text', definition: 'The account it was given to', sql: 'l.credit' },
    { name: 'currency', unit: 'text', definition: 'Of the amount', sql: 'l.currency' },
    { name: 'amount', unit: 'minor_units', definition: 'What was moved', sql: 'l.amount' },
  ],
  source(scope, param) {
    const [from, until] = [spanStart(scope.from.toISOString()), spanEnd(scope.until.toISOString())];
    return `from postings l join players p on p.player_id = l.player_id
      where l.brand_id = ${param(scope.brandId, 'uuid')}
        and l.transaction_id >= ${param(from.id, 'uuid')} and l.transaction_id < ${param(until.id, 'uuid')}
        and l.created_at >= ${param(from.at, 'timestamptz')} and l.created_at < ${param(until.at, 'timestamptz')}
        ${scope.playerId === null ? '' : `and l.player_id = ${param(scope.playerId, 'uuid')}`}`;
  },
};
