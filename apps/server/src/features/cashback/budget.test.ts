import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { activate, deposit, expectBalanced, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { poison } from '../../testing/poison.ts';
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

const budgetOf = async (campaignId: string): Promise<{ used: number; reserved: number } | undefined> => {
  const { rows } = await app.db.query<{ used: number; reserved: number }>(
    `select used, reserved from counters where counter_key = $1 || ':b:EUR'`,
    [campaignId],
  );
  return rows[0];
};

const statusOf = async (campaignId: string): Promise<string> =>
  (await app.request('GET', `/v1/campaigns/${campaignId}`)).body.status;

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
  return { grant: await backdate(player, body.grants[0].id, 35_000), activationId: body.id };
}

/** Makes cashback one of last month, and of a player who has lost so much since. */
async function backdate(player: string, grantId: string, loss: number): Promise<TestGrant> {
  await loses(player, loss);
  const { rows } = await app.db.query<TestGrant>(
    `update grants set granted_at = $2, budget_spent = null where grant_id = $1
     returning player_id as "playerId", grant_id as "grantId"`,
    [grantId, midst],
  );
  await app.db.query('delete from cashback_periods where grant_id = $1', [grantId]);
  return rows[0] as TestGrant;
}

it('reserves the cap of every period, spends what is paid, and gives back the rest once all are closed', async () => {
  const { code, campaignId } = await offer(2);
  const { grant } = await activateLastMonth(code, 'anna');
  await activate(app, code, 'ben');
  expect(await budgetOf(campaignId)).toEqual({ used: 0, reserved: 80_000 });

  await settlementsOf(app, grant, 1);
  expect(await budgetOf(campaignId)).toEqual({ used: 3_500, reserved: 76_500 });
  await endPeriod(app, grant);
  await settlementsOf(app, grant, 2);
  await expect.poll(() => budgetOf(campaignId)).toEqual({ used: 3_500, reserved: 40_000 });
});

it('does not pause the campaign for what it may cost, but for what it has cost', async () => {
  const { code, campaignId } = await offer(1);
  const players = ['gina', 'hugo', 'ines'];
  const grantIds: string[] = [];
  for (const player of players) grantIds.push((await activate(app, code, player)).body.grants[0].id);
  expect((await activate(app, code, 'jan')).body.key).toBe('budget_exceeded');
  expect(await statusOf(campaignId)).toBe('active');

  for (const [n, player] of players.entries()) {
    await settlementsOf(app, await backdate(player, grantIds[n] ?? '', 250_000), 1);
    expect(await budgetOf(campaignId)).toEqual({ used: 20_000 * (n + 1), reserved: 40_000 - 20_000 * n });
    expect(await statusOf(campaignId)).toBe(n < 2 ? 'active' : 'paused');
  }
});

it('spends what is claimed when it is claimed', async () => {
  const { code, campaignId } = await createOffer(app, {
    definition: {
      rewards: [{ ...TEN_PERCENT, period: 'month', payout: 'claim' }],
      budget: { EUR: 40_000 },
    },
  });
  const { grant } = await activateLastMonth(code, 'kim');
  const [settlement] = await settlementsOf(app, grant, 1);
  expect(await budgetOf(campaignId)).toEqual({ used: 0, reserved: 20_000 });
  expect((await app.request('POST', `/v1/cashback/${settlement.id}/claim`)).status).toBe(200);
  await expect.poll(() => budgetOf(campaignId)).toEqual({ used: 3_500, reserved: 0 });
});

it('gives back at a reversal what was not paid until then, and what is left of what was', async () => {
  const { code, campaignId } = await offer(2);
  const { grant, activationId } = await activateLastMonth(code, 'dora');
  await settlementsOf(app, grant, 1);
  expect((await reverse(app, activationId)).status).toBe(200);
  expect(await budgetOf(campaignId)).toEqual({ used: 0, reserved: 0 });
  const { rows } = await app.db.query(
    'select status, budget_reserved, budget_spent from grants where grant_id = $1',
    [grant.grantId],
  );
  expect(rows).toEqual([{ status: 'cancelled', budget_reserved: 0, budget_spent: 0 }]);
});

