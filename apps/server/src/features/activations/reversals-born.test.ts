import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { activate, eventsOf, expectBalanced, grantsOf, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { betEvent, expectBooked, moneyEvent, tell, walletOf } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import {
  connectProvider,
  expectSpins,
  type FakeProvider,
  issuedSpins,
  type Spinning,
  twentySpins,
} from '../freespins/testing.ts';

let app: TestApp;
let provider: FakeProvider;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  provider = await connectProvider(app, 'hmac256');
});
afterAll(async () => {
  await app.close();
  await provider[Symbol.asyncDispose]();
});
afterEach(() => expectBalanced(app));

const TEN = { EUR: 10_000 };
const order = (reward: Record<string, unknown> = {}) =>
  issuedSpins(app, provider, {
    reward: { winCap: TEN, ...reward },
    definition: { budget: { EUR: 100_000 } },
  });

/** The provider tells that they are played, with 13.40 won. */
const playOut = ({ grantId, player }: Spinning) => provider.tell({ grantId, player, won: 1_340, played: 20 });

/** The same, and it is paid. */
async function won(reward: Record<string, unknown> = {}): Promise<Spinning> {
  const spins = await order(reward);
  await playOut(spins);
  await expectSpins(app, spins, { state: 'finished', credited: 1_340 });
  return spins;
}

async function reverseOf({ grantId }: Spinning) {
  const { rows } = await app.db.query<{ activation_id: string }>(
    'select activation_id from grants where grant_id = $1',
    [grantId],
  );
  const { status, body } = await reverse(app, rows[0]?.activation_id ?? '');
  expect(status).toBe(200);
  return body;
}

async function budgetOf({ campaignId }: Spinning) {
  const { rows } = await app.db.query<{ used: number; reserved: number }>(
    `select used, reserved from counters where counter_key = $1 || ':b:EUR'`,
    [campaignId],
  );
  return rows[0];
}

describe('the bonus that holds winnings of free spins', () => {
  it('is taken back with their activation, and what is left of it goes back to the budget', async () => {
    const spins = await won();
    const [bonus] = await grantsOf(app, spins.player);
    await tell(app, betEvent({ player: spins.player, stake: 340 }));
    await expect.poll(() => budgetOf(spins)).toEqual({ used: 1_340, reserved: 0 });

    const answer = await reverseOf(spins);
    expect(answer).toMatchObject({ outcome: 'reversed', cancelledGrants: [bonus.id] });
    expect(await grantsOf(app, spins.player)).toMatchObject([
      { id: bonus.id, status: 'cancelled', balance: 0 },
      { id: spins.grantId, status: 'completed' },
    ]);
    await expect.poll(() => budgetOf(spins)).toEqual({ used: 340, reserved: 0 });
    const reversed = (await eventsOf(app, spins.campaignId)).filter(({ type }) => type === 'bonus.reversed');
    expect(reversed).toMatchObject([{ data: { grantId: bonus.id, amount: 1_000, reason: 'test' } }]);
    await expectBooked(app, spins.player);
    expect(await reverseOf(spins)).toEqual(answer);
  });

  it('is taken back, and what comes of another bonus by that is told', async () => {
    const spins = await won();
    const other = await createOffer(app);
    const { body } = await activate(app, other.code, spins.player);
    await app.db.query('update grants set expires_at = now() where grant_id = $1', [body.grants[0].id]);
    await reverseOf(spins);
    const told = async (campaignId: string, type: string) =>
      (await eventsOf(app, campaignId)).filter((event) => event.type === type).length;
    expect(await told(other.campaignId, 'bonus.expired')).toBe(1);
    expect(await told(spins.campaignId, 'bonus.reversed')).toBe(1);
    await expectBooked(app, spins.player);
  });

  it('does not come back with a round that is rolled back later', async () => {
    const spins = await won();
    const bet = betEvent({ player: spins.player, stake: 1_340 });
    await tell(app, bet);
    expect(await grantsOf(app, spins.player)).toMatchObject([{ status: 'lost' }, {}]);
    await reverseOf(spins);
    const rollback = moneyEvent('round.rolled_back', { roundId: bet.data.roundId }, { player: spins.player });
    expect(await tell(app, rollback)).toEqual(['accepted']);
    expect(await grantsOf(app, spins.player)).toMatchObject([{ balance: 0 }, {}]);
    expect((await grantsOf(app, spins.player))[0].status).not.toBe('active');
    await expectBooked(app, spins.player);
  });

  it.each([
    ['converted', { wagering: { multiplier: 0, base: 'winnings' } }],
    ['paid as cash', { winnings: 'cash', wagering: undefined }],
  ])('stays the player’s own where it was %s, and the campaign has paid for it', async (_, reward) => {
    const spins = await won(reward);
    await expect.poll(() => walletOf(app, spins.player), { timeout: 10_000 }).toBe(1_340);
    expect((await reverseOf(spins)).cancelledGrants).toEqual([]);
    expect(await walletOf(app, spins.player)).toBe(1_340);
    await expect.poll(() => budgetOf(spins)).toEqual({ used: 1_340, reserved: 0 });
    await expectBooked(app, spins.player);
  });

  it('is taken back, or never issued, when the spins end at the same moment', async () => {
    const games = await Promise.all(Array.from({ length: 12 }, () => order()));
    await Promise.all(games.flatMap((spins) => [playOut(spins), reverseOf(spins)]));
    for (const spins of games) {
      await expect
        .poll(async () => (await grantsOf(app, spins.player)).map(({ status }) => status), {
          timeout: 20_000,
        })
        .not.toContain('active');
      await expect.poll(() => budgetOf(spins)).toEqual({ used: 0, reserved: 0 });
    }
  });
});

