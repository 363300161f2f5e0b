import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { activate, deposit, eventsOf, expectBalanced, grantsOf, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { answers } from '../webhooks/testing/receiver.ts';
import { ACCEPTED, connectEngine, REFUSED, type TestEngine } from './testing.ts';

let app: TestApp;
let engine: TestEngine;
let offer: { campaignId: string; code: string };

beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  engine = await connectEngine(app);
  offer = await createOffer(app);
});
afterAll(async () => {
  await expectBalanced(app);
  await app.close();
  await engine[Symbol.asyncDispose]();
});

const PATH = '/v1/bonus-engine';

describe('who keeps the bonuses', () => {
  it('is this server, until an engine is connected', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const builtIn = { keeper: 'built_in', engineId: null, url: null };
    expect((await app.request('GET', PATH, { key })).body).toMatchObject(builtIn);
    const { status, body } = await app.request('PUT', PATH, { key, body: { keeper: 'built_in' } });
    expect({ status, body }).toMatchObject({ status: 200, body: { ...builtIn, secret: null } });
  });

  it('is changed at once, for bonuses issued from then on; the secret is shown once', async () => {
    const { brand, ownerKey: key } = await app.anotherBrand();
    const put = (body: unknown) => app.request('PUT', PATH, { key, body });
    const url = engine.receiver.url('/other');
    const { body: first } = await put({ keeper: 'outside', url });
    expect(first).toMatchObject({ keeper: 'outside', url, secret: expect.stringMatching(/^whsec_/) });
    const { body: again } = await put({ keeper: 'outside', url: `${url}?x` });
    expect(again).toMatchObject({ engineId: first.engineId, url: `${url}?x`, secret: null });

    const { code } = await createOffer({ ...app, brand });
    const issued = async () => {
      const player = { id: 'ann', currency: 'EUR' };
      const { body } = await app.request('POST', '/v1/activations', { key, body: { code, player } });
      return body.grants[0].status;
    };
    expect(await issued()).toBe('pending');
    await put({ keeper: 'built_in' });
    expect(await issued()).toBe('active');
    expect((await app.request('GET', PATH, { key })).body).toMatchObject({ keeper: 'built_in' });
    const { rows } = await app.db.query(
      `select action, after->>'keeper' as keeper, after::text like '%whsec%' as leaked from audit_log
       where brand_id = $1 and action like 'bonus_engine.%' order by entry_id`,
      [brand.brandId],
    );
    expect(rows.map(({ keeper }) => keeper)).toEqual(['outside', 'outside', 'built_in']);
    expect(rows.some(({ leaked }) => leaked)).toBe(false);
  });

  test.each([
    'ftp://engine.example',
    'https://user:pass@engine.example',
    'not a url',
    'https://a.example/#b',
  ])('cannot be at %s', async (url) => {
    expect(await app.request('PUT', PATH, { body: { keeper: 'outside', url } })).toMatchObject({
      status: 422,
      body: { key: 'url_not_allowed' },
    });
  });

  it('cannot be at a private address, unless the operator allows it', async () => {
    await using guarded = await startTestApp({ config: { outboundAllowPrivate: false } });
    for (const url of ['http://127.0.0.1:9000/', 'http://[::1]:9000/', 'http://localhost:9000/'])
      expect(await guarded.request('PUT', PATH, { body: { keeper: 'outside', url } })).toMatchObject({
        status: 422,
        body: { key: 'url_not_allowed' },
      });
  });

  it('can be tried out', async () => {
    const tried = async () => (await app.request('POST', `${PATH}/test`)).body;
    expect(await tried()).toMatchObject({ accepted: true, status: 200, error: null });
    expect(engine.messages().at(-1)).toMatchObject({ operation: 'test', grantId: null, bonus: null });
    engine.receiver.behave(REFUSED);
    expect(await tried()).toMatchObject({ accepted: false, status: 200, error: 'player unknown' });
    engine.receiver.behave(answers(404, {}, 'no such page'));
    expect(await tried()).toMatchObject({
      accepted: false,
      status: 404,
      error: 'answered 404',
      response: 'no such page',
    });
    engine.receiver.behave(ACCEPTED);
    const { ownerKey: key } = await app.anotherBrand();
    expect((await app.request('POST', `${PATH}/test`, { key })).status).toBe(404);
  });

  it('signs with both secrets while one replaces the other, and takes reports signed with either', async () => {
    await using rotating = await startTestApp({ config: { outboundAllowPrivate: true } });
    await using kept = await connectEngine(rotating);
    const { body } = await rotating.request('POST', `${PATH}/rotate-secret`, {
      body: { overlapSeconds: 60 },
    });
    expect(body.previousSecretUntil).toEqual(expect.any(String));
    await rotating.request('POST', `${PATH}/test`);
    // The first verifies with the secret before.
    expect(kept.messages().map(({ operation }) => operation)).toEqual(['test']);
    const signatures = String(kept.receiver.received[0]?.headers['webhook-signature']);
    expect(signatures.split(' ')).toHaveLength(2);
    const report = { grantId: newId(), status: 'progressed', wagered: 0, balance: 0 };
    for (const secret of [kept.secret, body.secret])
      expect((await kept.report(report, { secret })).body).toMatchObject({ key: 'not_found' });

    await rotating.db.query('update bonus_engines set previous_secret_until = now()');
    expect((await kept.report(report, { secret: kept.secret })).status).toBe(401);
    expect((await kept.report(report, { secret: body.secret })).status).toBe(404);
  });

  it('needs the permission', async () => {
    const reader = await app.key(['providers:read']);
    expect((await app.request('GET', PATH, { key: reader })).status).toBe(200);
    for (const [method, path] of [
      ['PUT', PATH],
      ['POST', `${PATH}/test`],
      ['POST', `${PATH}/rotate-secret`],
    ] as const)
      expect((await app.request(method, path, { key: reader, body: {} })).status).toBe(403);
  });
});

