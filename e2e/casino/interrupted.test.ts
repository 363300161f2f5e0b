import { randomUUID } from 'node:crypto';
import { NoAnswerError } from '@promosmith/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { SLOT } from '../../apps/casino/src/games/rounds.ts';
import type { RunningCasino } from '../../apps/casino/src/start.ts';
import { expectBalanced } from '../support/balanced.ts';
import { type CasinoWorld, startCasinoWorld } from '../support/casino.ts';
import { type Line, layLine } from '../support/line.ts';

// What becomes of money when the line between the casino and the server breaks at the worst moment.

vi.setConfig({ testTimeout: 120_000 });

let world: CasinoWorld;
let line: Line;
let casino: RunningCasino['casino'];
beforeAll(async () => {
  world = await startCasinoWorld(async (url) => {
    line = await layLine(url);
    return line.url;
  });
  casino = world.casino.casino;
}, 120_000);
afterAll(async () => {
  await world?.close();
  await line?.close();
});

/** Somebody with 20 euros. */
async function aPlayer(): Promise<string> {
  const data = { email: `${randomUUID()}@example.com`, name: 'Cleo', country: 'DE', birthDate: '1990-01-01' };
  const player = await casino.players.register({ ...data, password: 'not needed here' }, () => undefined);
  if (!player) throw new Error('nobody was registered');
  await casino.cashier.deposit(
    { paymentId: randomUUID(), player: player.playerId, amount: 2_000, method: 'card' },
    undefined,
  );
  return player.playerId;
}

const realOf = async (player: string): Promise<number> =>
  (await world.api('GET', `/v1/wallet/players/${player}/balance`)).real;

const play = (player: string, roundId: string, win: number) =>
  casino.rounds.play({
    ...{ roundId, player, game: SLOT, stake: 500 },
    draw: () => 'what fell',
    winOf: () => win,
  });

/** Rounds and payments are looked after once they are older than any call. */
const later = () =>
  casino.store.run(
    `update rounds set created_at = '2020-01-01T00:00:00.000Z' where state in ('drawn', 'staked')`,
  );

test('a deposit made while the server cannot be reached arrives later, once, with its code', async () => {
  const player = await aPlayer();
  const payment = { paymentId: randomUUID(), player, amount: 1_000, method: 'card' } as const;
  line.state = 'cut';
  await casino.cashier.deposit(payment, 'TOPUP50');
  expect(casino.cashier.answerTo(player, payment.paymentId)).toBeUndefined();
  line.state = 'deaf';
  await casino.cashier.deposit(payment, 'TOPUP50');
  expect(casino.cashier.answerTo(player, payment.paymentId)).toBeUndefined();
  line.state = 'up';
  await casino.catchUp();
  expect(casino.cashier.answerTo(player, payment.paymentId)).toMatchObject({ code: { outcome: 'accepted' } });
  expect(await world.api('GET', `/v1/wallet/players/${player}/balance`)).toMatchObject({
    real: 3_000,
    bonus: 500,
  });
});

test('a stake whose answer was lost is taken back', async () => {
  const player = await aPlayer();
  const roundId = randomUUID();
  line.deafTo = '/v1/wallet/bets';
  await expect(play(player, roundId, 900)).rejects.toThrow(NoAnswerError);
  line.deafTo = undefined;
  expect(await realOf(player)).toBe(1_500);
  expect(casino.rounds.find(player, SLOT, roundId)).toMatchObject({ ok: true, round: { played: undefined } });
  later();
  await casino.catchUp();
  expect(casino.rounds.find(player, SLOT, roundId)).toMatchObject({ ok: false });
  expect(await realOf(player)).toBe(2_000);
  // Asked for again, the round is what it was: over.
  expect(await play(player, roundId, 900)).toMatchObject({ ok: false });
  expect(await realOf(player)).toBe(2_000);
});

test('a win whose answer was lost is paid once', async () => {
  const player = await aPlayer();
  const roundId = randomUUID();
  line.deafTo = '/v1/wallet/wins';
  await expect(play(player, roundId, 900)).rejects.toThrow(NoAnswerError);
  line.deafTo = undefined;
  expect(await realOf(player)).toBe(2_400);
  later();
  await casino.catchUp();
  expect(await realOf(player)).toBe(2_400);
  expect(casino.rounds.find(player, SLOT, roundId)).toMatchObject({ ok: true, round: { win: 900 } });
});

test('a round that is asked for ten times at once is played once', async () => {
  const player = await aPlayer();
  const roundId = randomUUID();
  await Promise.all(Array.from({ length: 10 }, () => play(player, roundId, 0)));
  expect(await realOf(player)).toBe(1_500);
});

test('a withdrawal whose answer was lost is asked for again', async () => {
  const player = await aPlayer();
  const payment = { paymentId: randomUUID(), player, amount: 700, method: 'bank' } as const;
  line.state = 'deaf';
  await expect(casino.cashier.withdraw(payment)).rejects.toThrow(NoAnswerError);
  line.state = 'up';
  expect(casino.cashier.find(player, payment.paymentId)?.state).toBe('asked');
  await casino.catchUp();
  expect(casino.cashier.find(player, payment.paymentId)?.state).toBe('requested');
  expect(await realOf(player)).toBe(1_300);
});

test('after all that the books are balanced', async () => {
  await expectBalanced(world.db);
});
