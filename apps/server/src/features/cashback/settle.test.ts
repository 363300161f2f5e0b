import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { eventsOf, grantsOf } from '../../testing/actions.ts';
import { freshSetAside } from '../../testing/set-aside.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { settleDue } from './settle.ts';
import {
  bookMovements,
  endPeriod,
  lastMonth,
  placeBets,
  playerWith,
  settlementsOf,
  settling,
  type TestBet,
} from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'UTC' } });
});
afterAll(() => app.close());

const { midst, last, over } = lastMonth();
const DESK = 'platform:cash';
const REAL = 'player:real';

const lost = (stake: number, at = midst): TestBet => ({ at, stake });

describe('10 % back from 50.00 of loss, up to 200.00 (V14)', () => {
  it.each([
    ['350.00', 35_000, 3_500],
    ['50.00', 5_000, 500],
    ['2,500.00', 250_000, 20_000],
  ])('%s pays', async (_, loss, amount) => {
    const { player, grant, campaignId } = await playerWith(app, [{ at: midst, stake: loss + 100, win: 100 }]);
    const [settlement] = await settlementsOf(app, grant, 1);
    expect(settlement).toMatchObject({
      number: 1,
      player,
      campaignId,
      from: midst.toISOString(),
      to: over.toISOString(),
      sums: { basis: 'game_net_loss', stakes: loss + 100, wins: 100 },
      netLoss: loss,
      amount,
      reason: null,
      paidAs: 'bonus',
      state: 'paid',
      claimUntil: null,
    });
    const [bonus, cashback] = await grantsOf(app, player);
    expect(bonus).toMatchObject({
      kind: 'bonus_balance',
      status: 'active',
      campaignId,
      amount,
      balance: amount,
    });
    expect(bonus.wageringRequired).toBe(amount * 5);
    expect(cashback).toMatchObject({ id: grant.grantId, kind: 'cashback', status: 'completed' });
    const { rows } = await app.db.query('select source, parent_grant_id from grants where grant_id = $1', [
      bonus.id,
    ]);
    expect(rows).toEqual([{ source: 'cashback', parent_grant_id: grant.grantId }]);
    const told = await eventsOf(app, campaignId);
    expect(told.map(({ type }) => type)).toEqual(['cashback.settled', 'bonus.granted']);
    expect(told[0]?.data).toMatchObject({
      grantId: grant.grantId,
      player,
      netLoss: loss,
      amount,
      state: 'paid',
    });
  });

  it.each([
    ['49.99', [lost(4_999)], 4_999, 'below_minimum'],
    ['a win', [{ at: midst, stake: 100, win: 101 }], -1, 'no_loss'],
    ['no bet at all', [], 0, 'no_loss'],
  ] as const)('%s does not', async (_, bets, netLoss, reason) => {
    const { player, grant, campaignId } = await playerWith(app, bets);
    expect(await settlementsOf(app, grant, 1)).toMatchObject([
      { netLoss, amount: 0, reason, state: 'nothing' },
    ]);
    expect(await grantsOf(app, player)).toMatchObject([{ kind: 'cashback', status: 'completed' }]);
    expect(await eventsOf(app, campaignId)).toMatchObject([
      { type: 'cashback.settled', data: { amount: 0, reason, state: 'nothing' } },
    ]);
  });
});

test('5 % of a cash flow: 100.00 at the start, 300.00 in, 200.00 out, 50.00 left (V14e)', async () => {
  await bookMovements(
    app,
    'cash-flow',
    [
      { kind: 'deposit', debit: DESK, credit: REAL, amount: 11_000, at: new Date(midst.getTime() - 1) },
      { kind: 'deposit', debit: DESK, credit: REAL, amount: 28_000, at: midst },
      { kind: 'deposit', debit: DESK, credit: REAL, amount: 5_000, at: midst },
      { kind: 'deposit_reversed', debit: REAL, credit: DESK, amount: 5_000, at: last },
      { kind: 'balance_adjusted', debit: DESK, credit: REAL, amount: 2_000, at: last },
      { kind: 'withdrawal', debit: REAL, credit: DESK, amount: 25_000, at: last },
      { kind: 'withdrawal_cancelled', debit: DESK, credit: REAL, amount: 5_000, at: last },
      { kind: 'converted', debit: 'player:bonus:x', credit: REAL, amount: 1_000, at: last },
      { kind: 'deposit', debit: DESK, credit: REAL, amount: 700, at: over },
    ],
    5_300,
  );
  const { grant } = await playerWith(
    app,
    [
      { at: new Date(midst.getTime() - 1), stake: 1_000 },
      { at: midst, stake: 40_000, win: 24_000, bonusStake: 5_000, bonusWin: 5_000 },
      { at: last, stake: 10_000, win: 10_000 },
      { at: over, stake: 400 },
    ],
    { basis: 'cash_flow', rateBps: 500, minLoss: { EUR: 15_000 } },
    'cash-flow',
  );
  expect(await settlementsOf(app, grant, 1)).toMatchObject([
    {
      sums: {
        basis: 'cash_flow',
        startBalance: 10_000,
        deposits: 30_000,
        withdrawals: 20_000,
        endBalance: 5_000,
      },
      netLoss: 15_000,
      amount: 750,
    },
  ]);
});

