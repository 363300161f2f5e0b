import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activate, expectBalanced } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { bonusesOf, expectBooked, moneyEvent, tell, walletOf } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
let players = 0;
let player: string;
beforeEach(() => {
  player = `undone-${++players}`;
});
afterEach(async () => {
  await expectBooked(app, player);
  await expectBalanced(app);
});

const NOW = Date.now() - 60_000;

interface Told {
  id?: string;
  amount?: number;
  currency?: string;
  index?: number;
  /** Seconds later than the deposit, or earlier. */
  after?: number;
}
const deposit = ({ id = 'd', amount = 4_000, currency = 'EUR', after = 0, index }: Told = {}) =>
  moneyEvent(
    'deposit.succeeded',
    { depositId: id, amount, currency, method: 'card', ...(index && { index }) },
    { player, time: NOW + after * 1_000, id: `deposit ${id}` },
  );
const reversal = ({ id = 'd', amount = 4_000, currency = 'EUR', after = 1 }: Told = {}) =>
  moneyEvent(
    'deposit.reversed',
    { depositId: id, amount, currency },
    { player, time: NOW + after * 1_000, id: `reversal ${id} ${amount} ${currency}` },
  );
const counted = async () => {
  const { depositCount, totalDeposits } = (await app.request('GET', `/v1/players/${player}`)).body;
  return [depositCount, totalDeposits];
};
const offerBonus = async () => {
  const { code } = await createOffer(app, {
    definition: {
      rewards: [
        {
          kind: 'deposit',
          matchBps: 10_000,
          cap: { EUR: 20_000 },
          minDeposit: { EUR: 2_000 },
          wagering: { multiplier: 100 },
        },
      ],
    },
  });
  await activate(app, code, player);
  await app.db.query(
    `update activations set created_at = now() - interval '1 hour' where player_external_id = $1`,
    [player],
  );
};

describe('a reversal that does not fit its deposit', () => {
  it.each([
    ['of another currency', { currency: 'USD' }, 'wrong_currency'],
    ['of more', { amount: 9_000 }, 'wrong_amount'],
    ['of less', { amount: 3_999 }, 'wrong_amount'],
  ])('is rejected and changes nothing: one %s', async (_, told, key) => {
    await offerBonus();
    await tell(app, deposit());
    expect(await tell(app, reversal(told))).toEqual([key]);
    expect(await walletOf(app, player)).toBe(4_000);
    expect(await counted()).toEqual([1, 4_000]);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 4_000 }]);
    expect(await tell(app, reversal())).toEqual(['accepted']);
    expect(await counted()).toEqual([0, 0]);
  });

  it.each([
    ['currency', { currency: 'USD' }, 'wrong_currency'],
    ['amount', { amount: 9_000 }, 'wrong_amount'],
  ])('and came first is believed: the deposit of another %s is rejected', async (_, told, key) => {
    await offerBonus();
    expect(await tell(app, reversal(told), deposit())).toEqual(['accepted', key]);
    expect(await counted()).toEqual([0, 0]);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'pending', balance: 0 }]);
    expect(await tell(app, deposit(told))).toEqual(['accepted']);
    expect(await walletOf(app, player, 'currency' in told ? told.currency : 'EUR')).toBe(0);
  });
});

describe('a deposit and its reversal', () => {
  it.each([
    ['when neither is counted by the platform', {}],
    ['when the platform counts', { index: 3 }],
  ])('count as nothing together in either order, %s', async (_, how) => {
    const other = () => deposit({ id: 'other', amount: 500, after: -5 });
    await tell(app, other(), deposit(how), reversal());
    const inOrder = await counted();
    player = `${player}-late`;
    await tell(app, other(), reversal(), deposit(how));
    expect(await counted()).toEqual(inOrder);
    expect(await walletOf(app, player)).toBe(500);
  });

  it('told the other way round leave the next deposit the first', async () => {
    await tell(app, reversal());
    expect(await counted()).toEqual([0, 0]);
    await tell(app, deposit());
    expect(await counted()).toEqual([0, 0]);
    await tell(app, deposit({ id: 'next', amount: 700, after: 5 }));
    expect(await counted()).toEqual([1, 700]);
  });

  it.each([
    ['deposit first', true],
    ['reversal first', false],
  ])('come to nothing when the reversal is dated before the deposit: %s', async (_, depositFirst) => {
    await offerBonus();
    await tell(app, deposit({ id: 'other', amount: 1_000, after: -20 }));
    const [made, back] = [deposit(), reversal({ after: -10 })];
    await tell(app, ...(depositFirst ? [made, back] : [back, made]));
    expect(await walletOf(app, player)).toBe(1_000);
    expect(await counted()).toEqual([1, 1_000]);
    expect((await bonusesOf(app, player)).filter(({ status }) => status === 'active')).toEqual([]);
  });
});

it('a reversal of a deposit nobody told of takes its money, and no deposit off the count', async () => {
  const body = { depositCount: 3, totalDeposits: 9_000, currency: 'EUR' };
  await app.request('PUT', `/v1/players/${player}`, { body });
  await tell(app, deposit({ amount: 1_000 }), reversal({ id: 'ancient', amount: 700 }));
  expect(await walletOf(app, player)).toBe(300);
  expect(await counted()).toEqual([4, 10_000]);
});
