import { expect, test } from 'vitest';
import { type Fact, factsOf } from './facts.ts';

type Event = Parameters<typeof factsOf>[0][number];

const EVENT = '01932f0e-7a4c-7c3e-9d55-000000000001';
const TIME = '2026-03-01T10:20:00.000Z';
const event = (type: Event['type'], data: Event['data'], row = 1): Event => ({
  ...{ id: EVENT, type, time: TIME, data },
  sequence: `${String(row).padStart(16, '0')}.000000`,
});
const fact = (told: Partial<Fact>): Fact => ({
  ...{
    at: Date.parse(TIME),
    campaignId: 'c',
    measure: 'granted',
    detail: '',
    currency: '',
    count: 1,
    amount: 0n,
  },
  ...told,
});

test.each<[string, Event, Partial<Fact> | undefined]>([
  [
    'a code that is taken',
    event('code.activated', { campaignId: 'c', outcome: 'accepted' }),
    { measure: 'accepted', detail: 'accepted' },
  ],
  [
    'one that waits for a deposit',
    event('code.activated', { campaignId: 'c', outcome: 'awaiting_deposit' }),
    { measure: 'accepted', detail: 'awaiting_deposit' },
  ],
  [
    'an unknown code',
    event('activation.refused', { campaignId: null, key: 'code_not_found' }),
    { measure: 'refused', detail: 'code_not_found', campaignId: null },
  ],
  ['a lapse', event('activation.lapsed', { campaignId: 'c', reason: 'x' }), { measure: 'lapsed' }],
  ['a reversal', event('activation.reversed', { campaignId: 'c' }), { measure: 'reversed' }],
  ['a code given away', event('code.distributed', { campaignId: 'c' }), { measure: 'distributed' }],
  [
    'a bonus',
    event('bonus.granted', { campaignId: 'c', kind: 'deposit', amount: 500, currency: 'EUR', source: null }),
    { measure: 'granted', detail: 'deposit', currency: 'EUR', amount: 500n },
  ],
  [
    'a bonus of no money',
    event('bonus.granted', { campaignId: 'c', kind: 'special', amount: null, currency: null }),
    { measure: 'granted', detail: 'special' },
  ],
  [
    'a bonus that another one is paid as',
    event('bonus.granted', {
      ...{ campaignId: 'c', kind: 'bonus_balance', amount: 7 },
      currency: 'EUR',
      parentGrantId: 'g',
    }),
    { measure: 'paid_out', detail: 'bonus_balance', currency: 'EUR', amount: 7n },
  ],
  [
    'turnover that is reached, at the time of the wallet',
    event('wagering.completed', { campaignId: 'c', currency: 'EUR', at: '2026-02-28T23:00:00.000Z' }),
    { measure: 'wagered', at: Date.parse('2026-02-28T23:00:00Z') },
  ],
  [
    'bonus money that becomes real',
    event('bonus.converted', { campaignId: 'c', currency: 'JPY', amount: 300 }),
    { measure: 'converted', currency: 'JPY', amount: 300n },
  ],
  [
    'nothing that becomes real',
    event('bonus.converted', { campaignId: 'c', currency: 'JPY', amount: 0 }),
    undefined,
  ],
  [
    'winnings of spins paid as cash',
    event('freespins.finished', { campaignId: 'c', currency: 'EUR', credited: 90, paidAs: 'cash' }),
    { measure: 'cash', detail: 'free_spins', currency: 'EUR', amount: 90n },
  ],
  [
    'winnings of spins that were cancelled',
    event('freespins.cancelled', { campaignId: 'c', currency: 'EUR', credited: 90, paidAs: 'cash' }),
    { measure: 'cash', detail: 'free_spins', currency: 'EUR', amount: 90n },
  ],
  [
    'winnings paid as a bonus',
    event('freespins.finished', { campaignId: 'c', currency: 'EUR', credited: 90, paidAs: 'bonus' }),
    undefined,
  ],
  [
    'spins that won nothing',
    event('freespins.finished', { campaignId: 'c', currency: 'EUR', credited: 0, paidAs: 'cash' }),
    undefined,
  ],
  [
    'cashback paid as cash',
    event('cashback.settled', {
      ...{ campaignId: 'c', currency: 'EUR', amount: 40 },
      state: 'paid',
      grantId: 'g',
    }),
    { measure: 'cash', detail: 'cashback', currency: 'EUR', amount: 40n },
  ],
  [
    'cashback that waits to be claimed',
    event('cashback.settled', {
      ...{ campaignId: 'c', currency: 'EUR', amount: 40 },
      state: 'claimable',
      grantId: 'g',
    }),
    undefined,
  ],
  [
    'what a bonus held that expired',
    event('bonus.expired', { campaignId: 'c', currency: 'EUR', amount: 40, at: TIME }),
    { measure: 'broken', detail: 'expired', currency: 'EUR', amount: 40n },
  ],
  [
    'a bonus that held nothing when it was lost',
    event('bonus.lost', { campaignId: 'c', amount: 0, at: TIME }),
    undefined,
  ],
  [
    'a bonus that is cancelled before any wallet held it',
    event('bonus.cancelled', { campaignId: 'c', amount: 9 }),
    undefined,
  ],
  [
    'what a bonus holds again that was forfeited',
    event('bonus.reinstated', { campaignId: 'c', currency: 'EUR', balance: 40, at: TIME }),
    { measure: 'broken', detail: 'reinstated', currency: 'EUR', count: -1, amount: -40n },
  ],
  ['what is not counted', event('message.sent', { campaignId: 'c' }), undefined],
])('%s', (_, told, counted) => {
  expect(factsOf([told])).toMatchObject(counted ? [fact(counted)] : []);
});