/** A bonus of 10.00, to be wagered 35 times, that the engine has. */
async function keptBonus(player: string): Promise<{ grantId: string; activationId: string }> {
  const { body } = await activate(app, offer.code, player);
  const grantId: string = body.grants[0].id;
  await expect
    .poll(async () => (await grantsOf(app, player)).find(({ id }) => id === grantId).status, {
      timeout: 20_000,
    })
    .toBe('active');
  return { grantId, activationId: body.id };
}

const typesOf = async (grantId: string): Promise<string[]> =>
  (await eventsOf(app, offer.campaignId))
    .filter(({ data }) => data.grantId === grantId)
    .map(({ type }) => type);

describe('an issue', () => {
  it('carries what the engine needs to keep the bonus', async () => {
    const { grantId } = await keptBonus('ann');
    const message = engine.messages().find((sent) => sent.grantId === grantId);
    expect(message).toEqual({
      operation: 'issue',
      grantId,
      brand: app.brand.slug,
      sentAt: expect.any(String),
      bonus: {
        player: 'ann',
        campaignId: offer.campaignId,
        campaignVersion: 1,
        currency: 'EUR',
        amount: 1_000,
        wageringRequired: 35_000,
        wagering: expect.objectContaining({ multiplier: 3_500, base: 'bonus', onWithdrawal: 'forfeit' }),
        depositId: null,
        expiresAt: expect.any(String),
      },
    });
  });

  it('of a deposit bonus waits for the deposit', async () => {
    const onDeposit = await createOffer(app, {
      definition: {
        rewards: [
          {
            kind: 'deposit',
            matchBps: 10_000,
            cap: { EUR: 20_000 },
            minDeposit: { EUR: 2_000 },
            wagering: { multiplier: 3_500 },
          },
        ],
      },
    });
    const { body } = await activate(app, onDeposit.code, 'dora');
    const grantId: string = body.grants[0].id;
    const sent = () => engine.messages().filter((message) => message.grantId === grantId);
    expect(sent()).toEqual([]);
    await deposit(app, 'dora', { amount: 15_000 });
    await expect
      .poll(async () => (await grantsOf(app, 'dora'))[0].status, { timeout: 20_000 })
      .toBe('active');
    expect(sent()).toMatchObject([{ bonus: { amount: 15_000, wageringRequired: 525_000 } }]);
  });
});

