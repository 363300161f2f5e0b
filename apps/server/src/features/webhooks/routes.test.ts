import { randomUUID } from 'node:crypto';
import { verifyWebhook } from '@promosmith/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publish } from '../../platform/outbox.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { startReceiver } from './testing/receiver.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
});
afterAll(() => app.close());

const create = async (body: object = {}) =>
  (await app.request('POST', '/v1/webhooks', { body: { url: 'https://hooks.example.com/', ...body } })).body;

const audited = async (webhookId: string) => {
  const { rows } = await app.db.query<{ action: string; row: string }>(
    'select action, audit_log::text as row from audit_log where target_id = $1 order by entry_id',
    [webhookId],
  );
  return rows;
};

test('an event reaches the endpoint of its brand, signed, without anybody asking', async () => {
  await using receiver = await startReceiver();
  const other = await app.anotherBrand();
  const ours = await create({ url: receiver.url('/ours'), eventTypes: ['code.disabled'] });
  await app.request('POST', '/v1/webhooks', { key: other.ownerKey, body: { url: receiver.url('/theirs') } });
  await publish(
    app.db,
    {
      brandId: app.brand.brandId,
      actor: { kind: 'staff', id: 'anna' },
      correlationId: 'request',
      time: new Date().toISOString(),
    },
    [{ type: 'code.disabled', subject: 'code/1', data: { reason: 'leaked' } }],
  );
  await receiver.arrived(1);
  const [message] = receiver.received;
  const event = verifyWebhook(message!.body, message!.headers, ours.secret);
  expect(event).toMatchObject({ type: 'code.disabled', brand: 'lucky-star', data: { reason: 'leaked' } });
  expect(receiver.received.map(({ path }) => path)).toEqual(['/ours']);

  const feed = await app.request('GET', '/v1/events');
  expect(feed.body.items).toContainEqual(event);
});

test('an endpoint is created, seen, changed and removed; all of it is audited, the secret never shown again', async () => {
  const { secret, ...created } = await create({ description: 'Back office' });
  const path = `/v1/webhooks/${created.webhookId}`;
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(created).toMatchObject({
    url: 'https://hooks.example.com/',
    description: 'Back office',
    eventTypes: null,
    enabled: true,
    disabledReason: null,
    health: 'healthy',
    previousSecretUntil: null,
  });
  expect((await app.request('GET', path)).body).toEqual(created);

  const body = { description: '', eventTypes: ['code.activated'], enabled: false };
  const changed = await app.request('PATCH', path, { body });
  expect(changed).toMatchObject({
    status: 200,
    body: { ...body, url: created.url, disabledReason: 'by_hand' },
  });
  expect(
    (await app.request('PATCH', path, { body: { enabled: true, eventTypes: null } })).body,
  ).toMatchObject({
    enabled: true,
    disabledReason: null,
    eventTypes: null,
  });

  const rotated = await app.request('POST', `${path}/rotate-secret`, { body: { overlapSeconds: 60 } });
  expect(rotated.status).toBe(200);
  expect(rotated.body.secret).not.toBe(secret);
  expect(Date.parse(rotated.body.previousSecretUntil)).toBeGreaterThan(Date.parse(rotated.body.updatedAt));

  expect((await app.request('DELETE', path)).status).toBe(204);
  expect((await app.request('GET', path)).status).toBe(404);
  expect((await app.request('DELETE', path)).status).toBe(404);

  const log = await audited(created.webhookId);
  expect(log.map(({ action }) => action)).toEqual([
    'webhook.created',
    'webhook.updated',
    'webhook.updated',
    'webhook.secret_rotated',
    'webhook.deleted',
  ]);
  expect(log.map(({ row }) => row).join()).not.toContain('whsec_');
});

test('lists page, newest first, and show no secrets', async () => {
  const brand = await app.anotherBrand();
  const as = { key: brand.ownerKey };
  const ids: string[] = [];
  for (const n of [1, 2, 3])
    ids.unshift(
      (await app.request('POST', '/v1/webhooks', { ...as, body: { url: `https://hooks.example.com/${n}` } }))
        .body.webhookId,
    );
  const first = await app.request('GET', '/v1/webhooks?limit=2', as);
  const second = await app.request('GET', `/v1/webhooks?limit=2&cursor=${first.body.nextCursor}`, as);
  const shown = [...first.body.items, ...second.body.items];
  expect(shown.map(({ webhookId }) => webhookId)).toEqual(ids);
  expect(second.body.nextCursor).toBeNull();
  expect(JSON.stringify(shown)).not.toContain('secret"');
});

