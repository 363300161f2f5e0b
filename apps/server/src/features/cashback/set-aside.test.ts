import { afterAll, beforeAll, expect, it } from 'vitest';
import { poison } from '../../testing/poison.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { cashbackCampaign, endPeriod, grantCashback, type TestHome } from './testing.ts';

let app: TestApp;
let other: TestHome;
beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'UTC' } });
  other = { ...app, brand: (await app.anotherBrand()).brand };
});
afterAll(() => app.close());

const DAY_MS = 86_400_000;

const statesOf = async (grantIds: readonly string[]): Promise<unknown[]> => {
  const { rows } = await app.db.query<{ grant_id: string; state: string }>(
    'select grant_id, state from cashback_periods where grant_id = any($1)',
    [grantIds],
  );
  const states = new Map(rows.map(({ grant_id, state }) => [grant_id, state]));
  return grantIds.map((grantId) => states.get(grantId));
};

it('opens the periods of all bonuses but the one it cannot, and those once it can', async () => {
  const mend = await poison(app.db, 'cashback_periods', `new.currency = 'EUR' and new.paid_as = 'cash'`);
  const since = new Date(Date.now() + DAY_MS);
  const broken = await cashbackCampaign(app, { paidAs: 'cash', wagering: undefined });
  const [first] = await grantCashback(app, broken, ['opened-1'], since);
  const bad = first?.grantId ?? '';
  const sound = await cashbackCampaign(other);
  const [second] = await grantCashback(other, sound, ['opened-2'], since);
  const good = second?.grantId ?? '';
  await expect.poll(() => statesOf([bad, good])).toEqual([undefined, 'open']);
  await mend();
  await expect.poll(() => statesOf([bad])).toEqual(['open']);
});

it('closes all periods but the one it cannot, and that once it can', async () => {
  const since = new Date(Date.now() + DAY_MS);
  const own = await grantCashback(app, await cashbackCampaign(app), ['closed-1', 'closed-2'], since);
  const others = await grantCashback(other, await cashbackCampaign(other), ['closed-3'], since);
  const grantIds = [...own, ...others].map(({ grantId }) => grantId);
  await expect.poll(() => statesOf(grantIds)).toEqual(['open', 'open', 'open']);

  const mend = await poison(
    app.db,
    'cashback_periods',
    `new.grant_id = '${grantIds[0]}' and new.state <> 'open'`,
  );
  for (const grant of [...own, ...others]) await endPeriod(app, grant);
  await expect.poll(() => statesOf(grantIds)).toEqual(['open', 'nothing', 'nothing']);
  await mend();
  await expect.poll(() => statesOf(grantIds)).toEqual(['nothing', 'nothing', 'nothing']);
});

it('lets all claims lapse but the one it cannot, and that once it can', async () => {
  const since = new Date(Date.now() + DAY_MS);
  const own = await grantCashback(app, await cashbackCampaign(app), ['lapsed-1'], since);
  const others = await grantCashback(other, await cashbackCampaign(other), ['lapsed-2'], since);
  const grantIds = [...own, ...others].map(({ grantId }) => grantId);
  await expect.poll(() => statesOf(grantIds)).toEqual(['open', 'open']);

  const mend = await poison(
    app.db,
    'cashback_periods',
    `new.grant_id = '${grantIds[0]}' and new.state = 'lapsed'`,
  );
  await app.db.query(
    `update cashback_periods set state = 'claimable', settlement_id = gen_random_uuid(), closed_at = now(),
       claim_until = now() where grant_id = any($1)`,
    [grantIds],
  );
  await expect.poll(() => statesOf(grantIds)).toEqual(['claimable', 'lapsed']);
  await mend();
  await expect.poll(() => statesOf(grantIds)).toEqual(['lapsed', 'lapsed']);
});
