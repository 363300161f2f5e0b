import { createHmac } from 'node:crypto';
import type { ProviderShape } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { validCampaign } from '../../campaigns/testing.ts';
import { connectProvider, issuedSpins, twentySpins } from '../testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
});
afterAll(() => app.close());

const SHAPES: readonly ProviderShape[] = ['hmac256', 'formsha1', 'md5query'];

const ACME = {
  shape: 'hmac256',
  baseUrl: 'https://games.acme.example/api/',
  accountId: 'lucky-star',
  secret: 'only-we-two-know',
};
const put = (name: string, body: object, key = app.ownerKey) =>
  app.request('PUT', `/v1/free-round-providers/${name}`, { key, body });
const get = (path: string, key = app.ownerKey) =>
  app.request('GET', `/v1/free-round-providers${path}`, { key });

describe('connecting a provider', () => {
  it('shows everything but the secret, which is stored encrypted', async () => {
    const { status, body } = await put('acme', ACME);
    const shown = {
      name: 'acme',
      shape: 'hmac256',
      baseUrl: 'https://games.acme.example/api',
      accountId: 'lucky-star',
      callbackUrl: `${app.config.publicUrl}/v1/providers/lucky-star/acme/callbacks`,
      previousSecretUntil: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    };
    expect([status, body]).toEqual([201, shown]);
    expect((await get('/acme')).body).toEqual(shown);
    const everything = await app.db.query(
      `select encode(secret, 'escape') as text from free_round_providers
       union all select before::text || after::text from audit_log union all select after::text from audit_log`,
    );
    expect(JSON.stringify(everything.rows)).not.toContain(ACME.secret);
  });

  it('again changes it, and the log tells when the secret did', async () => {
    await put('again', ACME);
    expect(await put('again', { ...ACME, accountId: 'other' })).toMatchObject({
      status: 200,
      body: { accountId: 'other' },
    });
    await put('again', { ...ACME, secret: 'another-that-we-know' });
    const { rows } = await app.db.query(
      `select action, after->>'secretChanged' as changed from audit_log where target_id = 'again' order by entry_id`,
    );
    expect(rows).toEqual([
      { action: 'free_round_provider.created', changed: 'true' },
      { action: 'free_round_provider.updated', changed: 'false' },
      { action: 'free_round_provider.updated', changed: 'true' },
    ]);
  });

  test.each<[string, object, string, string]>([
    ['no secret', { secret: undefined }, 'invalid_request', 'secret'],
    ['a short secret', { secret: 'short' }, 'invalid_request', 'secret'],
    ['another protocol', { baseUrl: 'ftp://acme.example' }, 'url_not_allowed', 'baseUrl'],
    ['a query', { baseUrl: 'https://acme.example/?a=1' }, 'url_not_allowed', 'baseUrl'],
    ['a password', { baseUrl: 'https://a:b@acme.example' }, 'url_not_allowed', 'baseUrl'],
    ['a shape nobody speaks', { shape: 'soap' }, 'invalid_request', 'shape'],
  ])('is refused with %s', async (_, differences, key, field) => {
    const { status, body } = await put('new', { ...ACME, ...differences });
    expect([status, body.key, body.errors[0].field]).toEqual([422, key, field]);
  });

  it('is refused at a private address, unless the operator allows it', async () => {
    await using strict = await startTestApp();
    const answer = await strict.request('PUT', '/v1/free-round-providers/acme', {
      body: { ...ACME, baseUrl: 'http://127.0.0.1:8080' },
    });
    expect(answer).toMatchObject({ status: 422, body: { key: 'url_not_allowed' } });
  });

  test.each(['Acme', 'a b', '-a', 'x'.repeat(65)])('is refused under the name %s', async (name) => {
    expect((await put(encodeURIComponent(name), ACME)).status).toBe(422);
  });

  it('is for those who may, each in their own brand', async () => {
    await put('ours', ACME);
    const { ownerKey: other } = await app.anotherBrand();
    expect((await get('/ours', other)).status).toBe(404);
    expect((await put('ours', { ...ACME, accountId: 'theirs' }, other)).status).toBe(201);
    expect((await get('/ours')).body.accountId).toBe('lucky-star');
    expect((await put('ours', ACME, await app.key(['providers:read']))).status).toBe(403);
    expect((await get('/ours', await app.key(['bonuses:read']))).status).toBe(403);
  });
});

it('lists providers by name, in pages', async () => {
  const { ownerKey: key } = await app.anotherBrand();
  for (const name of ['c', 'a', 'b']) await put(name, ACME, key);
  const names: string[] = [];
  let cursor: string | null = '';
  do {
    const { body } = await get(`?limit=2${cursor && `&cursor=${cursor}`}`, key);
    names.push(...body.items.map(({ name }: { name: string }) => name));
    cursor = body.nextCursor;
  } while (cursor);
  expect(names).toEqual(['a', 'b', 'c']);
});