describe('winnings of spins that a deposit earned', () => {
  /** A deposit of 50.00 earns as much again and the spins, which are played. */
  async function deposited(reward: Record<string, unknown> = {}): Promise<Spinning> {
    const player = `born-${randomUUID()}`;
    const cap = { EUR: 20_000 };
    const matched = { kind: 'deposit' as const, matchBps: 10_000, cap, minDeposit: { EUR: 2_000 } };
    const { code, campaignId } = await createOffer(app, {
      definition: {
        rewards: [
          { ...matched, wagering: { multiplier: 3_500 } },
          twentySpins(provider.name, { winCap: TEN, ...reward }),
        ],
        budget: { EUR: 100_000 },
      },
    });
    await activate(app, code, player);
    const money = { depositId: player, amount: 5_000, currency: 'EUR' };
    expect(
      await tell(app, moneyEvent('deposit.succeeded', { ...money, method: 'card' }, { player })),
    ).toEqual(['accepted']);
    const grants = await grantsOf(app, player);
    const spins = { campaignId, player, grantId: grants.find(({ kind }) => kind === 'free_spins').id };
    await expectSpins(app, spins, { state: 'issued' });
    await playOut(spins);
    await expectSpins(app, spins, { state: 'finished', credited: 1_340 });
    return spins;
  }
  const reversal = ({ player }: Spinning) =>
    moneyEvent('deposit.reversed', { depositId: player, amount: 5_000, currency: 'EUR' }, { player });
  const casesOf = async ({ player }: Spinning) =>
    (await app.request('GET', `/v1/adjustments?player=${player}`)).body.items;

  it('are taken back with it', async () => {
    const spins = await deposited();
    expect(await tell(app, reversal(spins))).toEqual(['accepted']);
    const statuses = (await grantsOf(app, spins.player)).map(({ kind, status }) => `${kind} ${status}`);
    expect(statuses.sort()).toEqual(['bonus_balance cancelled', 'deposit cancelled', 'free_spins completed']);
    await expect.poll(() => budgetOf(spins)).toEqual({ used: 0, reserved: 0 });
    expect(await casesOf(spins)).toEqual([]);
    await expectBooked(app, spins.player);
  });

  it.each([
    ['converted', { wagering: { multiplier: 0, base: 'winnings' } }],
    ['paid as cash', { winnings: 'cash', wagering: undefined }],
  ])('are a case for a person where they were %s', async (_, reward) => {
    const spins = await deposited(reward);
    await expect.poll(() => walletOf(app, spins.player), { timeout: 10_000 }).toBe(6_340);
    expect(await tell(app, reversal(spins))).toEqual(['accepted']);
    expect(await walletOf(app, spins.player)).toBe(1_340);
    expect(await casesOf(spins)).toMatchObject([{ kind: 'deposit_reversed', amount: 1_340 }]);
    await expect.poll(() => budgetOf(spins)).toEqual({ used: 1_340, reserved: 0 });
    await expectBooked(app, spins.player);
  });
});
