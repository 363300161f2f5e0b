import { System } from '@promosmith/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { VERSION } from '../../platform/version.ts';
import { plansOf } from '../../testing/plans.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs } from '../../testing/test-staff.ts';
import * as views from './views.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function look(): Promise<System> {
  const { status, body } = await app.request('GET', '/v1/system');
  expect(status).toBe(200);
  return System.parse(body);
}

test('an administrator sees how the installation is doing, and nobody below', async () => {
  const { version, database, migrations, process, reconciliation } = await look();
  expect(version).toBe(VERSION);
  expect(database.version).toMatch(/^1[5-9]/);
  expect(database.sizeBytes).toBeGreaterThan(1_000_000);
  expect(database.connections.open).toBeGreaterThan(0);
  expect(database.connections.most).toBeGreaterThan(database.connections.open);
  expect(migrations.pending).toEqual([]);
  expect(migrations.latest).toMatch(/^\d{4}_/);
  expect(process.memoryBytes).toBeGreaterThan(10_000_000);
  expect(reconciliation).toBeNull();
  const { request } = await signInAs(app, 'marketing');
  expect((await request('GET', '/v1/system')).status).toBe(403);
});

test('a statement that has been running for long is told', async () => {
  const running = app.db.query('select pg_sleep(2)');
  await expect.poll(async () => (await look()).database.oldestStatement?.seconds ?? 0).toBeGreaterThan(0.3);
  await running;
});

test('queues tell what waits, up to a thousand, with the oldest', async () => {
  await app.db.query(
    `insert into deliveries (player_id, delivery_id, brand_id, grant_id, target, operation, payload, state, next_attempt_at, created_at)
     select gen_random_uuid(), gen_random_uuid(), $1, gen_random_uuid(), 'nobody', 'issue', '{}',
       case when n <= 1001 then 'waiting' else 'delivered' end, now() + interval '1 day', '2026-01-01'
     from generate_series(1, 5000) n`,
    [app.brand.brandId],
  );
  await app.db.query('analyze deliveries');
  const { queues } = await look();
  expect(queues.map(({ name }) => name)).toContain('jobs');
  expect(queues.find(({ name }) => name === 'bonus_deliveries')).toEqual({
    name: 'bonus_deliveries',
    waiting: 1_000,
    more: true,
    oldest: '2026-01-01T00:00:00.000Z',
  });
  expect(await plansOf(app.db, views.queues)).not.toMatch(/Seq Scan on deliveries/);
});

test('the latest reconciliation of the brand is told', async () => {
  const jobId = newId();
  await app.db.query(
    `insert into jobs (job_id, brand_id, kind, status, input, result, created_by, started_at, finished_at)
     values ($1, $2, 'ledger.reconcile', 'succeeded', '{}', '{"balanced":true}', '{}', now(), now())`,
    [jobId, app.brand.brandId],
  );
  expect((await look()).reconciliation).toMatchObject({ jobId, status: 'succeeded', balanced: true });
});
