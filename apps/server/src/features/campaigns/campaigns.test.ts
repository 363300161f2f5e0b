import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { loadDefinition, loadLive } from './live.ts';
import { validCampaign } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ brand: { currencies: [{ code: 'GOLD', exponent: 0 }] } });
});
afterAll(() => app.close());

async function draft(differences = {}) {
  const { status, body } = await app.request('POST', '/v1/campaigns', { body: validCampaign(differences) });
  expect(status).toBe(201);
  return body;
}
const patch = (id: string, body: unknown, headers?: Record<string, string>) =>
  app.request('PATCH', `/v1/campaigns/${id}`, { body, ...(headers ? { headers } : {}) });

describe('a draft', () => {
  test('is what was sent, with defaults filled in', async () => {
    const campaign = await draft({ exclusiveGroup: 'welcome' });
    expect(campaign).toMatchObject({
      ...validCampaign(),
      status: 'draft',
      version: 1,
      revision: 1,
      budget: null,
      exclusiveGroup: 'welcome',
      audience: { rule: null, kycRequired: false },
    });
    const got = await app.request('GET', `/v1/campaigns/${campaign.id}`);
    expect(got.body).toEqual(campaign);
    expect(got.headers.get('etag')).toBe('"1"');
  });

  test('takes no fields nobody knows, and none that are not the caller’s to set', async () => {
    for (const extra of [
      { nmae: 'x' },
      { status: 'active' },
      { brandId: app.brand.brandId },
      { version: 7 },
    ]) {
      const { status, body } = await app.request('POST', '/v1/campaigns', {
        body: { ...validCampaign(), ...extra },
      });
      expect([status, body.key]).toEqual([422, 'invalid_request']);
    }
  });

  test('that may not be saved says why at the field', async () => {
    const { status, body } = await app.request('POST', '/v1/campaigns', {
      body: validCampaign({ audience: { rule: "player.country == 'DE' &&\n player.vip_level >= 'x'" } }),
    });
    expect([status, body.key]).toEqual([422, 'campaign_invalid']);
    expect(body.errors[0]).toMatchObject({ field: 'audience.rule', line: 2, column: expect.any(Number) });
  });

  test('may use the currencies configured for the brand', async () => {
    const rewards = [{ kind: 'bonus_balance', amount: { GOLD: 5 }, wagering: { multiplier: 0 } }];
    await draft({ rewards });
    const unknown = [{ kind: 'bonus_balance', amount: { GOLT: 5 }, wagering: { multiplier: 0 } }];
    const { body } = await app.request('POST', '/v1/campaigns', {
      body: validCampaign({ rewards: unknown } as never),
    });
    expect(body.errors).toMatchObject([{ field: 'rewards.0.amount.GOLT' }]);
  });
});

