import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { playerId } from '../../platform/ids.ts';
import { createTestDatabase } from '../../platform/testing/index.ts';
import { activate, expectBalanced } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { bonusesOf, expectBooked, walletOf } from '../../testing/money.ts';
import { plansOf } from '../../testing/plans.ts';
import { poison } from '../../testing/poison.ts';
import { freshSetAside } from '../../testing/set-aside.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { expireDue, findDue } from './expiry.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

it('leaves a wallet alone that cannot be seen to, does the others, and comes back to it', async () => {
  const reward = { kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 0 } } as const;
  const { code } = await createOffer(app, { definition: { rewards: [reward] } });
  const others = ['expiry-1', 'expiry-2', 'expiry-3'];
  const bad = playerId(app.brand.brandId, 'expiry-bad');
  const mend = await poison(app.db, 'grants', `new.player_id = '${bad}' and new.status = 'completed'`);
  for (const player of ['expiry-bad', ...others]) await activate(app, code, player);

  await expect
    .poll(async () => Promise.all(others.map((player) => walletOf(app, player))), { timeout: 20_000 })
    .toEqual([1_000, 1_000, 1_000]);
  const aside = freshSetAside();
  // The server does so too, and leaves out what another one holds.
  const tried = async () => {
    await expireDue(app.db, aside);
    return aside.names();
  };
  await expect.poll(tried).toEqual([`${bad} EUR`]);
  expect(await findDue(app.db, aside.names())).toEqual([]);
  expect(await bonusesOf(app, 'expiry-bad')).toMatchObject([{ status: 'active', balance: 1_000 }]);

  await mend();
  await expireDue(app.db, freshSetAside());
  await expect
    .poll(() => bonusesOf(app, 'expiry-bad'), { timeout: 20_000 })
    .toMatchObject([{ status: 'completed', converted: 1_000 }]);
  for (const player of ['expiry-bad', ...others]) await expectBooked(app, player);
  await expectBalanced(app);
});

test('what is due is found among bonuses kept here alone, however many others are under way', async () => {
  const { db, drop } = await createTestDatabase();
  try {
    await db.query(
      `insert into players (player_id, brand_id, external_id)
       select md5(n::text)::uuid, gen_random_uuid(), n from generate_series(1, 20000) n`,
    );
    // Of twenty bonuses under way nineteen are of an outside engine, which ends them itself.
    await db.query(
      `insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status,
         currency, amount, wagering_required, outside_balance, created_at, changed_at, granted_at, expires_at)
       select md5((n % 20000 + 1)::text)::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 0,
         'bonus_balance', 'active', 'EUR', 1000, n % 1000, case when n % 20 <> 0 then 1000 end, now(), now(), now(),
         now() - interval '1 hour' + n * interval '1 minute'
       from generate_series(1, 20000) n`,
    );
    await db.query('analyze');
    const plan = await plansOf(db, (on) => findDue(on, []));
    expect(plan).toMatch(/Index Scan using grants_expiring/);
    expect(plan).toMatch(/Index Scan using grants_unwagered/);
    expect(plan).not.toMatch(/Seq Scan on (grants|players)/);
  } finally {
    await drop();
  }
});
