import { randomBytes } from 'node:crypto';
import { PERMISSIONS, type Permission } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp } from '../apps/server/src/app.ts';
import { validCampaign } from '../apps/server/src/features/campaigns/testing.ts';
import { type Config, loadConfig } from '../apps/server/src/platform/config.ts';
import { createTestDatabase, type TestDatabase } from '../apps/server/src/platform/testing/index.ts';
import { must } from '../apps/server/src/testing/test-app.ts';
import { type ServerProcess, spawnServer } from './support/servers.ts';

/** Making codes in bulk while the server is killed: no half batch, no code lost or doubled, nothing left of a cancelled one. */
let database: TestDatabase;
let config: Config;
let key: string;
let server: ServerProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  config = {
    ...loadConfig({ NODE_ENV: 'test', LOG_LEVEL: 'error', SECRET_KEY: randomBytes(32).toString('base64') }),
    port: 0,
  };
  const app = await createApp(config, database.db);
  const by = { actor: { kind: 'system' as const, id: 'test' } };
  const brand = must(
    await app.brands.create({ slug: 'bulk', name: 'Bulk', timeZone: 'UTC', currency: 'EUR' }, by),
  );
  const scopes = Object.keys(PERMISSIONS) as Permission[];
  const made = await app.staff.createApiKey(
    { brandId: brand.brandId, name: 'test', kind: 'secret', scopes },
    { ...by, permissions: 'all' },
  );
  key = must(made).secret;
  await app.close();
  server = await start();
});
afterAll(async () => {
  await server.kill();
  await database.drop();
});

const start = () =>
  spawnServer({
    DATABASE_URL: database.url,
    SECRET_KEY: config.secretKey.toString('base64'),
    DB_POOL_SIZE: '5',
  });

async function call(method: string, path: string, body?: unknown): Promise<{ id: string; jobId: string }> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as { id: string; jobId: string };
}

async function newBatch(count: number): Promise<{ id: string; jobId: string }> {
  const { id } = await call('POST', '/v1/campaigns', validCampaign());
  return call('POST', `/v1/campaigns/${id}/code-batches`, { kind: 'unique', count });
}

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 60_000, interval: 20 });

async function one<Row extends object>(sql: string, ...values: unknown[]): Promise<Row | undefined> {
  return (await database.db.query<Row>(sql, values)).rows[0];
}
const jobOf = (jobId: string) =>
  one<{ status: string; done: number }>('select status, done from jobs where job_id = $1', jobId);
const codesOf = async (batchId: string) =>
  (await one<{ n: number }>('select count(*) as n from codes where batch_id = $1', batchId))?.n ?? 0;
const madeSome = (jobId: string, least: number) =>
  until(async () => expect((await jobOf(jobId))?.done).toBeGreaterThan(least));

describe('a server killed while it makes codes', () => {
  it('goes on where it was, and makes exactly as many as were asked for', async () => {
    const { id, jobId } = await newBatch(200_000);
    for (const least of [0, 60_000]) {
      await madeSome(jobId, least);
      await server.kill();
      expect(await codesOf(id)).toBe((await jobOf(jobId))?.done);
      expect(await one('select status from code_batches where batch_id = $1', id)).toEqual({
        status: 'making',
      });
      server = await start();
    }
    await until(async () => expect(await jobOf(jobId)).toEqual({ status: 'succeeded', done: 200_000 }));
    expect(await codesOf(id)).toBe(200_000);
    expect(await one('select status, size from code_batches where batch_id = $1', id)).toEqual({
      status: 'ready',
      size: 200_000,
    });
    const events = await one(
      `select count(*) as n from outbox, json_array_elements(events -> 'events') as event
       where event ->> 'type' = 'code.generated' and event -> 'data' ->> 'batchId' = $1`,
      id,
    );
    expect(events).toEqual({ n: 1 });
  }, 180_000);

  it('leaves nothing of a batch that was cancelled', async () => {
    const { id, jobId } = await newBatch(2_000_000);
    await madeSome(jobId, 60_000);
    await call('POST', `/v1/jobs/${jobId}/cancel`);
    await server.kill();
    server = await start();
    await until(async () => expect((await jobOf(jobId))?.status).toBe('cancelled'));
    expect(await codesOf(id)).toBe(0);
    expect(await one('select status, size from code_batches where batch_id = $1', id)).toEqual({
      status: 'cancelled',
      size: 0,
    });
  }, 180_000);
});