describe('a change', () => {
  test('makes a new version and keeps the old one as it was', async () => {
    const before = await draft();
    const { status, body } = await patch(before.id, { revision: 1, exclusive: true, name: 'Better' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'Better',
      exclusive: true,
      version: 2,
      revision: 2,
      rewards: before.rewards,
    });
    expect(await loadDefinition(app.db, before.id, 1)).toMatchObject({ exclusive: false });
    const versions = await app.request('GET', `/v1/campaigns/${before.id}/versions`);
    expect(versions.body.items.map((version: { version: number }) => version.version)).toEqual([2, 1]);
    const second = await app.request('GET', `/v1/campaigns/${before.id}/versions?limit=1`);
    const rest = await app.request(
      'GET',
      `/v1/campaigns/${before.id}/versions?limit=1&cursor=${second.body.nextCursor}`,
    );
    expect(rest.body.items).toMatchObject([{ version: 1, exclusive: false }]);
  });

  test('of the name alone leaves the terms at their version', async () => {
    const { id } = await draft();
    expect((await patch(id, { revision: 1, name: 'Other' })).body).toMatchObject({ version: 1, revision: 2 });
  });

  test('can clear what may be empty', async () => {
    const { id } = await draft({ budget: { EUR: 100_000 }, exclusiveGroup: 'a' });
    const { body } = await patch(id, { revision: 1, budget: null, exclusiveGroup: null });
    expect(body).toMatchObject({ budget: null, exclusiveGroup: null });
  });

  test('needs the revision it was made on, in the body or in If-Match', async () => {
    const { id } = await draft();
    expect((await patch(id, { name: 'x' })).body.errors).toMatchObject([{ field: 'revision' }]);
    expect((await patch(id, { name: 'x' }, { 'if-match': '"1"' })).status).toBe(200);
    for (const [body, headers] of [
      [{ name: 'y', revision: 1 }],
      [{ name: 'y' }, { 'if-match': '"1"' }],
    ] as const)
      expect(await patch(id, body, headers)).toMatchObject({
        status: 409,
        body: { key: 'revision_conflict', revision: 2 },
      });
    expect((await patch(id, { name: 'z' }, { 'if-match': 'abc' })).status).toBe(422);
  });

  test('of several at once is made by one, and the others see a conflict', async () => {
    const { id } = await draft();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => patch(id, { revision: 1, exclusive: true, name: `n${n}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
    const { body } = await app.request('GET', `/v1/campaigns/${id}`);
    expect(body).toMatchObject({ revision: 2, version: 2 });
  });

  test('is told of in the audit log with what was before and after', async () => {
    const { id } = await draft();
    await patch(id, { revision: 1, exclusive: true });
    const { rows } = await app.db.query(
      `select action, before, after from audit_log where target_id = $1 order by entry_id`,
      [id],
    );
    expect(rows).toMatchObject([
      { action: 'campaign.created' },
      {
        action: 'campaign.updated',
        before: { version: 1, revision: 1, exclusive: false },
        after: { version: 2, revision: 2, exclusive: true },
      },
    ]);
    expect(Object.keys(rows[1]?.after).sort()).toEqual(['exclusive', 'revision', 'version']);
  });
});

describe('deleting', () => {
  test('removes an unused draft', async () => {
    const { id } = await draft();
    expect((await app.request('DELETE', `/v1/campaigns/${id}`)).status).toBe(204);
    expect((await app.request('GET', `/v1/campaigns/${id}`)).status).toBe(404);
    expect((await app.db.query('select 1 from campaign_versions where campaign_id = $1', [id])).rows).toEqual(
      [],
    );
  });

  test('is refused once there are codes, or it was submitted', async () => {
    const used = await draft();
    await app.db.query('update campaigns set has_codes = true where campaign_id = $1', [used.id]);
    const submitted = await draft();
    await app.request('POST', `/v1/campaigns/${submitted.id}/submit`);
    for (const { id } of [used, submitted])
      expect((await app.request('DELETE', `/v1/campaigns/${id}`)).body.key).toBe('campaign_in_use');
  });
});

describe('another brand', () => {
  test('sees and changes nothing', async () => {
    const { id } = await draft();
    const { ownerKey: key } = await app.anotherBrand();
    const calls = [
      ['GET', ''],
      ['GET', '/versions'],
      ['PATCH', '', { revision: 1, name: 'stolen' }],
      ['DELETE', ''],
      ['POST', '/submit'],
      ['POST', '/withdraw'],
      ['POST', '/pause', { reason: 'x' }],
      ['POST', '/resume'],
      ['POST', '/end', {}],
      ['POST', '/extend', { endsAt: '2099-01-01T00:00:00Z' }],
      ['POST', '/archive'],
    ] as const;
    for (const [method, path, body] of calls)
      expect((await app.request(method, `/v1/campaigns/${id}${path}`, { key, body })).status).toBe(404);
    expect((await app.request('GET', '/v1/campaigns', { key })).body.items).toEqual([]);
    expect((await app.request('GET', `/v1/campaigns/${id}`)).body).toMatchObject({
      revision: 1,
      status: 'draft',
    });
  });
});

describe('the list', () => {
  test('filters by state, name, group and traffic, and pages newest first', async () => {
    const { brand, ownerKey: key } = await app.anotherBrand();
    const make = async (differences: object) =>
      (await app.request('POST', '/v1/campaigns', { key, body: validCampaign(differences) })).body.id;
    const a = await make({ name: 'Spring 100%', exclusiveGroup: 'g1' });
    const b = await make({ name: 'Summer', traffic: { utmSource: 'tg', affiliateId: 'aff-1' } });
    const c = await make({ name: 'Autumn_x', traffic: { utmSource: 'mail', utmCampaign: 'oct' } });
    await app.request('POST', `/v1/campaigns/${a}/submit`, { key });
    const ids = async (query: string) => {
      const { body } = await app.request('GET', `/v1/campaigns?${query}`, { key });
      return body.items.map((item: { id: string }) => item.id);
    };
    expect(await ids('')).toEqual([c, b, a]);
    expect(await ids('status=active')).toEqual([a]);
    expect(await ids('name=SUM')).toEqual([b]);
    expect(await ids('name=100%25')).toEqual([a]);
    expect(await ids('name=_')).toEqual([c]);
    expect(await ids('exclusiveGroup=g1')).toEqual([a]);
    expect(await ids('utmSource=tg')).toEqual([b]);
    expect(await ids('utmCampaign=oct')).toEqual([c]);
    expect(await ids('affiliateId=aff-1')).toEqual([b]);
    const first = await app.request('GET', '/v1/campaigns?limit=2', { key });
    expect(first.body.items[0]).toMatchObject({
      id: c,
      rewardKinds: ['bonus_balance'],
      exclusiveGroup: null,
    });
    expect(await ids(`limit=2&cursor=${first.body.nextCursor}`)).toEqual([a]);
    expect(await loadLive(app.db, [a, b])).toHaveLength(2);
    expect((await loadLive(app.db, [a]))[0]).toMatchObject({
      brandId: brand.brandId,
      status: 'active',
      version: 1,
    });
  });
});
