import { DEFAULT_POLICY } from '@promosmith/core/risk';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { playerId } from '../../platform/ids.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { linkAll, lookInto } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

let told = 0;
const login = (player: string, data: { device?: string; ip?: string }) =>
  app.request('POST', '/v1/events', {
    body: { events: [{ id: `e${++told}`, time: new Date().toISOString(), player, type: 'login', data }] },
  });

const weights = (version: number, changed: Record<string, number> = {}) => ({
  ...{ version, bands: DEFAULT_POLICY.bands, reason: 'tried on the past' },
  points: { ...DEFAULT_POLICY.points, ...changed },
});

describe('weights', () => {
  test('are those shipped until somebody sets others, each as a version', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const asked = (method: string, path: string, body?: object) => app.request(method, path, { key, body });
    expect((await asked('GET', '/v1/risk/policy')).body).toEqual({
      ...DEFAULT_POLICY,
      ...{ reason: null, createdBy: null, createdAt: null },
    });
    const set = await asked('PUT', '/v1/risk/policy', weights(0, { ip_vpn: 0 }));
    expect(set).toMatchObject({ status: 200, body: { version: 1, points: { ip_vpn: 0 } } });
    expect((await asked('GET', '/v1/risk/policy')).body).toEqual(set.body);
    expect(await asked('PUT', '/v1/risk/policy', weights(0))).toMatchObject({
      status: 409,
      body: { key: 'revision_conflict' },
    });
    await asked('PUT', '/v1/risk/policy', weights(1, { ip_vpn: 5 }));
    const first = await asked('GET', '/v1/risk/policies?limit=1');
    expect(first.body.items).toMatchObject([{ version: 2 }]);
    const second = await asked('GET', `/v1/risk/policies?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toEqual({ items: [set.body], nextCursor: null });
  });

  test('of several who set them at once, one does', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        app.request('PUT', '/v1/risk/policy', { key, body: weights(0, { ip_vpn: n }) }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  test.each([
    ['points of a hundred and one', { points: { ...DEFAULT_POLICY.points, ip_vpn: 101 } }],
    ['an indicator left out', { points: { ip_vpn: 1 } }],
    ['bands in another order', { bands: { flag: 60, hold: 60, decline: 85 } }],
    ['no reason', { reason: ' ' }],
  ])('are refused with %s', async (_, wrong) => {
    const body = { ...weights(0), ...wrong };
    expect((await app.request('PUT', '/v1/risk/policy', { body })).status).toBe(422);
  });
});

test('weights are tried on what was found before, and nothing is changed by it', async () => {
  const { code } = await createOffer(app, {
    definition: { risk: { indicators: ['device_shared', 'geo_mismatch'] } },
  });
  const { code: uncounted } = await createOffer(app);
  const from = new Date(Date.now() - 1_000).toISOString();
  await login('tried-1', { device: 'of two' });
  await login('tried-2', { device: 'of two' });
  await linkAll(app);
  const use = async (player: string, text: string, more: object) =>
    app.request('POST', '/v1/activations', {
      body: {
        code: text,
        channel: 'account',
        player: { id: player, currency: 'EUR', country: 'DE' },
        ...more,
      },
    });
  expect((await use('tried-1', code, { device: { id: 'of two' } })).body.outcome).toBe('accepted');
  expect((await use('tried-3', code, {})).body.outcome).toBe('accepted');
  expect((await use('tried-4', uncounted, { device: { id: 'of two' } })).body.outcome).toBe('accepted');
  const away = { ip: '192.0.2.1', ipCountry: 'AT' };
  expect((await use('tried-5', code, away)).body.outcome).toBe('accepted');

  const run = async (body: object) => {
    const to = new Date(Date.now() + 1_000).toISOString();
    const started = await app.request('POST', '/v1/risk/policy-trials', { body: { from, to, ...body } });
    expect(started.status).toBe(202);
    return vi.waitFor(async () => {
      const job = (await app.request('GET', `/v1/jobs/${started.body.jobId}`)).body;
      expect(job.status).toBe('succeeded');
      return job.result;
    });
  };
  const { bands } = DEFAULT_POLICY;
  const heavier = { bands, points: { ...DEFAULT_POLICY.points, device_shared: 70, geo_mismatch: 40 } };
  expect(await run(heavier)).toMatchObject({
    attempts: 3,
    before: { allow: 2, flag: 1, hold: 0, decline: 0 },
    after: { allow: 1, flag: 1, hold: 1, decline: 0 },
    moves: expect.arrayContaining([
      {
        ...{ from: 'flag', to: 'hold', attempts: 1 },
        samples: [
          expect.objectContaining({
            player: 'tried-1',
            score: { before: 45, after: 70 },
            indicators: ['device_shared'],
          }),
        ],
      },
      expect.objectContaining({ from: 'allow', to: 'flag', attempts: 1 }),
    ]),
  });
  expect(await run({ ...heavier, indicators: ['geo_mismatch'] })).toMatchObject({
    after: { allow: 2, flag: 1, hold: 0, decline: 0 },
  });
  expect((await app.request('GET', '/v1/risk/policy')).body.version).toBe(0);
});

describe('who is behind accounts', () => {
  beforeAll(async () => {
    for (const [player, device] of [
      ['ann', 'd1'],
      ['bob', 'd1'],
      ['bob', 'd2'],
      ['cid', 'd2'],
      ['cid', 'd3'],
      ['dan', 'd3'],
    ] as const)
      await login(player, { device });
    for (const player of ['ann', 'eve']) await login(player, { ip: '192.0.2.200' });
    await lookInto(app);
  });

  test('is told of one', async () => {
    const { body } = await app.request('GET', '/v1/players/ann/risk-profile');
    expect(body).toMatchObject({
      ...{ score: 45, band: 'flag', isDue: false, cluster: { players: 4 } },
      identifiers: expect.arrayContaining([
        expect.objectContaining({ kind: 'device', hint: '…1', players: 2 }),
        expect.objectContaining({ kind: 'address', hint: '192.0.…', players: 2 }),
      ]),
      linked: expect.arrayContaining([
        expect.objectContaining({ player: 'bob', kinds: ['device'] }),
        expect.objectContaining({ player: 'eve', kinds: ['address'] }),
      ]),
    });
    expect((await app.request('GET', '/v1/players/nobody/risk-profile')).status).toBe(404);
  });

  test.each([
    [1, ['ann', 'bob', 'eve']],
    [2, ['ann', 'bob', 'cid', 'eve']],
    [3, ['ann', 'bob', 'cid', 'dan', 'eve']],
    [4, ['ann', 'bob', 'cid', 'dan', 'eve']],
  ])('is drawn %i steps far', async (depth, players) => {
    const { body } = await app.request('GET', `/v1/risk/links?player=ann&depth=${depth}`);
    const named = body.nodes.filter(({ kind }: { kind: string }) => kind === 'player');
    expect(named.map(({ label }: { label: string }) => label)).toEqual(players);
    const ids = new Set(body.nodes.map(({ id }: { id: string }) => id));
    for (const { player, identifier } of body.edges)
      expect([ids.has(player), ids.has(identifier)]).toEqual([true, true]);
    expect(body.isCut).toBe(false);
  });

  test('is drawn no further than can be read, and says so', async () => {
    const { brandId } = app.brand;
    await app.db.query(
      `insert into players (player_id, brand_id, external_id) select md5('many' || n)::uuid, $1, 'many-' || n
       from generate_series(1, 700) n`,
      [brandId],
    );
    await app.db.query(
      `insert into risk_identifiers (identifier_key, brand_id, kind, hint, players, first_seen_at)
       select md5('key' || n)::uuid, $1, 'device', '', 36, now() from generate_series(1, 20) n`,
      [brandId],
    );
    await app.db.query(
      `insert into risk_links (identifier_key, player_id, brand_id, kind, first_seen_at, last_seen_at)
       select md5('key' || (n % 20 + 1))::uuid, md5('many' || n)::uuid, $1::uuid, 'device', now(), now() from generate_series(1, 700) n
       union all select md5('key' || n)::uuid, $2::uuid, $1::uuid, 'device', now(), now() from generate_series(1, 20) n`,
      [brandId, playerId(brandId, 'eve')],
    );
    const { body } = await app.request('GET', '/v1/risk/links?player=eve&depth=2');
    expect(body).toMatchObject({ isCut: true });
    expect(body.nodes).toHaveLength(500);
  });

  test('is listed by how many they are', async () => {
    const { body } = await app.request('GET', '/v1/risk/clusters?limit=1');
    expect(body.items).toMatchObject([{ players: 4, score: 45, band: 'flag' }]);
    expect(body.items[0].some.toSorted()).toEqual(['ann', 'bob', 'cid', 'dan']);
    const next = await app.request('GET', `/v1/risk/clusters?limit=1&cursor=${body.nextCursor}`);
    expect(next.body.items).toMatchObject([{ players: 3 }]);
  });

  test('is another brand’s to know of theirs alone', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    expect((await app.request('GET', '/v1/players/ann/risk-profile', { key })).status).toBe(404);
    expect((await app.request('GET', '/v1/risk/links?player=ann', { key })).status).toBe(404);
    expect((await app.request('GET', '/v1/risk/clusters', { key })).body.items).toEqual([]);
    const [identifier] = (await app.request('GET', '/v1/players/ann/risk-profile')).body.identifiers;
    const body = { identifierId: identifier.id, reason: 'not ours' };
    expect((await app.request('POST', '/v1/players/ann/unlink', { key, body })).status).toBe(404);
  });
});

test('without a file nothing is known of networks', async () => {
  const { body } = await app.request('GET', '/v1/risk/address-ranges?ip=192.0.2.1');
  expect(body).toMatchObject({ isConfigured: false, faultCount: 0, looked: { kinds: [], country: null } });
});
