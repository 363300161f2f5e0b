import { createCurrencyTable } from '@promosmith/core/money';
import { expect, test } from 'vitest';
import { must } from '../../testing/test-app.ts';
import { idOf, screenEvent } from './screening.ts';

const currencies = must(createCurrencyTable([{ code: 'GOLD', exponent: 0 }]));

const event = (type: string, data: unknown, rest = {}) => ({
  id: 'e1',
  type,
  time: '2026-01-01T10:00:00+01:00',
  player: 'anna',
  data,
  ...rest,
});
const money = { amount: 5000, currency: 'EUR' };

test.each([
  ['player.registered', { email: 'anna@example.com', currency: 'EUR' }],
  ['player.updated', { vipLevel: null }],
  ['player.self_excluded', { until: null }],
  ['login', { ip: '2001:db8::1', country: 'DE' }],
  ['deposit.succeeded', { ...money, depositId: 'd1', method: 'card', index: 1 }],
  ['deposit.reversed', { ...money, depositId: 'd1', reason: 'chargeback' }],
  ['withdrawal.requested', { ...money, withdrawalId: 'w1' }],
  ['withdrawal.cancelled', { ...money, withdrawalId: 'w1' }],
  ['withdrawal.paid', { ...money, withdrawalId: 'w1', method: 'bank' }],
  ['bet.settled', { betId: 'b1', roundId: 'r1', game: 'slots/1', stake: 100, win: 0, currency: 'EUR' }],
  ['round.rolled_back', { roundId: 'r1' }],
  ['client.action', { action: 'CODE_IS_SHOWN', properties: { code: 'ABC' } }],
  ['deposit.reversed', { ...money, currency: 'GOLD', depositId: 'd1' }],
  ['custom.bought', { currency: 'seashells' }],
  ['custom.tournament_joined', { any: ['thing', 1, null, { deep: true }] }],
])('%s is taken', (type, data) => {
  expect(screenEvent(event(type, data), currencies)).toMatchObject({ ok: true, value: { type, data } });
});

test.each([
  ['no object', 'text', 'unknown_event_type'],
  ['null', null, 'unknown_event_type'],
  ['a list', [], 'unknown_event_type'],
  ['a type that is no text', event('login', {}, { type: 7 }), 'unknown_event_type'],
  ['a type of every object', event('constructor', {}), 'unknown_event_type'],
  ['custom without a name', event('custom.', {}), 'invalid_event'],
  ['a custom name with capitals', event('custom.Joined', {}), 'invalid_event'],
  [
    'a fractional amount',
    event('deposit.reversed', { ...money, amount: 0.5, depositId: 'd' }),
    'invalid_event',
  ],
  [
    'a currency nobody knows',
    event('deposit.reversed', { ...money, currency: 'EUX', depositId: 'd' }),
    'unknown_currency',
  ],
  ['a player in a currency nobody knows', event('player.updated', { currency: 'EUX' }), 'unknown_currency'],
  ['no amount', event('deposit.reversed', { ...money, amount: 0, depositId: 'd' }), 'invalid_event'],
  [
    'an unsafe amount',
    event('deposit.reversed', { ...money, amount: 2 ** 53, depositId: 'd' }),
    'invalid_event',
  ],
  ['an unknown field', event('round.rolled_back', { roundId: 'r', bonus: 1 }), 'invalid_event'],
  ['a time without zone', event('login', {}, { time: '2026-01-01T10:00:00' }), 'invalid_event'],
  ['an id of 129', event('login', {}, { id: 'x'.repeat(129) }), 'invalid_event'],
  ['no player', event('login', {}, { player: '' }), 'invalid_event'],
])('%s is rejected', (_, item, key) => {
  expect(screenEvent(item, currencies)).toMatchObject({ ok: false, refusal: { key } });
});

test('fields that no event has are named one by one', () => {
  const rejected = screenEvent(event('login', { brandId: 'x' }, { brandId: 'x', uses: 1 }), currencies);
  expect(rejected.ok ? [] : rejected.refusal.errors?.map(({ field }) => field)).toEqual([
    'data.brandId',
    'brandId',
    'uses',
  ]);
});

test.each([
  [{ id: 'e1' }, 'e1'],
  [{ id: 7 }, null],
  [null, null],
  ['text', null],
])('the id of %j is %j', (item, id) => {
  expect(idOf(item)).toBe(id);
});