describe('a report', () => {
  it('moves the turnover forward, and tells of each quarter', async () => {
    const { grantId } = await keptBonus('bob');
    const progressed = (wagered: number, balance: number) =>
      engine.report({ grantId, status: 'progressed', wagered, balance });
    expect(await progressed(8_000, 900)).toMatchObject({
      status: 200,
      body: { grantId, status: 'active', applied: true },
    });
    await progressed(9_000, 1_200);
    await progressed(8_500, 1_100);
    await progressed(20_000, 700);
    expect((await grantsOf(app, 'bob'))[0]).toMatchObject({
      status: 'active',
      balance: 700,
      wagered: 20_000,
      remaining: 15_000,
    });
    expect(await typesOf(grantId)).toEqual(['bonus.granted', 'wagering.progressed', 'wagering.progressed']);
  });

  it('ends the bonus: what was converted is what the engine says', async () => {
    const { grantId } = await keptBonus('cleo');
    const completed = { grantId, status: 'completed', wagered: 35_000, balance: 0, converted: 1_234 };
    expect(await engine.report(completed)).toMatchObject({ body: { status: 'completed', applied: true } });
    expect((await grantsOf(app, 'cleo'))[0]).toMatchObject({
      status: 'completed',
      converted: 1_234,
      balance: 0,
      remaining: 0,
    });
    expect(await typesOf(grantId)).toEqual(['bonus.granted', 'wagering.completed', 'bonus.converted']);
    expect(await engine.report({ ...completed, status: 'lost', converted: 0 })).toMatchObject({
      status: 200,
      body: { status: 'completed', applied: false },
    });
  });

  test.each(['lost', 'expired', 'forfeited'] as const)('of one that is %s', async (status) => {
    const { grantId } = await keptBonus(`eve-${status}`);
    await engine.report({ grantId, status, wagered: 100, balance: 0 });
    expect((await grantsOf(app, `eve-${status}`))[0]).toMatchObject({ status });
    expect(await typesOf(grantId)).toEqual(['bonus.granted', `bonus.${status}`]);
  });

  it('may come before the issue was answered', async () => {
    const waiting: (() => void)[] = [];
    engine.receiver.behave((response, request) => {
      waiting.push(() => void ACCEPTED(response, request));
    });
    const { body } = await activate(app, offer.code, 'early');
    const grantId: string = body.grants[0].id;
    await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(1);
    await engine.report({ grantId, status: 'lost', wagered: 1_000, balance: 0 });
    engine.receiver.behave(ACCEPTED);
    waiting[0]?.();
    await expect
      .poll(async () => (await app.request('GET', `/v1/deliveries?grantId=${grantId}`)).body.items[0].state)
      .toBe('delivered');
    expect((await grantsOf(app, 'early'))[0]).toMatchObject({ status: 'lost' });
  });

  it('that comes many times has one effect and one answer', async () => {
    const { grantId } = await keptBonus('fay');
    const id = newId();
    const report = { grantId, status: 'completed', wagered: 35_000, balance: 0, converted: 500 };
    const answered = await Promise.all(Array.from({ length: 10 }, () => engine.report(report, { id })));
    for (const { status, body } of answered)
      expect({ status, body }).toEqual({
        status: 200,
        body: { grantId, status: 'completed', applied: true },
      });
    expect((await typesOf(grantId)).filter((type) => type === 'bonus.converted')).toHaveLength(1);
    expect(await engine.report({ ...report, converted: 900 }, { id })).toMatchObject({
      status: 409,
      body: { key: 'conflict' },
    });
  });

  it('races a reversal: one of them ends the bonus', async () => {
    for (let round = 0; round < 5; round++) {
      const player = `gil-${round}`;
      const { grantId, activationId } = await keptBonus(player);
      const [reported] = await Promise.all([
        engine.report({ grantId, status: 'completed', wagered: 35_000, balance: 0, converted: 700 }),
        reverse(app, activationId),
      ]);
      const [grant] = await grantsOf(app, player);
      expect(grant).toMatchObject(
        reported.body.applied
          ? { status: 'completed', converted: 700 }
          : { status: 'cancelled', converted: 0 },
      );
    }
  });

  test.each<[string, Record<string, unknown> | string, number]>([
    ['of a bonus nobody knows', { grantId: newId(), status: 'lost', wagered: 0, balance: 0 }, 404],
    ['of no known end', { grantId: newId(), status: 'won', wagered: 0, balance: 0 }, 422],
    ['of less than nothing', { grantId: newId(), status: 'lost', wagered: -1, balance: 0 }, 422],
    ['of more than is exact', { grantId: newId(), status: 'lost', wagered: 2 ** 53 - 1, balance: 0 }, 422],
    ['with a field nobody knows', { grantId: newId(), status: 'lost', wagered: 0, balance: 0, x: 1 }, 422],
    ['that is no JSON', 'lost!', 400],
  ])('%s is refused', async (_, report, status) => {
    expect((await engine.report(report)).status).toBe(status);
  });

  it('of a bonus that is kept here is refused', async () => {
    const { brand, ownerKey: key } = await app.anotherBrand();
    const { code } = await createOffer({ ...app, brand });
    const player = { id: 'ann', currency: 'EUR' };
    const { body } = await app.request('POST', '/v1/activations', { key, body: { code, player } });
    const report = { grantId: body.grants[0].id, status: 'lost', wagered: 0, balance: 0 };
    expect((await engine.report(report)).status).toBe(404);
  });

  it('that is not signed, or late, proves nothing', async () => {
    const { grantId } = await keptBonus('hal');
    const report = { grantId, status: 'lost', wagered: 0, balance: 0 };
    const forged = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect((await engine.report(report, { secret: forged })).status).toBe(401);
    expect((await engine.report(report, { at: new Date(Date.now() - 600_000) })).status).toBe(401);
    const unknown = await app.request('POST', `/v1/bonus-engines/${newId()}/reports`, {
      key: null,
      body: report,
      headers: { 'webhook-id': 'a', 'webhook-timestamp': '1', 'webhook-signature': 'v1,a' },
    });
    expect(unknown.status).toBe(401);
    const bare = await app.request('POST', `/v1/bonus-engines/${engine.engineId}/reports`, { body: report });
    expect(bare.status).toBe(401);
    expect((await grantsOf(app, 'hal'))[0]).toMatchObject({ status: 'active' });
  });
});
