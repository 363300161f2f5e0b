import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import {
  bookMovements,
  type CashbackTerms,
  cashbackCampaign,
  endPeriod,
  grantCashback,
  lastMonth,
  placeBets,
  playerWith,
  settlementsOf,
  type TestBet,
  type TestGrant,
} from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'UTC' } });
});
afterAll(() => app.close());

const { midst, last, over } = lastMonth();
const justBefore = (at: Date): Date => new Date(at.getTime() - 1);

/** A bonus that pays a tenth of any loss, from the middle of last month on. */
const begin = (bets: readonly TestBet[], terms: CashbackTerms = {}) =>
  playerWith(app, bets, { minLoss: { EUR: 0 }, periods: 12, ...terms });

const rollBack = (betId: string | undefined) =>
  app.db.query('update bets set rolled_back_at = now() where bet_id = $1', [betId]);

async function lossesOf(grant: TestGrant, periods: number): Promise<number[]> {
  return (await settlementsOf(app, grant, periods)).map(({ netLoss }) => netLoss);
}

describe('a period counts', () => {
  it('real money alone', async () => {
    const { grant } = await begin([
      { at: midst, stake: 1_000, bonusStake: 400, win: 300, bonusWin: 120 },
      { at: midst, stake: 500, bonusStake: 500, win: 90, bonusWin: 90 },
    ]);
    expect(await settlementsOf(app, grant, 1)).toMatchObject([
      { sums: { stakes: 600, wins: 180 }, netLoss: 420 },
    ]);
  });

  it('what paid for a bet, once that is known to be another', async () => {
    const { player, grant } = await begin([
      { at: midst, stake: 1_000, bonusStake: 1_000, win: 300, bonusWin: 300 },
    ]);
    expect(await lossesOf(grant, 1)).toEqual([0]);
    await app.db.query(
      `update bets set divided_again = '{"realStake": 1000, "realWin": 300}' from players p
       where p.player_id = bets.player_id and p.external_id = $1`,
      [player],
    );
    await endPeriod(app, grant);
    expect(await lossesOf(grant, 2)).toEqual([0, 700]);
  });

  it('from its first instant on and before its end', async () => {
    const { grant } = await begin([
      { at: justBefore(midst), stake: 1 },
      { at: midst, stake: 20 },
      { at: last, stake: 300 },
      { at: over, stake: 4_000 },
    ]);
    expect(await lossesOf(grant, 1)).toEqual([320]);
    await endPeriod(app, grant);
    expect(await lossesOf(grant, 2)).toEqual([320, 4_000]);
  });

  it('its own currency alone', async () => {
    const { grant } = await begin([
      { at: midst, stake: 100 },
      { at: midst, stake: 5_000, currency: 'SEK' },
    ]);
    expect(await lossesOf(grant, 1)).toEqual([100]);
  });

  it('no round that was rolled back', async () => {
    const { player, grant } = await begin([{ at: midst, stake: 100 }]);
    await lossesOf(grant, 1);
    const [bet] = await placeBets(app, player, [{ at: over, stake: 700 }]);
    await rollBack(bet);
    await endPeriod(app, grant);
    expect(await lossesOf(grant, 2)).toEqual([100, 0]);
  });
});

describe('once a period is closed', () => {
  it('what is told of it counts in the next one', async () => {
    const { player, grant } = await begin([{ at: midst, stake: 10_000 }]);
    expect(await lossesOf(grant, 1)).toEqual([10_000]);
    await placeBets(app, player, [
      { at: last, stake: 6_000, win: 1_000 },
      { at: over, stake: 300 },
    ]);
    await endPeriod(app, grant);
    expect(await settlementsOf(app, grant, 2)).toMatchObject([
      { number: 1, sums: { stakes: 10_000, wins: 0 }, amount: 1_000 },
      { number: 2, sums: { stakes: 6_300, wins: 1_000 }, netLoss: 5_300, amount: 530 },
    ]);
  });

  it('what is taken back of it is taken off the next one', async () => {
    const { player, grant } = await begin([]);
    await lossesOf(grant, 1);
    const [bet] = await placeBets(app, player, [{ at: over, stake: 5_000, win: 100 }]);
    await endPeriod(app, grant);
    await lossesOf(grant, 2);
    await rollBack(bet);
    await placeBets(app, player, [{ at: over, stake: 900 }]);
    await endPeriod(app, grant);
    expect(await settlementsOf(app, grant, 3)).toMatchObject([
      { netLoss: 0, reason: 'no_loss' },
      { netLoss: 4_900, amount: 490, state: 'paid' },
      {
        sums: { stakes: -4_100, wins: -100 },
        netLoss: -4_000,
        amount: 0,
        reason: 'no_loss',
        state: 'nothing',
      },
    ]);
  });

  it('nothing of it changes', async () => {
    const { player, grant } = await begin([{ at: midst, stake: 10_000 }]);
    const [closed] = await settlementsOf(app, grant, 1);
    await placeBets(app, player, [{ at: midst, stake: 77_000 }]);
    await endPeriod(app, grant);
    expect((await settlementsOf(app, grant, 2))[0]).toEqual(closed);
  });
});