it('pays real money where the terms say so, booked once', async () => {
  const { player, grant, campaignId } = await playerWith(app, [lost(35_000)], {
    paidAs: 'cash',
    wagering: undefined,
  });
  expect(await settlementsOf(app, grant, 1)).toMatchObject([
    { amount: 3_500, paidAs: 'cash', state: 'paid' },
  ]);
  expect((await grantsOf(app, player)).map(({ kind }) => kind)).toEqual(['cashback']);
  const { rows } = await app.db.query(
    `select w.real, p.kind, p.debit, p.credit, p.amount, p.grant_id from wallets w join postings p using (player_id, currency)
     where w.player_id = $1`,
    [grant.playerId],
  );
  expect(rows).toEqual([
    {
      real: 3_500,
      kind: 'cash_paid',
      debit: 'house:bonus_expense',
      credit: REAL,
      amount: 3_500,
      grant_id: grant.grantId,
    },
  ]);
  expect((await eventsOf(app, campaignId)).map(({ type }) => type)).toEqual(['cashback.settled']);
});

describe('players who are out when a period closes', () => {
  it.each([
    ['self_excluded', 'self-exclusion', { excluded: true }],
    ['bonus_blocked', 'bonus-block', { blocked: true }],
  ])('get nothing of it: %s', async (reason, what, body) => {
    const player = `out-${reason}`;
    await app.request('PUT', `/v1/players/${player}`, { body: {} });
    const told = await app.request('POST', `/v1/players/${player}/${what}`, {
      body: { ...body, reason: 'test' },
    });
    expect(told.status).toBe(200);
    const { grant } = await playerWith(app, [lost(35_000)], {}, player);
    expect(await settlementsOf(app, grant, 1)).toMatchObject([
      { netLoss: 35_000, amount: 0, reason, state: 'nothing', paidAt: null },
    ]);
    expect((await grantsOf(app, player)).map(({ kind }) => kind)).toEqual(['cashback']);
  });

  it('get what they lose afterwards', async () => {
    const player = 'back-again';
    const exclude = (excluded: boolean) =>
      app.request('POST', `/v1/players/${player}/self-exclusion`, { body: { excluded, reason: 'test' } });
    await exclude(true);
    const { grant } = await playerWith(app, [lost(35_000)], { periods: 2 }, player);
    await settlementsOf(app, grant, 1);
    await exclude(false);
    await placeBets(app, player, [lost(6_000, over)]);
    await endPeriod(app, grant);
    expect(await settlementsOf(app, grant, 2)).toMatchObject([
      { amount: 0, reason: 'self_excluded' },
      { netLoss: 6_000, amount: 600, state: 'paid' },
    ]);
  });
});

it('closes the period of a bonus that was cancelled without paying, and opens no other', async () => {
  const { grant, campaignId } = await playerWith(app, [lost(35_000)], { periods: 3 });
  await settlementsOf(app, grant, 1);
  await app.db.query(`update grants set status = 'cancelled' where grant_id = $1`, [grant.grantId]);
  await placeBets(app, 'player-x', [lost(35_000, over)]);
  await endPeriod(app, grant);
  expect(await settlementsOf(app, grant, 2)).toMatchObject([
    { state: 'paid' },
    { state: 'nothing', amount: 0, reason: 'bonus_ended' },
  ]);
  const { rows } = await app.db.query(`select number from cashback_periods where grant_id = $1`, [
    grant.grantId,
  ]);
  expect(rows).toHaveLength(2);
  expect((await eventsOf(app, campaignId)).at(-1)).toMatchObject({ data: { reason: 'bonus_ended' } });
});

it('waits a moment for what was played just before the end', async () => {
  const { grant } = await playerWith(app, [], { periods: 2 });
  await settlementsOf(app, grant, 1);
  await app.db.query(`update cashback_periods set ends_at = now() where grant_id = $1 and number = 2`, [
    grant.grantId,
  ]);
  expect(await settleDue(settling(app.db), freshSetAside())).toBe(false);
  await endPeriod(app, grant);
  expect(await settlementsOf(app, grant, 2)).toHaveLength(2);
});
