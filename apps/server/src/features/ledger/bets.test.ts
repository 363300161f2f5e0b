import { randomUUID } from 'node:crypto';
import type { WageringTerms } from '@promosmith/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activate, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestRequest } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let clock = Date.now();
async function tell(player: string, type: string, data: object): Promise<void> {
  const event = { id: randomUUID(), type, time: new Date(++clock).toISOString(), player, data };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
  expect(body.results).toMatchObject([{ status: 'accepted' }]);
}
const bet = (player: string, betId: string, stake: number, win = 0, category = 'slots') =>
  tell(player, 'bet.settled', {
    ...{ betId, roundId: betId, game: 'book', category, stake, win, currency: 'EUR' },
  });
const deposit = (player: string, amount: number) =>
  tell(player, 'deposit.succeeded', { depositId: `${player}-d`, amount, currency: 'EUR', method: 'card' });

async function bonusFor(player: string, wagering: Partial<WageringTerms>): Promise<string> {
  const { code } = await createOffer(app, {
    definition: {
      rewards: [
        { kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 3_500, ...wagering } },
      ],
    },
  });
  const { body } = await activate(app, code, player);
  // Bets count from the instant of the grant on.
  clock = Math.max(clock, Date.now()) + 1;
  return body.grants[0].id;
}

const betsOf = async (grantId: string, query = '', options: TestRequest = {}) =>
  (await app.request('GET', `/v1/grants/${grantId}/bets${query}`, options)).body;

it('lists what was played under a bonus, the newest first, with what each counted', async () => {
  const grantId = await bonusFor('ann', {
    contributions: { categories: { slots: 10_000, roulette: 1_000 }, games: {} },
  });
  await deposit('ann', 500);
  await bet('ann', 'real', 400, 100);
  await bet('ann', 'mixed', 300, 90);
  await bet('ann', 'tenth', 25, 0, 'roulette');
  await bet('ann', 'none', 10, 0, 'poker');
  const { items, nextCursor } = await betsOf(grantId);
  expect(items).toMatchObject([
    { betId: 'none', counted: 0, bonusStake: 0 },
    { betId: 'tenth', counted: 2.5, bonusStake: 0, bonusWin: 0 },
    { betId: 'mixed', counted: 300, stake: 300, win: 90, bonusStake: 100, bonusWin: 30 },
    { betId: 'real', counted: 400, stake: 400, win: 100, bonusStake: 0, bonusWin: 0 },
  ]);
  expect(items[3]).toEqual({
    ...{ betId: 'real', roundId: 'real', game: 'book', category: 'slots', part: 'bet' },
    ...{ stake: 400, win: 100, bonusStake: 0, bonusWin: 0, counted: 400, aboveMaxBet: false },
    ...{ rolledBackAt: null, happenedAt: expect.stringMatching(/Z$/), bookedAt: expect.stringMatching(/Z$/) },
  });
  expect(nextCursor).toBeNull();
  expect(await grantsOf(app, 'ann')).toMatchObject([{ wagered: 702 }]);
});

it.each([
  ['no_contribution', 0],
  ['flag', 600],
] as const)('shows a bet above the largest allowed where terms say %s', async (onBreach, counted) => {
  const player = `large-${onBreach}`;
  const grantId = await bonusFor(player, { maxBet: { amounts: { EUR: 500 }, onBreach } });
  await deposit(player, 1_000);
  await bet(player, `${player}-1`, 500);
  await bet(player, `${player}-2`, 600);
  expect((await betsOf(grantId)).items).toMatchObject([
    { aboveMaxBet: true, counted, stake: 600 },
    { aboveMaxBet: false, counted: 500 },
  ]);
});

it('tells the part of each bonus of a bet that several paid for, and whose turnover it was', async () => {
  const older = await bonusFor('bob', {});
  const younger = await bonusFor('bob', {});
  await bet('bob', 'both', 1_500, 300);
  expect((await betsOf(older)).items).toMatchObject([{ bonusStake: 1_000, bonusWin: 200, counted: 1_500 }]);
  expect((await betsOf(younger)).items).toMatchObject([{ bonusStake: 500, bonusWin: 100, counted: 0 }]);
});

it('tells stakes and wins of the wallet apart, and what was taken back', async () => {
  const grantId = await bonusFor('cat', {});
  const play = { player: 'cat', currency: 'EUR', roundId: 'c', game: 'book' };
  const post = (path: string, body: object) => app.request('POST', `/v1/wallet/${path}`, { body });
  await post('bets', { ...play, transactionId: 'c-stake', amount: 200 });
  await post('wins', { ...play, transactionId: 'c-win', amount: 50 });
  expect((await betsOf(grantId)).items).toMatchObject([
    { betId: 'c-win', part: 'win', win: 50, bonusWin: 50, counted: 0, rolledBackAt: null },
    { betId: 'c-stake', part: 'stake', stake: 200, bonusStake: 200, counted: 200, rolledBackAt: null },
  ]);
  await post('rollbacks', { player: 'cat', currency: 'EUR', transactionId: 'c-back', roundId: 'c' });
  const { items } = await betsOf(grantId);
  expect(items.map(({ rolledBackAt }: { rolledBackAt: string | null }) => rolledBackAt)).toEqual([
    expect.stringMatching(/Z$/),
    expect.stringMatching(/Z$/),
  ]);
});

it('is read page by page', async () => {
  const grantId = await bonusFor('dan', {});
  for (const betId of ['d1', 'd2', 'd3']) await bet('dan', betId, 10);
  const seen: string[] = [];
  let query = '?limit=2';
  for (;;) {
    const { items, nextCursor } = await betsOf(grantId, query);
    seen.push(...items.map(({ betId }: { betId: string }) => betId));
    if (nextCursor === null) break;
    query = `?limit=2&cursor=${nextCursor}`;
  }
  expect(seen).toEqual(['d3', 'd2', 'd1']);
});

it('is for its player and its brand alone', async () => {
  const grantId = await bonusFor('eve', {});
  await bet('eve', 'e1', 10);
  expect((await betsOf(grantId, '', { key: await app.playerToken('eve') })).items).toHaveLength(1);
  expect(await betsOf(grantId, '', { key: await app.playerToken('mallory') })).toMatchObject({ status: 404 });
});