test('a cash flow goes on from where its last period left it, with what was booked too late for that', async () => {
  const DESK = 'platform:cash';
  const REAL = 'player:real';
  const deposit = (amount: number, at: Date) => ({ kind: 'deposit', debit: DESK, credit: REAL, amount, at });
  const player = 'goes-on';
  await bookMovements(app, player, [deposit(30_000, midst)], 20_000);
  const bets = [{ at: last, stake: 12_000, win: 2_000 }];
  const terms = { basis: 'cash_flow', minLoss: { EUR: 0 }, periods: 3 } as const;
  const { grant } = await playerWith(app, bets, terms, player);
  const [closed] = await settlementsOf(app, grant, 1);
  expect(closed).toMatchObject({
    sums: { startBalance: 0, deposits: 30_000, withdrawals: 0, endBalance: 20_000 },
    netLoss: 10_000,
    amount: 1_000,
  });

  await placeBets(app, player, [{ at: last, toldAt: over, stake: 4_000 }]);
  const movements = [
    // Of a transaction that began before the end and committed after the close.
    deposit(700, last),
    deposit(5_000, over),
    { kind: 'withdrawal', debit: REAL, credit: DESK, amount: 6_000, at: over },
  ];
  await bookMovements(app, player, movements, 15_700);
  await endPeriod(app, grant);
  expect(await settlementsOf(app, grant, 2)).toMatchObject([
    closed,
    {
      sums: { startBalance: 20_000, deposits: 5_700, withdrawals: 6_000, endBalance: 15_700 },
      netLoss: 4_000,
      amount: 400,
    },
  ]);
});

test('sums that are too large to be exact stop nobody else’s', async () => {
  const huge = Number.MAX_SAFE_INTEGER;
  const { grant } = await begin([
    { at: midst, stake: huge },
    { at: midst, stake: huge },
  ]);
  const other = await begin([{ at: midst, stake: 100 }]);
  expect(await settlementsOf(app, grant, 1)).toMatchObject([
    { sums: null, netLoss: null, amount: 0, reason: 'amount_too_large', state: 'nothing' },
  ]);
  expect(await lossesOf(other.grant, 1)).toEqual([100]);
});

test('a day is as long as the clocks of its brand make it', async () => {
  await using maltese = await startTestApp({ brand: { timeZone: 'Europe/Malta' } });
  const campaignId = await cashbackCampaign(maltese, { period: 'day', periods: 3, minLoss: { EUR: 0 } });
  const at = (time: string) => new Date(time);
  await placeBets(maltese, 'anna', [
    { at: at('2024-03-30T22:59:59.999Z'), stake: 1 },
    { at: at('2024-03-30T23:00:00Z'), stake: 20 },
    { at: at('2024-03-31T21:59:59.999Z'), stake: 300 },
    { at: at('2024-03-31T22:00:00Z'), stake: 4_000 },
  ]);
  const [grant] = await grantCashback(maltese, campaignId, ['anna'], at('2024-03-30T08:00:00Z'));
  if (!grant) throw new Error('nothing was granted');
  const closed = await settlementsOf(maltese, grant, 3);
  expect(closed.map(({ from, to, netLoss }) => [from, to, netLoss])).toEqual([
    ['2024-03-30T08:00:00.000Z', '2024-03-30T23:00:00.000Z', 1],
    ['2024-03-30T23:00:00.000Z', '2024-03-31T22:00:00.000Z', 320],
    ['2024-03-31T22:00:00.000Z', '2024-04-01T22:00:00.000Z', 4_000],
  ]);
});

/** A bet that is told in one of the periods, and taken back in that one or a later one, or never. */
const toldBet = fc.record({
  happened: fc.integer({ min: midst.getTime(), max: over.getTime() + 1_000 }),
  stake: fc.integer({ min: 0, max: 10_000 }),
  win: fc.integer({ min: 0, max: 10_000 }),
  told: fc.integer({ min: 0, max: 3 }),
  takenBack: fc.option(fc.integer({ min: 0, max: 3 })),
});

test('whatever is told in whatever order, the periods add up to what was lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(toldBet, { maxLength: 12 }), async (bets) => {
      const { player, grant } = await begin([]);
      await lossesOf(grant, 1);
      const ids = new Map<(typeof bets)[number], string | undefined>();
      for (const period of [0, 1, 2, 3]) {
        for (const bet of bets.filter(({ told }) => told === period)) {
          const { happened, stake, win } = bet;
          const [id] = await placeBets(app, player, [{ at: new Date(happened), stake, win }]);
          ids.set(bet, id);
        }
        for (const bet of bets)
          if (bet.takenBack !== null && Math.max(bet.takenBack, bet.told) === period)
            await rollBack(ids.get(bet));
        await endPeriod(app, grant);
        await lossesOf(grant, period + 2);
      }
      const kept = bets.filter(({ takenBack }) => takenBack === null);
      const lost = kept.reduce((sum, { stake, win }) => sum + stake - win, 0);
      const settled = await lossesOf(grant, 5);
      expect(settled.reduce((sum, loss) => sum + loss, 0)).toBe(lost);
    }),
    { numRuns: 25 },
  );
});
