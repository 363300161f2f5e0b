import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { openDatabase } from '../../platform/db.ts';
import { activate, eventsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { betEvent, bonusesOf, expectBooked, tell, walletOf } from '../../testing/money.ts';
import { freshSetAside } from '../../testing/set-aside.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { expireDue } from './expiry.ts';

/** Two servers on one database. */
let app: TestApp;
let urls: string[];
let stop: () => Promise<void>;
beforeAll(async () => {
  app = await startTestApp();
  const db = openDatabase(app.databaseUrl, { poolSize: 10, onIdleError() {} });
  const second = await createApp(app.config, db);
  urls = [app.url, await second.listen()];
  stop = async () => {
    await second.close();
    await db.close();
  };
});
afterAll(async () => {
  await stop();
  await app.close();
});

let players = 0;
let player: string;
beforeEach(() => {
  player = `race-${++players}`;
});

/** A bonus of 20.00 of the player that began an hour ago. */
async function bonus(
  wagering: Record<string, unknown> = {},
): Promise<{ grantId: string; campaignId: string; began: number }> {
  const reward = {
    kind: 'bonus_balance',
    amount: { EUR: 2_000 },
    wagering: { multiplier: 100, ...wagering },
  } as const;
  const { code, campaignId } = await createOffer(app, { definition: { rewards: [reward] } });
  const grantId = (await activate(app, code, player)).body.grants[0].id;
  const began = Date.now() - 3_600_000;
  await app.db.query('update grants set granted_at = $2 where grant_id = $1', [grantId, new Date(began)]);
  return { grantId, campaignId, began };
}

/** Sends events to one of the servers. */
async function tellTo(nth: number, ...events: unknown[]): Promise<string[]> {
  const response = await fetch(`${urls[nth % urls.length]}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.ownerKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  expect(response.status).toBe(200);
  const { results } = (await response.json()) as { results: { status: string; reason?: { key: string } }[] };
  return results.map((result) => result.reason?.key ?? result.status);
}

const timesOf = async (campaignId: string, type: string): Promise<number> =>
  (await eventsOf(app, campaignId)).filter((event) => event.type === type).length;

describe('of one player, at two servers at once', () => {
  it('the same bets in overlapping calls count once each', async () => {
    const { began } = await bonus({ multiplier: 100_000 });
    const bets = Array.from({ length: 60 }, (_, n) =>
      betEvent({
        id: `${player}-${n}`,
        player,
        stake: 10,
        win: n % 2 === 0 ? 20 : 0,
        time: began + n * 1_000,
      }),
    );
    const calls = Array.from({ length: 12 }, (_, n) =>
      bets.slice(n * 4, n * 4 + 16).toSorted(() => (n % 2 ? 1 : -1)),
    );
    const answers = await Promise.all(calls.map((call, n) => tellTo(n, ...call)));
    expect(answers.flat().filter((answer) => answer === 'accepted')).toHaveLength(60);
    expect(new Set(answers.flat())).toEqual(new Set(['accepted', 'duplicate']));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 2_000, wagered: 600 }]);
    await expectBooked(app, player);
  });

  it('one bet with different contents is one bet', async () => {
    const { began } = await bonus();
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        tellTo(n, betEvent({ id, player, stake: 100 + n, time: began + 1_000 })),
      ),
    );
    expect(answers.flat().sort()).toEqual(['accepted', ...Array(9).fill('conflict')]);
    await expectBooked(app, player);
  });

  it('a cancellation against the bet that completes the bonus: one of the two', async () => {
    for (let round = 0; round < 10; round++) {
      player = `race-cancel-${round}`;
      const { grantId, campaignId, began } = await bonus();
      const cancel = () => app.request('POST', `/v1/grants/${grantId}/cancel`, { body: { reason: 'test' } });
      const play = () => tellTo(1, betEvent({ player, stake: 2_000, win: 1_500, time: began + 1_000 }));
      await Promise.all(round % 2 === 0 ? [cancel(), play()] : [play(), cancel()]);
      const [after] = await bonusesOf(app, player);
      expect(['completed', 'cancelled']).toContain(after?.status);
      const ends = ['bonus.converted', 'bonus.cancelled'].map((type) => timesOf(campaignId, type));
      expect((await Promise.all(ends)).reduce((sum, count) => sum + count, 0)).toBe(1);
      if (after?.status === 'completed') expect(await walletOf(app, player)).toBe(1_500);
      await expectBooked(app, player);
    }
  });

  it('its expiry against a bet: it expires once, at its instant', async () => {
    for (let round = 0; round < 10; round++) {
      player = `race-expiry-${round}`;
      const { grantId, campaignId, began } = await bonus();
      await app.db.query('update grants set expires_at = $2 where grant_id = $1', [
        grantId,
        new Date(began + 60_000),
      ]);
      const bets = [1_000, 90_000].map((after) => betEvent({ player, stake: 500, time: began + after }));
      await Promise.all([
        tellTo(0, ...bets),
        expireDue(app.db, freshSetAside()),
        expireDue(app.db, freshSetAside()),
        tellTo(1, ...bets),
      ]);
      expect(await bonusesOf(app, player)).toMatchObject([{ status: 'expired', balance: 0 }]);
      expect(await timesOf(campaignId, 'bonus.expired')).toBe(1);
      await expectBooked(app, player);
    }
  });
});

it('many players in overlapping calls of many bets', async () => {
  const reward = {
    kind: 'bonus_balance',
    amount: { EUR: 100_000 },
    wagering: { multiplier: 1_000 },
  } as const;
  const { code } = await createOffer(app, { definition: { rewards: [reward] } });
  const names = Array.from({ length: 30 }, (_, n) => `race-many-${n}`);
  await Promise.all(names.map((name) => activate(app, code, name)));
  const from = Date.now();
  const bets = names.flatMap((name, p) =>
    Array.from({ length: 20 }, (_, n) =>
      betEvent({
        id: `${name}-${n}`,
        player: name,
        stake: 100 * (n + 1),
        win: p * n,
        time: from + 1_000 + n,
      }),
    ),
  );
  const calls = Array.from({ length: 16 }, (_, n) =>
    bets
      .filter((_bet, i) => (i * 7 + n) % 4 !== 0)
      .toSorted((a, b) => (`${a.id}${n}` < `${b.id}${n}` ? n % 2 || -1 : 1)),
  );
  await Promise.all(calls.map((call, n) => tellTo(n, ...call)));
  await tell(app, ...bets);
  for (const [p, name] of names.entries()) {
    const staked = 100 * 210;
    expect(await bonusesOf(app, name)).toMatchObject([
      { wagered: staked, balance: 100_000 - staked + p * 190 },
    ]);
    await expectBooked(app, name);
  }
});
