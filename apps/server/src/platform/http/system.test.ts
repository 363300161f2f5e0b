import { setTimeout as sleep } from 'node:timers/promises';
import { putPlayer } from '@promosmith/contract';
import { pino } from 'pino';
import { describe, expect, it, test } from 'vitest';
import { createApp } from '../../app.ts';
import { startTestApp } from '../../testing/test-app.ts';
import { type Database, openDatabase } from '../db.ts';
import { createMetrics } from '../metrics.ts';
import { createTestDatabase } from '../testing/index.ts';
import { createHttpServer, reply } from './server.ts';
import { mountSystemRoutes } from './system.ts';

describe('health', () => {
  it('is up and ready when the schema is current, without a credential', async () => {
    await using app = await startTestApp();
    expect(await app.request('GET', '/healthz', { key: null })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
    expect(await app.request('GET', '/readyz', { key: null })).toMatchObject({
      status: 200,
      body: { status: 'ready' },
    });
  });

  it('is not ready while a migration is missing, and says which', async () => {
    await using app = await startTestApp();
    await app.db.query(`delete from schema_migrations where name = '0010_properties'`);
    const { status, body } = await app.request('GET', '/readyz', { key: null });
    expect([status, body.key]).toEqual([503, 'not_ready']);
    expect(body.detail).toContain('0010_properties');
    expect((await app.request('GET', '/healthz', { key: null })).status).toBe(200);
  });

  const serverWith = (db: Database, draining = false) => {
    const metrics = createMetrics();
    const { fastify } = createHttpServer({
      log: pino({ level: 'silent' }),
      metrics,
      trustProxy: false,
      authenticate: () => Promise.reject(new Error('nobody calls this server')),
    });
    mountSystemRoutes(fastify, { db, metrics, isDraining: () => draining });
    return fastify;
  };

  it('is not ready without a database', async () => {
    const db = openDatabase('postgres://nobody@127.0.0.1:1/none', {
      poolSize: 2,
      onIdleError: () => undefined,
    });
    const answer = await serverWith(db).inject('/readyz');
    await db.close();
    expect([answer.statusCode, answer.json().key]).toEqual([503, 'not_ready']);
  });

  it('is not ready while it shuts down', async () => {
    const { db, drop } = await createTestDatabase();
    const answer = await serverWith(db, true).inject('/readyz');
    await drop();
    expect(answer.json()).toMatchObject({ status: 503, detail: expect.stringContaining('shutting down') });
  });
});

describe('closing', () => {
  it('finishes what is under way', async () => {
    const { url: databaseUrl, db, drop } = await createTestDatabase();
    await using other = await startTestApp();
    const app = await createApp({ ...other.config, databaseUrl }, db);
    const url = await app.listen();
    const lock = await db.pool.connect();
    await lock.query('begin');
    await lock.query('lock table schema_migrations in access exclusive mode');
    const underWay = fetch(`${url}/readyz`);
    await waitsForALock(other.db);
    const closed = app.close();
    await lock.query('rollback');
    lock.release();
    expect((await underWay).status).toBe(200);
    await closed;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    await drop();
  });

  async function waitsForALock(db: Database): Promise<void> {
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%schema_migrations%'`;
    while ((await db.query(waiting)).rows.length === 0) await sleep(10);
  }
});

describe('metrics', () => {
  it('count requests by route and status, never by path', async () => {
    await using app = await startTestApp();
    await app.request('PUT', '/v1/players/secret-id', { body: {} });
    await app.request('GET', '/v1/players/other-secret-id');
    await app.request('GET', '/no/such/path');
    const { body, headers } = await app.request('GET', '/metrics', { key: null });
    expect(headers.get('content-type')).toContain('text/plain');
    const counted = (labels: string) => body.includes(`http_request_duration_seconds_count{${labels}} 1`);
    expect(counted('method="PUT",route="/v1/players/:externalId",status="201"')).toBe(true);
    expect(counted('method="GET",route="/v1/players/:externalId",status="404"')).toBe(true);
    expect(counted('method="GET",route="none",status="404"')).toBe(true);
    expect(body).not.toMatch(/secret-id|no\/such/);
    expect(body).toMatch(/^promosmith_db_pool_connections \d+$/m);
    expect(body).toMatch(/^promosmith_db_pool_waiting 0$/m);
  });
});

describe('the request log', () => {
  test('is one line a request, with the route and without what the request carried', async () => {
    const lines: string[] = [];
    const { fastify, mount } = createHttpServer({
      log: pino({ base: null }, { write: (line: string) => lines.push(line) }),
      metrics: createMetrics(),
      trustProxy: false,
      authenticate: async () => ({
        ok: true,
        value: {
          brandId: '',
          brandSlug: '',
          actor: { kind: 'api_key', id: 'key-1' },
          permissions: new Set(),
        },
      }),
    });
    mount({ ...putPlayer, success: { 200: null } }, async () => reply(200, undefined));
    await fastify.inject({
      method: 'PUT',
      url: '/v1/players/secret-id?token=hidden',
      headers: { authorization: 'Bearer hidden', 'x-request-id': 'request-1' },
      payload: { email: 'hidden@example.com' },
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 30,
      time: expect.any(Number),
      method: 'PUT',
      route: '/v1/players/:externalId',
      status: 200,
      ms: expect.any(Number),
      requestId: 'request-1',
      caller: 'api_key',
      msg: 'request',
    });
  });
});