it('gives all of it back when staff cancel the bonus before anything was lost', async () => {
  const { code, campaignId } = await offer(2);
  const { body } = await activate(app, code, 'fred');
  const grantId = body.grants[0].id;
  const cancelled = await app.request('POST', `/v1/grants/${grantId}/cancel`, { body: { reason: 'test' } });
  expect(cancelled.status).toBe(200);
  await expect.poll(() => budgetOf(campaignId)).toEqual({ used: 0, reserved: 0 });
});

it('is reserved beside a bonus whose cost is known, and goes back with it', async () => {
  const { code, campaignId } = await createOffer(app, {
    definition: {
      rewards: [
        { kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 100 } },
        TEN_PERCENT,
      ],
      budget: { EUR: 100_000 },
    },
  });
  const { body } = await activate(app, code, 'lena');
  expect(await budgetOf(campaignId)).toEqual({ used: 1_000, reserved: 20_000 });
  expect((await reverse(app, body.id)).status).toBe(200);
  expect(await budgetOf(campaignId)).toEqual({ used: 0, reserved: 0 });
});

it('stays reserved when the deposit it waited for has come', async () => {
  const { code, campaignId } = await createOffer(app, {
    definition: {
      rewards: [
        {
          kind: 'deposit',
          matchBps: 10_000,
          cap: { EUR: 20_000 },
          minDeposit: { EUR: 2_000 },
          wagering: { multiplier: 100 },
        },
        TEN_PERCENT,
      ],
      budget: { EUR: 100_000 },
    },
  });
  await activate(app, code, 'mia');
  expect(await budgetOf(campaignId)).toEqual({ used: 0, reserved: 40_000 });
  const id = 'mia-deposit';
  await deposit(app, 'mia', { id, amount: 5_000 });
  expect(await budgetOf(campaignId)).toEqual({ used: 5_000, reserved: 20_000 });
  await expectBalanced(app);
  const reversed = {
    id: 'mia-reversed',
    type: 'deposit.reversed',
    time: new Date().toISOString(),
    player: 'mia',
    data: { depositId: id, amount: 5_000, currency: 'EUR' },
  };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [reversed] } });
  expect(body.results).toMatchObject([{ status: 'accepted' }]);
  expect(await budgetOf(campaignId)).toEqual({ used: 0, reserved: 0 });
});

it('is reserved by a person who grants it, as by an activation', async () => {
  const { campaignId } = await offer(2);
  await app.request('PUT', '/v1/players/noor', { body: { currency: 'EUR' } });
  const granted = await app.request('POST', '/v1/grants', {
    body: { player: 'noor', campaignId, rewardIndex: 0, reason: 'goodwill' },
  });
  expect(granted.status).toBe(201);
  expect(await budgetOf(campaignId)).toEqual({ used: 0, reserved: 40_000 });
  const grant = await backdate('noor', granted.body.id, 35_000);
  await settlementsOf(app, grant, 1);
  expect(await budgetOf(campaignId)).toEqual({ used: 3_500, reserved: 36_500 });
});

it('needs none where the campaign has none', async () => {
  const { code } = await createOffer(app, { definition: { rewards: [{ ...TEN_PERCENT, period: 'month' }] } });
  const { grant, activationId } = await activateLastMonth(code, 'emil');
  expect(await settlementsOf(app, grant, 1)).toMatchObject([{ amount: 3_500, state: 'paid' }]);
  expect((await reverse(app, activationId)).status).toBe(200);
});

it('goes back for all bonuses but the one it cannot, and for that once it can', async () => {
  const [bad, good] = [await offer(1), await offer(1)];
  const grantIds: string[] = [];
  for (const { code } of [bad, good]) grantIds.push((await activate(app, code, 'otto')).body.grants[0].id);
  const mend = await poison(app.db, 'counters', `new.campaign_id = '${bad.campaignId}'`);
  for (const grantId of grantIds)
    await app.request('POST', `/v1/grants/${grantId}/cancel`, { body: { reason: 'test' } });
  await expect.poll(() => budgetOf(good.campaignId)).toEqual({ used: 0, reserved: 0 });
  expect(await budgetOf(bad.campaignId)).toEqual({ used: 0, reserved: 20_000 });
  await mend();
  await expect.poll(() => budgetOf(bad.campaignId)).toEqual({ used: 0, reserved: 0 });
});
