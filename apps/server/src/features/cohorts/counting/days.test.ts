import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../app.ts';
import { openDatabase } from '../../../platform/db.ts';
import { activate } from '../../../testing/actions.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { betEvent, moneyEvent, tell } from '../../../testing/money.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { daysOf, daysOfRows, sumUpAll } from '../testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function expectRight(of: TestApp = app): Promise<string[]> {
  await sumUpAll(of);
  const days = await daysOf(of.db, of.brand.brandId);
  expect(days).toEqual(await daysOfRows(of.db, of.brand.brandId));
  return days;
}

/** A bonus that one stake plays through. */
const EASY = { kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 100 } } as const;

describe('days of players', () => {
  it('have bets, deposits that stand, withdrawals that were paid, and what bonuses cost', async () => {
    const { code } = await createOffer(app, { definition: { rewards: [EASY] } });
    const now = Date.now();
    await tell(
      app,
      moneyEvent(
        'deposit.succeeded',
        { depositId: 'd1', amount: 5_000, currency: 'EUR', method: 'card' },
        { player: 'anna', time: now - 1_000 },
      ),
    );
    await tell(
      app,
      moneyEvent(
        'deposit.succeeded',
        { depositId: 'd2', amount: 700, currency: 'EUR', method: 'card' },
        { player: 'anna', time: now - 900 },
      ),
    );
    await tell(
      app,
      moneyEvent(
        'deposit.reversed',
        { depositId: 'd2', amount: 700, currency: 'EUR' },
        { player: 'anna', time: now - 800 },
      ),
    );
    expect((await activate(app, code, 'anna')).status).toBe(201);
    await tell(app, betEvent({ player: 'anna', stake: 5_500, win: 300, time: Date.now() }));
    await tell(
      app,
      moneyEvent(
        'withdrawal.requested',
        { withdrawalId: 'w1', amount: 100, currency: 'EUR' },
        { player: 'anna' },
      ),
    );
    await tell(
      app,
      moneyEvent('withdrawal.paid', { withdrawalId: 'w1', amount: 100, currency: 'EUR' }, { player: 'anna' }),
    );
    await expectRight();
    const { rows } = await app.db.query(
      `select bets, staked, bonus_staked, won, deposits, deposited, withdrawn, bonus_cost from player_days
       join players using (player_id) where external_id = 'anna'`,
    );
    expect(rows).toEqual([
      {
        ...{ bets: 1, staked: 5_500, bonus_staked: 500, won: 300, deposits: 1, deposited: 5_000 },
        ...{ withdrawn: 100, bonus_cost: expect.any(Number) },
      },
    ]);
    expect(Number(rows[0]?.bonus_cost)).toBeGreaterThan(0);
  });

  it('are right after what comes late, twice, in another currency, or is taken back', {
    timeout: 120_000,
  }, async () => {
    const { code } = await createOffer(app, { definition: { rewards: [EASY] } });
    const step = fc.record({
      player: fc.constantFrom('p1', 'p2', 'p3'),
      what: fc.constantFrom('bet', 'bet', 'bet', 'deposit', 'reversal', 'rollback', 'again', 'code', 'sum'),
      ago: fc.integer({ min: 0, max: 5 * DAY_MS }),
      amount: fc.integer({ min: 1, max: 2_000 }),
      nth: fc.integer({ min: 0, max: 5 }),
      currency: fc.constantFrom('EUR', 'EUR', 'USD'),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        run++;
        for (const { player, what, ago, amount, nth, currency } of steps) {
          const time = Date.now() - ago;
          const name = `${player}-${run}`;
          const bet = betEvent({
            id: `b${run}-${nth}`,
            round: `r${run}-${nth % 3}`,
            player: name,
            stake: amount,
            win: nth * 100,
            currency,
            time,
          });
          const depositId = `d${run}-${nth}`;
          if (what === 'bet') await tell(app, bet);
          else if (what === 'again') await tell(app, bet, bet);
          else if (what === 'rollback')
            await tell(
              app,
              moneyEvent('round.rolled_back', { roundId: `r${run}-${nth % 3}` }, { player: name }),
            );
          else if (what === 'deposit')
            await tell(
              app,
              moneyEvent(
                'deposit.succeeded',
                { depositId, amount, currency, method: 'card' },
                { player: name, time },
              ),
            );
          else if (what === 'reversal')
            await tell(
              app,
              moneyEvent('deposit.reversed', { depositId, amount, currency }, { player: name, time }),
            );
          else if (what === 'code') await activate(app, code, name);
          else await app.cohorts.count();
        }
        await expectRight();
      }),
      { numRuns: 40 },
    );
  });

  it('are those of the brand’s clock, also when it is set to another zone', async () => {
    await tell(app, betEvent({ player: 'zoe', stake: 10, time: Date.now() - HOUR_MS }));
    const before = await expectRight();
    await app.db.query(`update brands set time_zone = 'Pacific/Kiritimati' where brand_id = $1`, [
      app.brand.brandId,
    ]);
    const after = await expectRight();
    expect(after).not.toEqual(before);
    await app.db.query(`update brands set time_zone = 'Europe/Malta' where brand_id = $1`, [
      app.brand.brandId,
    ]);
    await expectRight();
  });

  it('made anew are the same', async () => {
    const before = await expectRight();
    await app.db.query('update player_days set staked = staked + 1');
    await app.db.query(
      `insert into player_days select player_id, day, 'XYZ', brand_id, 1, 1, 0, 0, 0, 0, 0, 0 from player_days where currency = 'EUR'`,
    );
    await app.cohorts.recount(app.brand.brandId);
    await sumUpAll(app);
    expect(await daysOf(app.db, app.brand.brandId)).toEqual(before);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['anew', () => app.cohorts.recount(app.brand.brandId)],
    ['by another clock', () => setTimeZone('America/New_York')],
  ])('are made %s while others hold every wallet', { timeout: 20_000 }, async (_, anew) => {
    for (const player of ['vera', 'will']) await tell(app, betEvent({ player, stake: 10 }));
    const before = await expectRight();
    await app.db.query('update player_days set staked = staked + 1');
    const playing = await app.db.pool.connect();
    try {
      await playing.query('begin; select from wallets for update');
      await anew();
      await expectRight();
    } finally {
      await playing.query('rollback');
      playing.release();
      await setTimeZone('Europe/Malta');
    }
    expect(await expectRight()).toEqual(before);
  });

  it('made anew have what is told meanwhile', async () => {
    const players = Array.from({ length: 450 }, (_, n) => `meanwhile-${n}`);
    await tell(app, ...players.map((player) => betEvent({ player, stake: 10 })));
    await expectRight();
    await app.cohorts.recount(app.brand.brandId);
    for (let step = 0; await app.cohorts.count(); step++)
      await tell(app, ...players.slice(0, 40).map((player) => betEvent({ player, stake: step })));
    await expectRight();
    const { rows } = await app.db.query('select from wallets where days_stale_since is not null');
    expect(rows).toEqual([]);
  });
});

