import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { activate, eventsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { betEvent, bonusesOf, expectBooked, moneyEvent, tell, walletOf } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let players = 0;
let player: string;
/** When the player's bonus began. */
let began: number;
beforeEach(() => {
  player = `late-${++players}`;
});

/** A bonus of 20.00 to be wagered twice, which began an hour ago. */
async function bonus(wagering: Record<string, unknown> = {}, expiresAfterMs?: number) {
  const reward = {
    kind: 'bonus_balance',
    amount: { EUR: 2_000 },
    wagering: { multiplier: 200, ...wagering },
  } as const;
  const { code, campaignId } = await createOffer(app, { definition: { rewards: [reward] } });
  const { body } = await activate(app, code, player);
  began = Date.now() - 3_600_000;
  await app.db.query(
    'update grants set granted_at = $2, expires_at = coalesce($3, expires_at) where grant_id = $1',
    [
      body.grants[0].id,
      new Date(began),
      expiresAfterMs === undefined ? null : new Date(began + expiresAfterMs),
    ],
  );
  return campaignId;
}
const bet = (id: string, seconds: number, stake: number, win = 0) =>
  betEvent({
    id: `${player}-${id}`,
    round: `${player}-${id}`,
    player,
    stake,
    win,
    time: began + seconds * 1_000,
  });
const rollBack = (id: string, seconds: number) =>
  moneyEvent('round.rolled_back', { roundId: `${player}-${id}` }, { player, time: began + seconds * 1_000 });
const adjustments = async (query = '') =>
  (await app.request('GET', `/v1/adjustments?player=${player}${query}`)).body.items;

describe('a bet that is rolled back', () => {
  it('never was: vector V9r', async () => {
    await bonus();
    const deposit = { depositId: player, amount: 2_000, currency: 'EUR', method: 'card' };
    await tell(app, moneyEvent('deposit.succeeded', deposit, { player, time: began + 1 }));
    await tell(app, bet('1', 1, 500), bet('2', 2, 500, 1_250), rollBack('2', 3));
    expect(await walletOf(app, player)).toBe(1_500);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 2_000, wagered: 500 }]);
    await expectBooked(app, player);
  });

  it('before it is told has no effect when it comes', async () => {
    await bonus();
    expect(await tell(app, rollBack('1', 1))).toEqual(['accepted']);
    expect(await tell(app, bet('1', 0, 500), bet('2', 2, 300))).toEqual(['accepted', 'accepted']);
    expect(await bonusesOf(app, player)).toMatchObject([{ balance: 1_700, wagered: 300 }]);
    await expectBooked(app, player);
  });

  it('brings back a bonus it had lost', async () => {
    await bonus();
    await tell(app, bet('1', 1, 500), bet('2', 2, 1_500));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'lost', balance: 0 }]);
    await tell(app, rollBack('2', 3));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 1_500, wagered: 500 }]);
    await expectBooked(app, player);
  });

  it('after the bonus was played through is a case for a person', async () => {
    await bonus();
    await tell(app, bet('1', 1, 2_000, 2_000), bet('2', 2, 2_000, 2_000));
    await tell(app, rollBack('1', 3));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'completed', converted: 2_000 }]);
    expect(await walletOf(app, player)).toBe(2_000);
    expect(await adjustments()).toMatchObject([
      { kind: 'late_rollback', closedAt: null, detail: { betId: `${player}-1` } },
    ]);
    await expectBooked(app, player);
  });
});