test('deliveries page and filter', async () => {
  const { webhookId } = await create();
  await app.request('PATCH', `/v1/webhooks/${webhookId}`, { body: { enabled: false } });
  await app.db.query(
    `insert into webhook_deliveries (endpoint_id, event_id, batch_id, position, event_index, event_type, status, next_attempt_at)
     select $1, ('00000000-0000-7000-8000-00000000000' || n)::uuid, $1, n, 0,
       case when n = 3 then 'code.disabled' else 'code.activated' end,
       case when n > 4 then 'succeeded' else 'abandoned' end, null
     from generate_series(1, 6) as n`,
    [webhookId],
  );
  const sequences = async (query: string) => {
    const { status, body } = await app.request('GET', `/v1/webhooks/${webhookId}/deliveries?${query}`);
    expect(status).toBe(200);
    return {
      places: body.items.map(({ sequence }: { sequence: string }) => Number(sequence.split('.')[0])),
      body,
    };
  };
  const first = await sequences('limit=4');
  expect(first.places).toEqual([6, 5, 4, 3]);
  expect((await sequences(`limit=4&cursor=${first.body.nextCursor}`)).places).toEqual([2, 1]);
  expect((await sequences('status=abandoned')).places).toEqual([4, 3, 2, 1]);
  expect((await sequences('type=code.disabled')).places).toEqual([3]);
  expect((await sequences('type=code.disabled&status=succeeded')).places).toEqual([]);
  const [newest] = first.body.items;
  const alone = `/v1/webhooks/${webhookId}/deliveries/${newest.eventId}`;
  expect((await app.request('GET', alone)).body).toEqual(newest);

  const replayed = await app.request('POST', `/v1/webhooks/${webhookId}/replay`, {
    body: { since: '1970-01-01T00:00:00Z', statuses: ['abandoned'] },
  });
  expect(replayed).toMatchObject({ status: 202, body: { requeued: 4, nextCursor: null } });
  const one = await app.request(
    'POST',
    `/v1/webhooks/${webhookId}/deliveries/00000000-0000-7000-8000-000000000006/replay`,
  );
  expect(one).toMatchObject({ status: 202, body: { status: 'pending' } });
  expect((await audited(webhookId)).map(({ action }) => action)).toEqual([
    'webhook.created',
    'webhook.updated',
    'webhook.deliveries_replayed',
    'webhook.delivery_replayed',
  ]);
});

test.each([
  ['a URL that is none', { url: 'hooks' }],
  ['another scheme', { url: 'ftp://hooks.example.com/' }],
  ['a password in the URL', { url: 'https://a:b@hooks.example.com/' }],
  ['a URL of 3,000 characters', { url: `https://hooks.example.com/${'x'.repeat(3000)}` }],
  ['an unknown event', { url: 'https://hooks.example.com/', eventTypes: ['code.eaten'] }],
  ['no event', { url: 'https://hooks.example.com/', eventTypes: [] }],
  ['an unknown field', { url: 'https://hooks.example.com/', secret: 'whsec_mine' }],
  ['a brand', { url: 'https://hooks.example.com/', brandId: randomUUID() }],
])('%s is refused', async (_, body) => {
  expect((await app.request('POST', '/v1/webhooks', { body })).status).toBe(422);
});

test('private addresses are refused where they are not allowed, when creating and when changing', async () => {
  await using strict = await startTestApp();
  for (const url of ['http://127.0.0.1/', 'http://169.254.169.254/', 'http://[::ffff:10.0.0.1]/']) {
    const refused = await strict.request('POST', '/v1/webhooks', { body: { url } });
    expect(refused).toMatchObject({ status: 422, body: { key: 'url_not_allowed' } });
    const { body } = await strict.request('POST', '/v1/webhooks', {
      body: { url: 'https://hooks.example.com/' },
    });
    const changed = await strict.request('PATCH', `/v1/webhooks/${body.webhookId}`, { body: { url } });
    expect(changed).toMatchObject({ status: 422, body: { key: 'url_not_allowed' } });
  }
});

test("another brand's endpoint is not found, whatever is asked", async () => {
  const { webhookId } = await create();
  const { ownerKey: key } = await app.anotherBrand();
  const path = `/v1/webhooks/${webhookId}`;
  const asked = await Promise.all([
    app.request('GET', path, { key }),
    app.request('PATCH', path, { key, body: { enabled: false } }),
    app.request('DELETE', path, { key }),
    app.request('POST', `${path}/rotate-secret`, { key, body: {} }),
    app.request('GET', `${path}/deliveries`, { key }),
    app.request('GET', `${path}/deliveries/${randomUUID()}`, { key }),
    app.request('POST', `${path}/deliveries/${randomUUID()}/replay`, { key }),
    app.request('POST', `${path}/replay`, { key, body: { since: '2026-01-01T00:00:00Z' } }),
  ]);
  expect(asked.map(({ status }) => status)).toEqual(Array(8).fill(404));
  expect((await app.request('GET', path)).body).toMatchObject({ enabled: true });
});

test('reading does not permit writing', async () => {
  const { webhookId } = await create();
  const key = await app.key(['webhooks:read']);
  expect((await app.request('GET', `/v1/webhooks/${webhookId}`, { key })).status).toBe(200);
  expect((await app.request('DELETE', `/v1/webhooks/${webhookId}`, { key })).status).toBe(403);
});
