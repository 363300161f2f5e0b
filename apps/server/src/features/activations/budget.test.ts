import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { activate, deposit, eventCounts, eventsOf, expectBalanced, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

/** Bonuses of 10.00 out of a budget. */
const offer = (budget: number) => createOffer(app, { definition: { budget: { EUR: budget } } });
const thresholds = async (campaignId: string): Promise<number[]> =>
  (await eventsOf(app, campaignId))
    .filter(({ type }) => type === 'budget.threshold_crossed')
    .map(({ data }) => data.shareBps);
const statusOf = async (campaignId: string) =>
  (await app.db.query('select status, pause_reason from campaigns where campaign_id = $1', [campaignId]))
    .rows[0];

it('tells of each threshold when it is crossed, once', async () => {
  const { code, campaignId } = await offer(10_000);
  const seen: number[][] = [];
  for (let n = 1; n <= 10; n++) {
    expect((await activate(app, code, `threshold-${n}`)).status).toBe(201);
    seen.push(await thresholds(campaignId));
  }
  expect(seen[3]).toEqual([]);
  expect(seen[4]).toEqual([5_000]);
  expect(seen[6]).toEqual([5_000]);
  expect(seen[7]).toEqual([5_000, 8_000]);
  expect(seen[9]).toEqual([5_000, 8_000, 10_000]);
  const [first] = await eventsOf(app, campaignId).then((all) =>
    all.filter(({ type }) => type === 'budget.threshold_crossed'),
  );
  expect(first?.data).toMatchObject({ campaignId, shareBps: 5_000, committed: 5_000, budget: 10_000 });
});

it('tells of each threshold once when many cross it together', async () => {
  const { code, campaignId } = await offer(20_000);
  const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => activate(app, code, `crowd-${n}`)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
  expect((await thresholds(campaignId)).sort((a, b) => a - b)).toEqual([5_000, 8_000, 10_000]);
  expect((await eventCounts(app, campaignId))['campaign.paused']).toBe(1);
});

it('pauses the campaign when less is left than one bonus takes', async () => {
  const { code, campaignId } = await offer(2_500);
  await activate(app, code, 'pause-1');
  expect(await statusOf(campaignId)).toEqual({ status: 'active', pause_reason: null });
  await activate(app, code, 'pause-2');
  expect(await statusOf(campaignId)).toMatchObject({ status: 'paused' });
  expect((await activate(app, code, 'pause-3')).body.key).toBe('campaign_not_active');
  const paused = (await eventsOf(app, campaignId)).filter(({ type }) => type === 'campaign.paused');
  expect(paused).toMatchObject([{ data: { campaignId } }]);
});

it('does not pause for money that is only reserved, but when it is spent', async () => {
  const { code, campaignId } = await createOffer(app, {
    definition: {
      budget: { EUR: 20_000 },
      rewards: [
        {
          kind: 'deposit',
          matchBps: 10_000,
          cap: { EUR: 20_000 },
          minDeposit: { EUR: 1 },
          wagering: { multiplier: 0 },
        },
      ],
    },
  });
  await activate(app, code, 'reserved');
  expect((await activate(app, code, 'refused')).body.key).toBe('budget_exceeded');
  expect(await statusOf(campaignId)).toMatchObject({ status: 'active' });
  await deposit(app, 'reserved', { amount: 1 });
  expect(await statusOf(campaignId)).toMatchObject({ status: 'paused' });
});

it('given back and taken again is a crossing again', async () => {
  const { code, campaignId } = await offer(3_000);
  const { body } = await activate(app, code, 'again-1');
  const second = await activate(app, code, 'again-2');
  await reverse(app, body.id);
  expect(await thresholds(campaignId)).toEqual([5_000]);
  expect((await activate(app, code, 'again-3')).status).toBe(201);
  expect(second.status).toBe(201);
  expect(await thresholds(campaignId)).toEqual([5_000, 5_000]);
});
