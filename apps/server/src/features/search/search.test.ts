import { SEARCH_KINDS, type SearchHit } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activate, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { plansOf } from '../../testing/plans.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { lookUp } from './views.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function find(q: string, key?: string): Promise<SearchHit[]> {
  const { status, body } = await app.request('POST', '/v1/search', { key, body: { q } });
  expect(status).toBe(200);
  return body.items;
}
const brief = (hits: readonly SearchHit[]) => hits.map(({ kind, title }) => `${kind} ${title}`);

async function draft(name: string): Promise<string> {
  const { status, body } = await app.request('POST', '/v1/campaigns', {
    body: {
      name,
      rewards: [{ kind: 'bonus_balance', amount: { EUR: 500 }, wagering: { multiplier: 3500 } }],
      terms: { significant: 'For tests.' },
    },
  });
  expect(status).toBe(201);
  return body.id;
}

describe('names', () => {
  test('are found by any part, whatever the case: the same first, then the beginning, then the newest', async () => {
    for (const name of ['Late spring 1', 'Spring', 'Spring sale', 'Late SPRING 2', 'Autumn'])
      await draft(name);
    expect(brief(await find('spring'))).toEqual([
      'campaign Spring',
      'campaign Spring sale',
      'campaign Late SPRING 2',
      'campaign Late spring 1',
    ]);
  });

  test('mean what they say, with the signs of patterns', async () => {
    await draft('100 % match_1');
    expect(brief(await find('% match_'))).toEqual(['campaign 100 % match_1']);
    expect(await find('%')).toHaveLength(1);
    expect(await find('\\')).toEqual([]);
  });

  test('five of a kind at most', async () => {
    for (let nth = 0; nth < 7; nth++) await draft(`Crowd ${nth}`);
    expect(await find('crowd')).toHaveLength(5);
  });
});

describe('players', () => {
  test('by the beginning of their id, the same first; by their e-mail address however it is written', async () => {
    for (const id of ['p-1', 'p-12', 'p-123', 'P-1'])
      await app.request('PUT', `/v1/players/${id}`, { body: { email: `${id.toLowerCase()}x@gmail.com` } });
    expect(brief(await find('p-1'))).toEqual(['player p-1', 'player p-12', 'player p-123']);
    const [ann] = await find('P.-123X+news@googlemail.com');
    expect(ann).toEqual({
      kind: 'player',
      id: 'p-123',
      title: 'p-123',
      detail: 'p-123x@gmail.com',
      player: 'p-123',
      campaignId: null,
    });
  });
});

describe('codes, activations and bonuses', () => {
  test('a code by its text, masked unless it is public; what came of it by id', async () => {
    const { campaignId, codeId } = await createOffer(app, { code: 'LANTERN', kind: 'unique' });
    const { body } = await activate(app, 'LANTERN', 'ann');
    const [grant] = await grantsOf(app, 'ann');
    expect(await find(' lan-tern ')).toEqual([
      { kind: 'code', id: codeId, title: '••••TERN', detail: 'exhausted', player: null, campaignId },
    ]);
    expect(await find(body.id)).toMatchObject([
      { kind: 'activation', id: body.id, player: 'ann', detail: 'accepted', campaignId },
    ]);
    expect(await find(grant.id)).toMatchObject([{ kind: 'grant', id: grant.id, player: 'ann', campaignId }]);
    expect(await find(campaignId)).toMatchObject([{ kind: 'campaign', id: campaignId }]);
  });
});

test('each kind only for who may read it, each brand its own', async () => {
  const campaignId = await draft('Hidden treasure');
  await app.request('PUT', '/v1/players/hidden', { body: {} });
  expect(brief(await find('hidden'))).toEqual(['player hidden', 'campaign Hidden treasure']);
  expect(await find('hidden', await app.key(['brands:read']))).toEqual([]);
  expect(brief(await find('hidden', await app.key(['brands:read', 'players:read'])))).toEqual([
    'player hidden',
  ]);
  const { ownerKey } = await app.anotherBrand();
  expect(await find('hidden', ownerKey)).toEqual([]);
  expect(await find(campaignId, ownerKey)).toEqual([]);
});

test('an empty search, one too long and one of what cannot be stored are refused', async () => {
  const statusOf = async (q: string) => (await app.request('POST', '/v1/search', { body: { q } })).status;
  for (const q of ['', ' ', 'x'.repeat(129)]) expect(await statusOf(q)).toBe(422);
  expect(await statusOf('\u0000')).toBe(400);
});

test.each(['an id', 'a text'])('%s is looked up through indexes', async (what) => {
  const { brandId } = app.brand;
  await app.db.query(
    `insert into players (player_id, brand_id, external_id, email_canonical)
     select gen_random_uuid(), $1, 'crowd-' || n || $2, 'crowd-' || n || '@x.example' from generate_series(1, 20000) n`,
    [brandId, what],
  );
  await app.db.query('analyze players');
  const text = what === 'an id' ? brandId : 'crowd-77@x.example';
  const plan = await plansOf(app.db, (db) => lookUp(db, brandId, SEARCH_KINDS, text, 5));
  expect(plan).not.toMatch(/Seq Scan on players/);
});