describe('disconnecting a provider', () => {
  const remove = (name: string) => app.request('DELETE', `/v1/free-round-providers/${name}`);

  it('forgets it', async () => {
    await put('gone', ACME);
    expect((await remove('gone')).status).toBe(204);
    expect((await get('/gone')).status).toBe(404);
    expect((await remove('gone')).status).toBe(404);
  });

  it('waits until its spins are over', async () => {
    const provider = await connectProvider(app, 'hmac256');
    const spins = await issuedSpins(app, provider);
    expect(await remove(provider.name)).toMatchObject({ status: 409, body: { key: 'conflict' } });
    await provider.tell({ grantId: spins.grantId, won: 0 });
    expect((await remove(provider.name)).status).toBe(204);
    await provider[Symbol.asyncDispose]();
  });
});

describe('a new secret', () => {
  const NEW = 'the-secret-that-came-after';

  /** Connects a provider, gives it spins to tell of, and replaces its secret. */
  async function rotated(shape: ProviderShape, more: object = {}) {
    const provider = await connectProvider(app, shape);
    const spins = await issuedSpins(app, provider);
    const { baseUrl, accountId } = (await get(`/${provider.name}`)).body;
    const { status, body } = await put(provider.name, { shape, baseUrl, accountId, secret: NEW, ...more });
    expect(status).toBe(200);
    const tell = () => provider.tell({ grantId: spins.grantId, player: spins.player, won: 100, played: 20 });
    return { provider, spins, shown: body, tell, [Symbol.asyncDispose]: provider[Symbol.asyncDispose] };
  }

  const afterOf = async (name: string) => {
    const { rows } = await app.db.query<{ after: Record<string, unknown> }>(
      'select after from audit_log where target_id = $1 order by entry_id desc limit 1',
      [name],
    );
    return rows[0]?.after;
  };

  it.each(SHAPES)('of %s leaves callbacks under the one before good for a day', async (shape) => {
    await using one = await rotated(shape);
    const { name } = one.provider;
    const hours = (Date.parse(one.shown.previousSecretUntil) - Date.parse(one.shown.updatedAt)) / 3_600_000;
    expect(hours).toBeCloseTo(24, 1);
    expect((await get('')).body.items).toContainEqual(one.shown);
    expect(await afterOf(name)).toMatchObject({
      secretChanged: true,
      previousSecretUntil: one.shown.previousSecretUntil,
    });
    expect((await one.tell()).status).toBe(200);
  });

  it('is the only one that is good once the time of the one before is over', async () => {
    await using one = await rotated('hmac256', { secretOverlapSeconds: 60 });
    const { name, send } = one.provider;
    await app.db.query('update free_round_providers set previous_secret_until = now() where name = $1', [
      name,
    ]);
    expect((await get(`/${name}`)).body.previousSecretUntil).toBeNull();
    expect(await one.tell()).toMatchObject({ status: 403, body: { key: 'signature_invalid' } });
    const body = JSON.stringify({ issue_id: one.spins.grantId, status: 'played', total_amount: 100 });
    const sign = createHmac('sha256', NEW).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-request-sign': sign };
    expect((await send(body, headers)).status).toBe(200);
  });

  it('that must not overlap ends the one before at once', async () => {
    await using one = await rotated('md5query', { secretOverlapSeconds: 0 });
    expect(one.shown.previousSecretUntil).toBeNull();
    expect(await one.tell()).toMatchObject({ status: 403, body: { key: 'signature_invalid' } });
  });

  it('stays in its overlap when something else is changed', async () => {
    await using one = await rotated('hmac256');
    const { baseUrl, previousSecretUntil } = one.shown;
    const changed = { shape: 'hmac256', baseUrl, accountId: 'other', secret: NEW, secretOverlapSeconds: 0 };
    expect((await put(one.provider.name, changed)).body.previousSecretUntil).toBe(previousSecretUntil);
    expect((await one.tell()).status).toBe(200);
  });

  it.each([-1, 604_801])('may not overlap for %i seconds', async (secretOverlapSeconds) => {
    expect(await put('acme', { ...ACME, secretOverlapSeconds })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'secretOverlapSeconds' }] },
    });
  });
});

describe('a campaign with free spins', () => {
  const submit = async (reward: object) => {
    const { status, body } = await app.request('POST', '/v1/campaigns', {
      body: validCampaign({ rewards: [{ ...twentySpins('unknown'), ...reward }] }),
    });
    expect(status).toBe(201);
    return app.request('POST', `/v1/campaigns/${body.id}/submit`, { body: {} });
  };

  it('is drafted, but does not run before its provider is connected', async () => {
    expect(await submit({})).toMatchObject({
      status: 422,
      body: { key: 'campaign_not_ready', errors: [{ field: 'rewards.0.provider' }] },
    });
    await put('acme-ready', ACME);
    expect(await submit({ provider: 'acme-ready' })).toMatchObject({ status: 200 });
  });

  it('names one game where the provider takes one', async () => {
    await put('acme-single', { ...ACME, shape: 'formsha1' });
    expect(await submit({ provider: 'acme-single', games: ['one', 'two'] })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'rewards.0.games' }] },
    });
  });
});