async function setTimeZone(timeZone: string): Promise<void> {
  await app.db.query('update brands set time_zone = $2 where brand_id = $1', [app.brand.brandId, timeZone]);
}

it('nothing is missed that happens while several servers sum up', { timeout: 60_000 }, async () => {
  await using other = await anotherServer(app);
  let playing = true;
  const summing = Promise.all(
    [app.cohorts, other.cohorts].map(async (cohorts) => {
      while (playing) await cohorts.count();
    }),
  );
  await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      for (let bet = 0; bet < 15; bet++)
        await tell(
          app,
          betEvent({
            player: `racer-${n % 4}`,
            stake: 10 + bet,
            win: bet,
            time: Date.now() - bet * HOUR_MS * 7,
          }),
        );
    }),
  );
  playing = false;
  await summing;
  await expectRight();
});

it('a first activation is the earliest, whatever is told first', async () => {
  const { code, campaignId } = await createOffer(app);
  for (const _ of ['once', 'again']) expect((await activate(app, code, 'ivy')).status).toBe(201);
  await sumUpAll(app);
  const { rows } = await app.db.query<{ isFirst: boolean }>(
    `select f.at = (select min(created_at) from activations a where a.player_id = f.player_id) as "isFirst"
     from first_activations f where campaign_id = $1`,
    [campaignId],
  );
  expect(rows).toHaveLength(1);
});

/** On a pool of its own. */
async function anotherServer({ config, databaseUrl }: TestApp) {
  const db = openDatabase(databaseUrl, { poolSize: 5, onIdleError() {} });
  const { cohorts, close } = await createApp(config, db);
  return {
    cohorts,
    async [Symbol.asyncDispose]() {
      await close();
      await db.close();
    },
  };
}