describe('a bet that comes late', () => {
  it('takes its place, and what followed is put right by further bookings', async () => {
    const campaignId = await bonus();
    await tell(app, bet('2', 2, 2_000));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'lost' }]);
    await tell(app, bet('1', 1, 100, 300));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 200, wagered: 2_100 }]);
    await expectBooked(app, player);
    const told = (await eventsOf(app, campaignId)).map(({ type }) => type);
    expect(told).toEqual(expect.arrayContaining(['bonus.lost', 'wagering.progressed']));
  });

  it('from before a bonus was played through moves real money, and is a case for a person', async () => {
    await bonus();
    await tell(app, bet('2', 2, 2_000, 2_000), bet('3', 3, 2_000, 2_500));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'completed', converted: 2_500 }]);
    await tell(app, bet('1', 1, 400, 100));
    expect(await walletOf(app, player)).toBe(2_200);
    expect(await adjustments()).toMatchObject([
      { kind: 'late_event', amount: 400, detail: { id: `${player}-1` } },
    ]);
    expect(await tell(app, bet('1', 1, 400, 100))).toEqual(['duplicate']);
    expect(await tell(app, rollBack('1', 4))).toEqual(['accepted']);
    expect(await walletOf(app, player)).toBe(2_500);
    await expectBooked(app, player);
  });

  it('decides what a rollback gives back, even once the bonus is over', async () => {
    await bonus();
    await tell(app, bet('1', 2, 500), bet('2', 3, 100));
    const late = { depositId: player, amount: 500, currency: 'EUR', method: 'card' };
    await tell(app, moneyEvent('deposit.succeeded', late, { player, time: began + 1_000 }));
    // The deposit has paid for the first bet, and not the bonus.
    await tell(app, bet('3', 4, 1_900, 1_900), bet('4', 4.5, 1_500, 1_500));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'completed', converted: 1_900 }]);
    expect(await walletOf(app, player)).toBe(1_900);
    await tell(app, rollBack('1', 5));
    expect(await walletOf(app, player)).toBe(2_400);
    await expectBooked(app, player);
  });

  it('decides whose a win is that comes later still', async () => {
    await bonus();
    const play = (kind: 'bets' | 'wins', transactionId: string, amount: number) =>
      app.request('POST', `/v1/wallet/${kind}`, {
        body: {
          ...{ transactionId, player, currency: 'EUR', amount, game: 'book', category: 'slots' },
          ...{ roundId: `${player}-r`, ...(kind === 'wins' && { endsRound: true }) },
        },
      });
    expect((await play('bets', `${player}-s`, 500)).status).toBe(200);
    expect((await play('wins', `${player}-w`, 10)).status).toBe(200);
    const late = { depositId: player, amount: 500, currency: 'EUR', method: 'card' };
    await tell(app, moneyEvent('deposit.succeeded', late, { player, time: began + 1_000 }));
    expect(await walletOf(app, player)).toBe(10);
    expect((await play('wins', `${player}-x`, 700)).body).toMatchObject({ split: { real: 700, bonus: 0 } });
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 2_000 }]);
    await expectBooked(app, player);
  });

  it('from before the player had any bonus is nobody’s case', async () => {
    await bonus();
    await tell(app, bet('2', 2, 2_000, 2_000), bet('3', 3, 2_000, 2_500));
    await tell(app, bet('0', -60, 400, 100));
    expect(await walletOf(app, player)).toBe(2_200);
    expect(await adjustments()).toEqual([]);
  });
});

describe('a bonus whose time is over', () => {
  it('ends at its instant: a bet just before counts, one at it does not', async () => {
    const campaignId = await bonus({}, 10_000);
    await tell(app, bet('1', 9.999, 100), bet('2', 10, 100));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'expired', balance: 0, wagered: 100 }]);
    expect((await eventsOf(app, campaignId)).at(-1)).toMatchObject({
      type: 'bonus.expired',
      data: { amount: 1_900, at: new Date(began + 10_000).toISOString() },
    });
    await expectBooked(app, player);
  });

  it('ends with no bet at all', async () => {
    await bonus({}, 10_000);
    await expect.poll(() => bonusesOf(app, player)).toMatchObject([{ status: 'expired', balance: 0 }]);
    const { rows } = await app.db.query<{ ended: Date }>(
      'select ended_at as ended from grants join players using (player_id) where external_id = $1',
      [player],
    );
    expect(rows[0]?.ended.getTime()).toBe(began + 10_000);
    await expectBooked(app, player);
  });
});

it('a bonus that asks for no turnover becomes real money by itself', async () => {
  await bonus({ multiplier: 0 });
  await expect.poll(() => bonusesOf(app, player)).toMatchObject([{ status: 'completed', converted: 2_000 }]);
  expect(await walletOf(app, player)).toBe(2_000);
  await expectBooked(app, player);
});

