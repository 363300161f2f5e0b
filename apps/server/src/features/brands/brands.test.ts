import type { Actor } from '@promosmith/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

let key: string;
beforeEach(async () => {
  key = (await app.anotherBrand()).ownerKey;
});

const read = async () => (await app.request('GET', '/v1/brand', { key })).body;
const change = (patch: object) => app.request('PATCH', '/v1/brand', { key, body: { revision: 1, ...patch } });
const PLAY_MONEY = { code: 'GEMS', exponent: 0 };

describe('changing the brand', () => {
  test('takes effect at once, and is on record', async () => {
    const before = await read();
    const { status, body } = await change({
      name: 'Renamed',
      timeZone: 'America/Sao_Paulo',
      currency: 'BRL',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      name: 'Renamed',
      timeZone: 'America/Sao_Paulo',
      currency: 'BRL',
      revision: 2,
      updatedAt: expect.any(String),
    });
    expect(await read()).toEqual(body);
    const { rows } = await app.db.query<{ before: unknown; after: unknown; actor: Actor }>(
      `select before, after, actor from audit_log where brand_id = $1 and action = 'brand.updated'`,
      [before.brandId],
    );
    expect(rows).toMatchObject([{ before, after: body, actor: { kind: 'api_key' } }]);
  });

  test('is refused on a revision that is no longer in force', async () => {
    expect((await change({ name: 'One' })).status).toBe(200);
    const late = await change({ name: 'Two' });
    expect(late).toMatchObject({ status: 409, body: { key: 'revision_conflict' } });
    expect((await read()).name).toBe('One');
  });

  test('by several at once takes one change', async () => {
    const answers = await Promise.all(['A', 'B', 'C'].map((name) => change({ name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test.each([
    { name: 'a time zone that is not there', patch: { timeZone: 'Europe/Atlantis' } },
    { name: 'an offset for a time zone', patch: { timeZone: '+01:00' } },
    { name: 'an empty name', patch: { name: '  ' } },
    { name: 'its slug', patch: { slug: 'other' } },
    { name: 'its id', patch: { brandId: '00000000-0000-0000-0000-000000000000' } },
    { name: 'no revision', patch: { revision: undefined, name: 'x' } },
  ])('is refused for $name', async ({ patch }) => {
    expect(await change(patch)).toMatchObject({ status: 422, body: { key: 'invalid_request' } });
  });

  test.each([
    { name: 'an unknown currency', patch: { currency: 'XQQ' }, refusal: 'unknown_currency' },
    {
      name: 'an ISO currency defined anew',
      patch: { currencies: [{ code: 'EUR', exponent: 3 }] },
      refusal: 'currencies_invalid',
    },
    {
      name: 'a currency defined twice',
      patch: { currencies: [PLAY_MONEY, PLAY_MONEY] },
      refusal: 'currencies_invalid',
    },
  ])('is refused for $name', async ({ patch, refusal }) => {
    expect(await change(patch)).toMatchObject({ status: 422, body: { key: refusal } });
  });
});

describe('currencies of its own', () => {
  test('can be the currency of the brand', async () => {
    const { status, body } = await change({ currencies: [PLAY_MONEY], currency: 'GEMS' });
    expect(status).toBe(200);
    expect(body.settings.currencies).toEqual([PLAY_MONEY]);
  });

  test.each([
    { name: 'removed', currencies: [] },
    { name: 'given another exponent', currencies: [{ code: 'GEMS', exponent: 2 }] },
  ])('cannot be $name: stored amounts would change their meaning', async ({ currencies }) => {
    expect((await change({ currencies: [PLAY_MONEY] })).status).toBe(200);
    const refused = await app.request('PATCH', '/v1/brand', { key, body: { revision: 2, currencies } });
    expect(refused).toMatchObject({ status: 422, body: { key: 'currency_fixed' } });
    expect((await read()).settings.currencies).toEqual([PLAY_MONEY]);
  });

  test('can be joined by others', async () => {
    await change({ currencies: [PLAY_MONEY] });
    const currencies = [PLAY_MONEY, { code: 'USDT', exponent: 6 }];
    const added = await app.request('PATCH', '/v1/brand', { key, body: { revision: 2, currencies } });
    expect(added.body.settings.currencies).toEqual(currencies);
  });
});

test('a brand changed by another process is seen within moments', async () => {
  const { brandId } = await read();
  await app.db.query(`update brands set name = 'Elsewhere', revision = revision + 1 where brand_id = $1`, [
    brandId,
  ]);
  await expect.poll(async () => (await read()).name, { timeout: 10_000 }).toBe('Elsewhere');
});

test('a slug belongs to one brand', async () => {
  await expect(app.anotherBrand({ slug: app.brand.slug })).rejects.toThrow('slug_taken');
});

test('reading takes the permission to read, changing the one to change', async () => {
  const reader = await app.key(['brands:read']);
  const body = { revision: 1, name: 'x' };
  expect((await app.request('PATCH', '/v1/brand', { key: reader, body })).status).toBe(403);
  const tokens = { playerTokens: null };
  expect((await app.request('PUT', '/v1/brand/player-tokens', { key: reader, body: tokens })).status).toBe(
    403,
  );
  const other = await app.key(['keys:read']);
  expect((await app.request('GET', '/v1/brand', { key: other })).status).toBe(403);
});
