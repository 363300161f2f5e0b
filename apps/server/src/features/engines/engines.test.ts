import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
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

  it('signs with both secrets while one replaces the other', async () => {
    await using other = await connectEngine(app);
    const { body } = await app.request('POST', `${PATH}/rotate-secret`, { body: { overlapSeconds: 60 } });
    expect(body).toMatchObject({
      secret: expect.stringMatching(/^whsec_/),
      previousSecretUntil: expect.any(String),
    });
    await app.request('POST', `${PATH}/test`);
    expect(other.receiver.received.at(-1)?.headers['webhook-signature']?.toString().split(' ')).toHaveLength(
      2,
    );
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
