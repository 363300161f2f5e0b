import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { activate, deposit, expectBalanced, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { bonusesOf, expectBooked, walletOf } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

/** Platforms' clocks are ahead of the database's, by up to five minutes. */

let app: TestApp;
let code: string;
beforeAll(async () => {
  app = await startTestApp();
  ({ code } = await createOffer(app));
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

let players = 0;
let player: string;
beforeEach(() => {
  player = `ahead-${++players}`;
});

const depositAt = (minutes: number, amount = 1_000) =>
  deposit(app, player, { amount, time: new Date(Date.now() + minutes * 60_000).toISOString() });

it('what comes late to a bonus that ended ahead of the clock is folded in once', async () => {
  await depositAt(4);
  const { body } = await activate(app, code, player);
  await activate(app, code, player);
  await depositAt(2);
  expect((await reverse(app, body.id)).body.cancelledGrants).toHaveLength(1);
  await depositAt(-60);
  await depositAt(3);
  await depositAt(4.5);
  expect(await walletOf(app, player)).toBe(5_000);
  expect(await bonusesOf(app, player)).toMatchObject([
    { status: 'cancelled', balance: 0 },
    { status: 'active', balance: 1_000 },
  ]);
  await expectBooked(app, player);
});