describe('a withdrawal', () => {
  const withdrawal = (type: string, amount: number, seconds: number) =>
    moneyEvent(
      `withdrawal.${type}`,
      { withdrawalId: `w-${player}`, amount, currency: 'EUR' },
      { player, time: began + seconds * 1_000 },
    );
  const deposit = (amount: number) =>
    moneyEvent(
      'deposit.succeeded',
      { depositId: player, amount, currency: 'EUR', method: 'card' },
      { player, time: began + 1 },
    );

  it('forfeits the bonus, and brings it back when it is cancelled: vector V12', async () => {
    await bonus();
    await tell(app, deposit(10_000), bet('1', 1, 1_000, 17_000), withdrawal('requested', 26_000, 2));
    expect(await walletOf(app, player)).toBe(0);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'forfeited', balance: 0, wagered: 1_000 }]);
    await tell(app, withdrawal('cancelled', 26_000, 3));
    expect(await walletOf(app, player)).toBe(26_000);
    expect(await bonusesOf(app, player)).toMatchObject([
      { status: 'active', balance: 2_000, wagered: 1_000 },
    ]);
    await tell(app, bet('0', 0.5, 500));
    // It shows that 5.00 more had been there when 260.00 were withdrawn.
    expect(await walletOf(app, player)).toBe(26_000);
    expect(await bonusesOf(app, player)).toMatchObject([
      { status: 'active', balance: 2_000, wagered: 1_500 },
    ]);
    await expectBooked(app, player);
  });

  it('that the bonus blocks is turned down, and asked again once the bonus is over is not', async () => {
    await bonus({ onWithdrawal: 'block' });
    await tell(app, deposit(1_000));
    expect(await tell(app, withdrawal('requested', 500, 2))).toEqual(['withdrawal_blocked']);
    expect(await walletOf(app, player)).toBe(1_000);
    await tell(app, bet('1', 3, 3_000));
    expect(await tell(app, withdrawal('requested', 500, 4))).toEqual(['accepted']);
    await expectBooked(app, player);
  });
});

describe('cases for a person', () => {
  test('are closed once, with what was done', async () => {
    await bonus();
    await tell(app, bet('2', 2, 2_000, 2_000), bet('3', 3, 2_000, 2_500));
    await tell(app, bet('1', 1, 400));
    const [open] = await adjustments('&state=open');
    expect((await app.request('GET', `/v1/adjustments/${open.id}`)).body).toEqual(open);
    const close = (note: string) =>
      app.request('POST', `/v1/adjustments/${open.id}/close`, { body: { note } });
    expect((await close('written off')).body).toMatchObject({
      id: open.id,
      note: 'written off',
      closedBy: { kind: 'api_key' },
    });
    expect((await close('again')).body).toMatchObject({ note: 'written off' });
    expect(await adjustments('&state=open')).toEqual([]);
    expect(await adjustments('&state=closed')).toMatchObject([{ id: open.id, note: 'written off' }]);
    const { rows } = await app.db.query(
      `select after from audit_log where action = 'adjustment.closed' and target_id = $1`,
      [open.id],
    );
    expect(rows).toHaveLength(1);
  });

  test('are of their brand, for those who may', async () => {
    await bonus();
    await tell(app, bet('2', 2, 2_000, 2_000), bet('3', 3, 2_000, 2_500));
    await tell(app, bet('1', 1, 400));
    const [open] = await adjustments();
    const { ownerKey: other } = await app.anotherBrand();
    expect((await app.request('GET', '/v1/adjustments', { key: other })).body.items).toEqual([]);
    const alone = (key: string) => app.request('GET', `/v1/adjustments/${open.id}`, { key });
    expect((await alone(other)).status).toBe(404);
    expect((await alone(await app.key(['bonuses:read']))).status).toBe(403);
    const close = (key: string) =>
      app.request('POST', `/v1/adjustments/${open.id}/close`, { key, body: { note: 'x' } });
    expect((await close(other)).status).toBe(404);
    expect((await close(await app.key(['ledger:read']))).status).toBe(403);
    expect(
      (await app.request('GET', '/v1/adjustments', { key: await app.key(['bonuses:read']) })).status,
    ).toBe(403);
  });
});