test('cashback that is paid as a bonus costs nothing yet: both are in one row of the feed', () => {
  const settled = (row: number) =>
    event(
      'cashback.settled',
      { ...{ campaignId: 'c', currency: 'EUR', amount: 40 }, state: 'paid', grantId: 'g' },
      row,
    );
  const paid = event(
    'bonus.granted',
    {
      ...{ campaignId: 'c', kind: 'bonus_balance', amount: 40, currency: 'EUR' },
      parentGrantId: 'g',
      source: 'cashback',
    },
    1,
  );
  const measures = factsOf([settled(1), paid, settled(2)]).map(({ measure }) => measure);
  expect(measures).toEqual(['paid_out', 'cash']);
});

test('what a bonus held beyond what became real money is a fact of its own', () => {
  const converted = event('bonus.converted', { campaignId: 'c', currency: 'EUR', amount: 250, removed: 230 });
  const facts = factsOf([converted]);
  expect(facts).toMatchObject([
    { measure: 'converted', amount: 250n, factId: EVENT },
    { measure: 'broken', detail: 'capped', amount: 230n },
  ]);
  expect(facts[1]?.factId).not.toBe(EVENT);
  expect(factsOf([{ ...converted, data: { ...converted.data, amount: 0 } }])).toMatchObject([
    { measure: 'broken' },
  ]);
});

test('who a fact happened to is found by its activation, else by its bonus', () => {
  const origins = factsOf([
    event('code.activated', { activationId: 'a', channel: 'popup' }),
    event('bonus.granted', { activationId: 'a', grantId: 'g' }),
    event('wagering.completed', { grantId: 'g' }),
    event('code.distributed', { codeId: 'k', batchId: 'b' }),
    event('message.shown', { messageId: 'm', resendOf: 'n' }),
  ]).map(({ origin }) => origin);
  expect(origins).toEqual([
    { kind: 'try', activationId: 'a', channel: 'popup' },
    { kind: 'activation', activationId: 'a' },
    { kind: 'grant', grantId: 'g' },
    { kind: 'code', codeId: 'k', batchId: 'b' },
    { kind: 'message', messageIds: ['m', 'n'] },
  ]);
});
