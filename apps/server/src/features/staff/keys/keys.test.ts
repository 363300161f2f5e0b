import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const create = (body: object, key?: string) => app.request('POST', '/v1/keys', { body, key });

describe('an API key', () => {
  test('acts with its scopes and nothing more', async () => {
    const key = await app.key(['brands:read']);
    expect((await app.request('GET', '/v1/brand', { key })).status).toBe(200);
    const refused = await app.request('GET', '/v1/keys', { key });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ key: 'forbidden', detail: expect.stringContaining('keys:read') });
  });

  test('is shown once and kept as a hash', async () => {
    const { status, body } = await create({ name: 'reports', scopes: ['brands:read'] });
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^ps_live_[\w-]{43}$/);
    expect(body.hint).toBe(body.secret.slice(-4));
    const again = await app.request('GET', `/v1/keys/${body.keyId}`);
    expect(again.body).not.toHaveProperty('secret');
    const { rows } = await app.db.query('select api_keys::text as kept from api_keys');
    const log = await app.db.query('select audit_log::text as kept from audit_log');
    expect(JSON.stringify([rows, log.rows])).not.toContain(body.secret);
  });

  test('cannot hold a scope its maker lacks', async () => {
    const key = await app.key(['keys:write', 'brands:read']);
    const refused = await create({ name: 'more', scopes: ['brands:read', 'ledger:read'] }, key);
    expect(refused.status).toBe(403);
    expect(refused.body.errors).toEqual([{ field: 'scopes', reason: 'you lack ledger:read' }]);
    expect((await create({ name: 'less', scopes: ['brands:read'] }, key)).status).toBe(201);
  });

  test.each([
    { name: 'a secret key without scopes', body: { name: 'x', scopes: [] } },
    {
      name: 'a publishable key with scopes',
      body: { name: 'x', kind: 'publishable', scopes: ['brands:read'] },
    },
    { name: 'an unknown scope', body: { name: 'x', scopes: ['everything'] } },
    { name: 'an unknown field', body: { name: 'x', scopes: ['brands:read'], brandId: 'other' } },
    { name: 'no name', body: { scopes: ['brands:read'] } },
  ])('is refused: $name', async ({ body }) => {
    expect(await create(body)).toMatchObject({ status: 422, body: { key: 'invalid_request' } });
  });
});

