import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { activate, deposit, eventsOf, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { poison } from '../../testing/poison.ts';
import { freshSetAside } from '../../testing/set-aside.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { lapseOverdue } from './lapse.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

const offer = () =>
  createOffer(app, {
    maxUses: 3,
    definition: {
      rewards: [
        {
          kind: 'deposit',
          matchBps: 10_000,
          cap: { EUR: 20_000 },
          minDeposit: { EUR: 2_000 },
          depositWithinSeconds: 3_600,
          wagering: { multiplier: 3_500 },
        },
      ],
      limits: [{ scope: 'player', max: 1 }],
      budget: { EUR: 60_000 },
    },
  });

/** Lets the time to deposit run out. */
const overdue = (campaignId: string) =>
  app.db.query(
    `update activations set awaiting_until = now() - interval '1 second'
     where campaign_id = $1 and outcome = 'awaiting_deposit'`,
    [campaignId],
  );
const find = async (activationId: string) =>
  (await app.request('GET', `/v1/activations/${activationId}`)).body;

it('gives the use and the budget back when the deposit did not come in time', async () => {
  const { code, campaignId } = await offer();
  const { body } = await activate(app, code, 'late');
  expect(Date.parse(body.awaitingUntil) - Date.parse(body.createdAt)).toBe(3_600_000);
  await overdue(campaignId);
  await lapseOverdue(app.db, freshSetAside());

  expect(await find(body.id)).toMatchObject({ outcome: 'lapsed', awaitingUntil: null });
  expect(await grantsOf(app, 'late')).toMatchObject([{ status: 'expired', amount: 0 }]);
  const lapsed = (await eventsOf(app, campaignId)).filter(({ type }) => type === 'activation.lapsed');
  expect(lapsed).toMatchObject([{ data: { activationId: body.id, player: 'late', codeId: body.codeId } }]);
  expect((await activate(app, code, 'late')).status).toBe(201);
});

it('happens by itself', async () => {
  const { code, campaignId } = await offer();
  const { body } = await activate(app, code, 'by-itself');
  await overdue(campaignId);
  while ((await find(body.id)).outcome === 'awaiting_deposit') await delay(50);
  expect((await find(body.id)).outcome).toBe('lapsed');
});

it('leaves what still has time', async () => {
  const { code } = await offer();
  const { body } = await activate(app, code, 'in-time');
  await lapseOverdue(app.db, freshSetAside());
  expect((await find(body.id)).outcome).toBe('awaiting_deposit');
});

it('comes before a deposit that is told too late', async () => {
  const { code, campaignId } = await offer();
  const { body } = await activate(app, code, 'told-late');
  const time = new Date().toISOString();
  await overdue(campaignId);
  await deposit(app, 'told-late', { amount: 5_000, time });
  await lapseOverdue(app.db, freshSetAside());
  expect((await find(body.id)).outcome).toBe('lapsed');
  await deposit(app, 'told-late', { amount: 5_000 });
  expect(await grantsOf(app, 'told-late')).toMatchObject([{ status: 'expired', amount: 0 }]);
});

it('ends each of many once, whoever does it', async () => {
  const offers = await Promise.all(Array.from({ length: 10 }, offer));
  for (const { code, campaignId } of offers) {
    for (const id of ['a', 'b', 'c']) expect((await activate(app, code, `many-${id}`)).status).toBe(201);
    await overdue(campaignId);
  }
  await Promise.all(Array.from({ length: 5 }, () => lapseOverdue(app.db, freshSetAside())));
  await lapseOverdue(app.db, freshSetAside());
  for (const { campaignId } of offers) {
    const types = (await eventsOf(app, campaignId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'activation.lapsed')).toHaveLength(3);
  }
});

it('leaves one alone that cannot be ended, and ends the others', async () => {
  const { code, campaignId } = await offer();
  const [bad, good] = [await activate(app, code, 'bad'), await activate(app, code, 'good')];
  const mend = await poison(
    app.db,
    'activations',
    `new.activation_id = '${bad.body.id}' and new.outcome = 'lapsed'`,
  );
  await overdue(campaignId);
  const aside = freshSetAside();
  // The server does so too, and leaves out what another one holds.
  const tried = async (by = aside) => {
    await lapseOverdue(app.db, by);
    return by.names();
  };
  await expect.poll(() => tried()).toEqual([bad.body.id]);
  await expect.poll(async () => (await find(good.body.id)).outcome).toBe('lapsed');
  expect((await find(bad.body.id)).outcome).toBe('awaiting_deposit');
  await mend();
  await tried(freshSetAside());
  await expect.poll(async () => (await find(bad.body.id)).outcome, { timeout: 20_000 }).toBe('lapsed');
});
