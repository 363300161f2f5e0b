import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { activate, expectBalanced, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { endPeriod, lastMonth, settlementsOf, TEN_PERCENT, type TestGrant } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'UTC' } });
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

const { midst } = lastMonth();

/** Cashback of up to 200.00 a month, and money for three players of so many months. */
const offer = (periods: number) =>
  createOffer(app, {
    definition: {
      rewards: [{ ...TEN_PERCENT, period: 'month', periods }],
      budget: { EUR: 3 * periods * 20_000 },
    },
  });

const usedOf = async (campaignId: string): Promise<number> => {
  const { rows } = await app.db.query<{ used: number }>(
    `select used from counters where counter_key = $1 || ':b:EUR'`,
    [campaignId],
  );
  return rows[0]?.used ?? 0;
};

/** The platform tells of a bet of last month. */
async function loses(player: string, stake: number): Promise<void> {
  const bet = { betId: `${player}-bet`, roundId: 'round', game: 'book', stake, win: 0, currency: 'EUR' };
  const event = { id: bet.betId, type: 'bet.settled', time: midst.toISOString(), player, data: bet };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
  expect(body.results).toMatchObject([{ status: 'accepted' }]);
}

/** Uses the code for a player who has lost 350.00 since, as if it had been in the middle of last month. */
async function activateLastMonth(
  code: string,
  player: string,
): Promise<{ grant: TestGrant; activationId: string }> {
  const { status, body } = await activate(app, code, player);
  expect(status).toBe(201);
  await loses(player, 35_000);
  const { rows } = await app.db.query<TestGrant>(
    `update grants set granted_at = $2, budget_spent = null where grant_id = $1
     returning player_id as "playerId", grant_id as "grantId"`,
    [body.grants[0].id, midst],
  );
  await app.db.query('delete from cashback_periods where grant_id = $1', [body.grants[0].id]);
  return { grant: rows[0] as TestGrant, activationId: body.id };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}

it('takes the cap of every period from the budget, and gives back what was not paid once all are closed', async () => {
  const { code, campaignId } = await offer(2);
  const { grant } = await activateLastMonth(code, 'anna');
  await activate(app, code, 'ben');
  expect(await usedOf(campaignId)).toBe(80_000);

  await settlementsOf(app, grant, 1);
  expect(await usedOf(campaignId)).toBe(80_000);
  await endPeriod(app, grant);
  await settlementsOf(app, grant, 2);
  await until(async () => (await usedOf(campaignId)) === 43_500);
});

it('gives back at a reversal what was not paid until then', async () => {
  const { code, campaignId } = await offer(2);
  const { grant, activationId } = await activateLastMonth(code, 'dora');
  await settlementsOf(app, grant, 1);
  expect((await reverse(app, activationId)).status).toBe(200);
  expect(await usedOf(campaignId)).toBe(3_500);
  const { rows } = await app.db.query(
    'select status, budget_reserved, budget_spent from grants where grant_id = $1',
    [grant.grantId],
  );
  expect(rows).toEqual([{ status: 'cancelled', budget_reserved: 3_500, budget_spent: 3_500 }]);
});

it('gives all of it back when staff cancel the bonus before anything was lost', async () => {
  const { code, campaignId } = await offer(2);
  const { body } = await activate(app, code, 'fred');
  const grantId = body.grants[0].id;
  const cancelled = await app.request('POST', `/v1/grants/${grantId}/cancel`, { body: { reason: 'test' } });
  expect(cancelled.status).toBe(200);
  await until(async () => (await usedOf(campaignId)) === 0);
});

it('needs none where the campaign has none', async () => {
  const { code } = await createOffer(app, { definition: { rewards: [{ ...TEN_PERCENT, period: 'month' }] } });
  const { grant } = await activateLastMonth(code, 'emil');
  expect(await settlementsOf(app, grant, 1)).toMatchObject([{ amount: 3_500, state: 'paid' }]);
});
