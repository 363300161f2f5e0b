import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { plansOf } from '../../../testing/plans.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { allPlayerIds, samplePlayerIds } from '../../players/index.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const counted = (count: number) => ({ count, low: count, high: count });
const count = (body: object, key?: string) =>
  app.request('POST', '/v1/audiences/count', { body, ...(key === undefined ? {} : { key }) });

/** Players of a brand of their own. */
async function brandWith(players: Readonly<Record<string, object>>): Promise<string> {
  const { ownerKey } = await app.anotherBrand();
  for (const [id, data] of Object.entries(players))
    expect(
      (await app.request('PUT', `/v1/players/${id}`, { key: ownerKey, body: data })).status,
    ).toBeLessThan(300);
  return ownerKey;
}

describe('a small brand is counted', () => {
  let key: string;
  beforeAll(async () => {
    key = await brandWith({
      ann: { country: 'DE', currency: 'EUR', birthDate: '1990-01-01', kycStatus: 'verified', vipLevel: 3 },
      ben: { country: 'DE', currency: 'EUR', birthDate: '2015-01-01', kycStatus: 'pending', vipLevel: 1 },
      cat: { country: 'SE', currency: 'SEK', birthDate: '1985-05-05' },
      dan: { vipLevel: 5 },
      eve: { country: 'DE', currency: 'EUR', birthDate: '1990-01-01', kycStatus: 'verified', vipLevel: 9 },
    });
    const excluded = await app.request('POST', '/v1/players/eve/self-exclusion', {
      key,
      body: { excluded: true, reason: 'asked' },
    });
    expect(excluded.status).toBe(200);
  });

  test.each<[string, object, number, string[]]>([
    ['everybody', {}, 4, []],
    ['a country', { markets: { countries: ['DE'] } }, 2, ['player.country']],
    ['a currency', { markets: { currencies: ['SEK'] } }, 1, ['player.currency']],
    ['an age', { audience: { minAge: 18 } }, 2, ['player.age']],
    ['checked identity', { audience: { kycRequired: true } }, 1, ['player.kyc_status', 'player.kyc_status']],
    ['a rule', { audience: { rule: 'player.vip_level >= 3' } }, 2, ['player.vip_level']],
    [
      'a rule that a fact decides although another is missing',
      { audience: { rule: 'player.vip_level >= 3 || player.country == "SE"' } },
      3,
      [],
    ],
    [
      'a rule of the attempt',
      { audience: { rule: 'activation.channel == "app"' } },
      0,
      Array(4).fill('activation.channel'),
    ],
    [
      'everything together',
      { markets: { countries: ['DE'] }, audience: { minAge: 18, rule: 'player.vip_level > 2' } },
      1,
      ['player.country', 'player.age'],
    ],
  ])('%s', async (_, audience, matching, missing) => {
    const { status, body } = await count(audience, key);
    expect(status).toBe(200);
    const facts = [...new Set(missing)].map((fact) => ({
      fact,
      players: counted(missing.filter((one) => one === fact).length),
    }));
    expect(body).toMatchObject({
      exact: true,
      looked: 5,
      players: counted(5),
      matching: counted(matching),
      barred: counted(1),
    });
    expect(body.missing.toSorted(byFact)).toEqual(facts.toSorted(byFact));
  });
});
const byFact = (a: { fact: string }, b: { fact: string }) => a.fact.localeCompare(b.fact);

test('an empty brand has nobody', async () => {
  const { body } = await count(
    { audience: { rule: 'player.age > 18' } },
    (await app.anotherBrand()).ownerKey,
  );
  expect(body).toMatchObject({
    exact: true,
    looked: 0,
    players: counted(0),
    matching: counted(0),
    missing: [],
  });
});

test('a rule that does not compile is refused with where', async () => {
  const { status, body } = await count({ audience: { rule: 'player.age >\n  "x"' } });
  expect([status, body.key]).toEqual([422, 'campaign_invalid']);
  expect(body.errors).toEqual([
    expect.objectContaining({ field: 'audience.rule', line: expect.any(Number), column: expect.any(Number) }),
  ]);
});

describe('a large brand beside another is sampled', () => {
  const EACH = 12_000;
  let key: string;
  let brandId: string;
  beforeAll(async () => {
    const [own, other] = [await app.anotherBrand(), await app.anotherBrand()];
    key = own.ownerKey;
    brandId = own.brand.brandId;
    for (const brand of [brandId, other.brand.brandId]) {
      const names = Array.from({ length: EACH }, (_, nth) => `p-${nth}`);
      await app.db.query(
        `insert into players (player_id, brand_id, external_id, country)
         select id, $1, name, case when nth % 10 = 0 then 'MT' end
         from unnest($2::uuid[], $3::text[]) with ordinality as p (id, name, nth)`,
        [brand, names.map((name) => playerId(brand, name)), names],
      );
    }
    await app.db.query('analyze players');
  }, 60_000);

  /** Ids are drawn anew in every run, so a truth outside of 95 of 100 is no fault: twice as far, in none of 10,000, is. */
  test('its numbers are near the truth', async () => {
    const { body } = await count({ markets: { countries: ['MT'] } }, key);
    expect(body.exact).toBe(false);
    // 5,000 and what is left of the last part; fewer where a machine is too slow for that in two seconds.
    expect(body.looked).toBeGreaterThan(1_000);
    expect(body.looked).toBeLessThan(6_500);
    const { players, matching, unknown } = body;
    for (const [{ count: estimated, low, high }, truth] of [
      [players, EACH],
      [matching, EACH / 10],
      [unknown, (EACH * 9) / 10],
    ]) {
      expect(Math.abs(estimated - truth)).toBeLessThan(high - low);
      expect(high - low).toBeLessThan(truth / 4);
    }
    expect(body.missing).toEqual([{ fact: 'player.country', players: unknown }]);
  });

  test('by reading a bounded part of the table, through its index', async () => {
    const plan = await plansOf(app.db, async (db) => {
      await samplePlayerIds(db, brandId, brandId, 1_000);
    });
    expect(plan).toMatch(/Index Scan using players_pkey/);
    expect(await allPlayerIds(app.db, brandId, EACH)).toHaveLength(EACH);
    expect(await allPlayerIds(app.db, brandId, EACH - 1)).toBeUndefined();
  });
});
