import { afterAll, beforeAll, beforeEach, expect, it, test } from 'vitest';
import { betEvent, expectBooked, moneyEvent, tell, walletOf } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let players = 0;
let player: string;
beforeEach(() => {
  player = `intake-${++players}`;
});

it('takes bets of players nobody has heard of: the real money they must have had is booked first', async () => {
  expect(await tell(app, betEvent({ player, stake: 500, win: 200 }))).toEqual(['accepted']);
  expect(await walletOf(app, player)).toBe(200);
  expect((await app.request('GET', `/v1/players/${player}`)).status).toBe(200);
  await expectBooked(app, player);
});

it('knows a bet by its own id, whatever the id of its event', async () => {
  const bet = betEvent({ id: 'known', player, stake: 100 });
  expect(await tell(app, bet)).toEqual(['accepted']);
  expect(await tell(app, { ...bet, id: 'another' }, bet)).toEqual(['duplicate', 'duplicate']);
  const other = { ...bet, data: { ...bet.data, stake: 101 } };
  expect(await tell(app, other, betEvent({ player, stake: 1 }))).toEqual(['conflict', 'accepted']);
});

it('answers each bet of a call for itself', async () => {
  const bet = betEvent({ player, stake: 100 });
  const future = betEvent({ player, stake: 1, time: Date.now() + 6 * 60_000 });
  const old = betEvent({ player, stake: 1, time: Date.now() - 91 * 86_400_000 });
  const odd = { ...betEvent({ player }), data: {} };
  expect(await tell(app, bet, bet, { ...bet, data: { ...bet.data, win: 1 } }, future, old, odd)).toEqual([
    'accepted',
    'duplicate',
    'conflict',
    'event_in_future',
    'event_too_old',
    'invalid_event',
  ]);
});

it('takes a bet that is first told as from long ago or from ahead, and then rightly', async () => {
  const bet = betEvent({ player, win: 100 });
  const old = { ...bet, id: 'old', time: '2020-01-01T00:00:00Z' };
  const ahead = { ...bet, id: 'ahead', time: '2099-01-01T00:00:00Z' };
  expect(await tell(app, old, ahead, bet, bet)).toEqual([
    'event_too_old',
    'event_in_future',
    'accepted',
    'duplicate',
  ]);
  expect(await walletOf(app, player)).toBe(100);
});

it('takes bets together with other events, in one transaction', async () => {
  const deposit = { depositId: player, amount: 1_000, currency: 'EUR', method: 'card' };
  const now = Date.now();
  const events = [
    betEvent({ player, stake: 400, win: 100, time: now }),
    moneyEvent('deposit.succeeded', deposit, { player, time: now - 1_000 }),
    moneyEvent('login', {}, { player }),
  ];
  expect(await tell(app, ...events)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await tell(app, ...events)).toEqual(['duplicate', 'duplicate', 'duplicate']);
  expect(await walletOf(app, player)).toBe(700);
});

test('a balance past what is exact is refused, and the bets beside it are taken', async () => {
  const most = Number.MAX_SAFE_INTEGER;
  const now = Date.now();
  const bets = [
    betEvent({ player, win: most - 10, time: now }),
    betEvent({ player, win: 11, time: now + 1 }),
    betEvent({ player, win: 10, time: now + 2 }),
  ];
  expect(await tell(app, ...bets)).toEqual(['accepted', 'amount_too_large', 'accepted']);
  expect(await walletOf(app, player)).toBe(most);
});

test('money in two currencies is in two wallets', async () => {
  await tell(app, betEvent({ player, win: 100 }), betEvent({ player, win: 200, currency: 'USD' }));
  expect([await walletOf(app, player), await walletOf(app, player, 'USD')]).toEqual([100, 200]);
});

test('withdrawals and deposits are known by their own ids', async () => {
  const told = (type: string, data: Record<string, unknown>) =>
    tell(app, moneyEvent(type, { amount: 500, currency: 'EUR', ...data }, { player }));
  await told('deposit.succeeded', { depositId: 'd', amount: 2_000, method: 'card' });
  await told('withdrawal.requested', { withdrawalId: 'w' });
  await told('withdrawal.requested', { withdrawalId: 'w' });
  expect(await walletOf(app, player)).toBe(1_500);
  await told('withdrawal.paid', { withdrawalId: 'w' });
  await told('withdrawal.cancelled', { withdrawalId: 'w' });
  expect(await walletOf(app, player)).toBe(1_500);
  await expectBooked(app, player);
});
