import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { activate, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
/** The reconciliation agrees with whatever was played. */
afterEach(() => expectBalanced(app));

let clock = Date.now();
/** The platform tells of something of a player, each a moment after the one before, or at the time given. */
async function tell(player: string, type: string, data: object, at = ++clock): Promise<void> {
  const event = { id: randomUUID(), type, time: new Date(at).toISOString(), player, data };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
  expect(body.results).toMatchObject([{ status: 'accepted' }]);
}
const bet = (player: string, betId: string, stake: number, win: number, at?: number) =>
  tell(player, 'bet.settled', { betId, roundId: betId, game: 'book', stake, win, currency: 'EUR' }, at);

async function bonusFor(player: string, multiplier: number): Promise<string> {
  const { code } = await createOffer(app, {
    definition: { rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier } }] },
  });
  const { body } = await activate(app, code, player);
  // Bets count from the instant of the grant on.
  clock = Math.max(clock, Date.now()) + 1;
  return body.grants[0].id;
}

type Line = { kind: string; change: number; balance: number };
async function statementOf(grantId: string): Promise<(string | number)[][]> {
  const { body } = await app.request('GET', `/v1/ledger/transactions?grantId=${grantId}`);
  return body.items.map(({ kind, change, balance }: Line) => [kind, change, balance]);
}

it('the statement of a bonus that was played through ends at nothing', async () => {
  const grantId = await bonusFor('ann', 200);
  await bet('ann', 'a1', 400, 0);
  await bet('ann', 'a2', 600, 900);
  await bet('ann', 'a3', 900, 1_500);
  await bet('ann', 'a4', 100, 0);
  expect(await statementOf(grantId)).toEqual([
    ['converted', -1_400, 0],
    ['stake', -100, 1_400],
    ['win', 1_500, 1_500],
    ['stake', -900, 0],
    ['win', 900, 900],
    ['stake', -600, 0],
    ['stake', -400, 600],
    ['bonus_granted', 1_000, 1_000],
  ]);
  expect(await grantsOf(app, 'ann')).toMatchObject([{ status: 'completed', balance: 0 }]);
});

it('a stake of real money and of a bonus is in the statement with the part of the bonus', async () => {
  const free = await bonusFor('bob', 0);
  const grantId = await bonusFor('bob', 3_500);
  await bet('bob', 'b1', 1_500, 300);
  expect(await statementOf(grantId)).toEqual([
    ['win', 100, 600],
    ['stake', -500, 500],
    ['bonus_granted', 1_000, 1_000],
  ]);
  expect(await statementOf(free)).toEqual([
    ['converted', -1_000, 0],
    ['bonus_granted', 1_000, 1_000],
  ]);
});

it('a round that is taken back is corrected, and its bet stays as it was booked', async () => {
  const grantId = await bonusFor('cat', 3_500);
  await bet('cat', 'c1', 300, 50);
  await bet('cat', 'c2', 100, 0);
  await tell('cat', 'round.rolled_back', { roundId: 'c1' });
  const lines = await statementOf(grantId);
  expect(lines.slice(-4)).toEqual([
    ['stake', -100, 650],
    ['win', 50, 750],
    ['stake', -300, 700],
    ['bonus_granted', 1_000, 1_000],
  ]);
  expect(
    lines
      .map(([kind]) => kind)
      .slice(0, -4)
      .sort(),
  ).toEqual(['stake_corrected', 'win_corrected']);
  expect(lines[0]?.[2]).toBe(900);
  expect(await grantsOf(app, 'cat')).toMatchObject([{ status: 'active', balance: 900 }]);
});

it('a bet that comes late is booked where it is told, and the rest put right', async () => {
  const grantId = await bonusFor('dan', 3_500);
  const early = clock + 1;
  clock += 1_000;
  await bet('dan', 'd1', 900, 0);
  await bet('dan', 'd2', 50, 20, early);
  const [last] = await statementOf(grantId);
  expect(last?.[2]).toBe(70);
  expect(await grantsOf(app, 'dan')).toMatchObject([{ status: 'active', balance: 70 }]);
});