describe('a credential is refused', () => {
  test.each([
    { name: 'none' },
    { name: 'an unknown key', authorization: `Bearer ps_live_${'A'.repeat(43)}` },
    { name: 'a malformed key', authorization: 'Bearer ps_live_short' },
    { name: 'another scheme', authorization: 'Basic b3duZXI6b3duZXI=' },
    { name: 'an empty header', authorization: 'Bearer ' },
    { name: 'text that is no token', authorization: 'Bearer ..' },
  ])('$name', async ({ authorization }) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const answer = await app.request('GET', '/v1/brand', { key: null, headers });
    expect(answer).toMatchObject({ status: 401, body: { key: 'unauthenticated' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('a publishable key, on a route for secrets', async () => {
    const key = await app.publishableKey();
    expect(await app.request('GET', '/v1/brand', { key })).toMatchObject({
      status: 403,
      body: { key: 'forbidden' },
    });
  });

  test('an expired key', async () => {
    const { body } = await create({
      name: 'old',
      scopes: ['brands:read'],
      expiresAt: '2020-01-01T00:00:00Z',
    });
    expect((await app.request('GET', '/v1/brand', { key: body.secret })).status).toBe(401);
  });
});

describe('revoking', () => {
  test('takes effect at once, and once', async () => {
    const { body } = await create({ name: 'leaked', scopes: ['brands:read'] });
    const use = () => app.request('GET', '/v1/brand', { key: body.secret });
    expect((await use()).status).toBe(200);
    const revoked = await app.request('POST', `/v1/keys/${body.keyId}/revoke`, {
      body: { reason: 'leaked' },
    });
    expect(revoked.body.revokedAt).toEqual(expect.any(String));
    expect((await use()).status).toBe(401);

    const again = await app.request('POST', `/v1/keys/${body.keyId}/revoke`, { body: {} });
    expect(again).toMatchObject({ status: 200, body: { revokedAt: revoked.body.revokedAt } });
    const { rows } = await app.db.query<{ reason: string }>(
      `select reason from audit_log where action = 'api_key.revoked' and target_id = $1`,
      [body.keyId],
    );
    expect(rows).toEqual([{ reason: 'leaked' }]);
  });

  test('reaches a process that has the key in memory', async () => {
    const { body } = await create({ name: 'elsewhere', scopes: ['brands:read'] });
    const use = async () => (await app.request('GET', '/v1/brand', { key: body.secret })).status;
    expect(await use()).toBe(200);
    await app.db.query('update api_keys set revoked_at = now() where key_id = $1', [body.keyId]);
    await expect.poll(use, { timeout: 10_000 }).toBe(401);
  });
});

describe('rotating', () => {
  const rotate = (keyId: string, overlapSeconds: number, key?: string) =>
    app.request('POST', `/v1/keys/${keyId}/rotate`, { body: { overlapSeconds }, key });

  test('makes a new key with the same scopes; the old one works for the overlap', async () => {
    const { body: old } = await create({ name: 'shop', scopes: ['brands:read'] });
    const { status, body: fresh } = await rotate(old.keyId, 3600);
    expect(status).toBe(201);
    expect(fresh).toMatchObject({ name: 'shop', scopes: ['brands:read'], replacedBy: null });
    for (const key of [old.secret, fresh.secret])
      expect((await app.request('GET', '/v1/brand', { key })).status).toBe(200);
    expect((await app.request('GET', `/v1/keys/${old.keyId}`)).body).toMatchObject({
      replacedBy: fresh.keyId,
      expiresAt: expect.any(String),
    });
  });

  test('without an overlap ends the old key', async () => {
    const { body: old } = await create({ name: 'shop', scopes: ['brands:read'] });
    await rotate(old.keyId, 0);
    expect((await app.request('GET', '/v1/brand', { key: old.secret })).status).toBe(401);
  });

  test('at once from two sides makes one new key', async () => {
    const { body: old } = await create({ name: 'shop', scopes: ['brands:read'] });
    const answers = await Promise.all([rotate(old.keyId, 60), rotate(old.keyId, 60)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  test('needs the scopes of the key, or it would be a way to get them', async () => {
    const { body: strong } = await create({ name: 'strong', scopes: ['ledger:read'] });
    const weak = await app.key(['keys:write']);
    expect((await rotate(strong.keyId, 60, weak)).status).toBe(403);
  });

  test('gives a key with an end as long a life as the old one was given', async () => {
    const expiresAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const { body: old } = await create({ name: 'week', scopes: ['brands:read'], expiresAt });
    const { body: fresh } = await rotate(old.keyId, 60);
    const life = (key: { createdAt: string }, end: string) =>
      (Date.parse(end) - Date.parse(key.createdAt)) / 1000;
    expect(life(fresh, fresh.expiresAt)).toBeCloseTo(life(old, expiresAt));
  });
});

test("another brand's keys are not there", async () => {
  const other = await app.anotherBrand();
  const { body: mine } = await create({ name: 'mine', scopes: ['brands:read'] });
  const theirs = { key: other.ownerKey };
  expect((await app.request('GET', `/v1/keys/${mine.keyId}`, theirs)).status).toBe(404);
  expect((await app.request('POST', `/v1/keys/${mine.keyId}/revoke`, { ...theirs, body: {} })).status).toBe(
    404,
  );
  expect((await app.request('POST', `/v1/keys/${mine.keyId}/rotate`, { ...theirs, body: {} })).status).toBe(
    404,
  );
  const rename = await app.request('PATCH', `/v1/keys/${mine.keyId}`, {
    ...theirs,
    body: { name: 'theirs' },
  });
  expect(rename.status).toBe(404);
  const { body: list } = await app.request('GET', '/v1/keys', theirs);
  expect(list.items.map((key: { name: string }) => key.name)).toEqual(['test secret']);
});

test('the list pages from the newest to the oldest without a gap', async () => {
  await using fresh = await startTestApp();
  for (const name of ['a', 'b', 'c'])
    await fresh.request('POST', '/v1/keys', { body: { name, scopes: ['brands:read'] } });
  const names: string[] = [];
  let cursor: string | null = '';
  do {
    const query: string = cursor ? `&cursor=${cursor}` : '';
    const { body } = await fresh.request('GET', `/v1/keys?limit=2${query}`);
    names.push(...body.items.map((key: { name: string }) => key.name));
    cursor = body.nextCursor;
  } while (cursor);
  expect(names).toEqual(['c', 'b', 'a', 'test secret']);
});
