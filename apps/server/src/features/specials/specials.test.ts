import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { expectBalanced, reverse } from '../../testing/actions.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { validCampaign } from '../campaigns/testing.ts';
import { answers, type Receiver, startReceiver } from '../webhooks/testing/receiver.ts';
import {
  becomes,
  bonusOf,
  claim,
  deliveriesOf,
  hurry,
  isDelivered,
  specialOffer,
  specialReward,
} from './testing.ts';

let app: TestApp;
let receiver: Receiver;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  receiver = await startReceiver();
  await app.request('POST', '/v1/properties', {
    body: { name: 'opted_in', type: 'boolean', label: 'Takes part', example: true },
  });
});
afterAll(async () => {
  await expectBalanced(app);
  await app.close();
  await receiver[Symbol.asyncDispose]();
});

const save = (handler: string, payload: Record<string, unknown>) =>
  app.request('POST', '/v1/campaigns', {
    body: validCampaign({
      rewards: [specialReward(handler, payload)],
      limits: [{ scope: 'player', max: 1 }],
    }),
  });

describe('handlers', () => {
  it('are listed with the JSON Schema of their payloads', async () => {
    const { body } = await app.request('GET', '/v1/special-handlers');
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['opt_in', 'prize_draw', 'webhook']);
    expect(body.items[0].payload).toMatchObject({
      type: 'object',
      required: ['property'],
      additionalProperties: false,
      properties: { property: { type: 'string' }, value: { default: true } },
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['host-call', {}, 'rewards.0.handler'],
    ['opt_in', {}, 'rewards.0.payload.property'],
    ['opt_in', { property: 'Not a name' }, 'rewards.0.payload.property'],
    ['opt_in', { property: 'opted_in', value: { nested: true } }, 'rewards.0.payload.value'],
    ['opt_in', { property: 'opted_in', extra: 1 }, 'rewards.0.payload.extra'],
    ['prize_draw', { draw: 7 }, 'rewards.0.payload.draw'],
    ['webhook', { endpoint: 'https://example.com' }, 'rewards.0.payload.endpoint'],
    ['webhook', { endpoint: 'gifts', data: 'mug' }, 'rewards.0.payload.data'],
  ])('%s with %o is not saved: %s', async (handler, payload, field) => {
    const { status, body } = await save(handler, payload);
    expect(body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
    expect([status, body.key]).toEqual([422, 'campaign_invalid']);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['opt_in', { property: 'nobody_registered' }, 'rewards.0.payload.property'],
    ['opt_in', { property: 'opted_in', value: 'yes' }, 'rewards.0.payload.value'],
    ['prize_draw', { draw: 'no-such-draw' }, 'rewards.0.payload.draw'],
    ['webhook', { endpoint: 'no-such-endpoint' }, 'rewards.0.payload.endpoint'],
  ])('%s with %o is saved, but not run: %s', async (handler, payload, field) => {
    const { status, body } = await save(handler, payload);
    expect(status).toBe(201);
    const submitted = await app.request('POST', `/v1/campaigns/${body.id}/submit`, { body: {} });
    expect(submitted).toMatchObject({
      status: 422,
      body: { key: 'campaign_not_ready', errors: [{ field }] },
    });
  });

  it('run with a payload that fits and everything it needs', async () => {
    const { body } = await save('opt_in', { property: 'opted_in' });
    expect((await app.request('POST', `/v1/campaigns/${body.id}/submit`, { body: {} })).status).toBe(200);
  });
});

describe('opt_in', () => {
  const propertiesOf = async (player: string) =>
    (await app.request('GET', `/v1/players/${player}`)).body.properties;

  it('sets the property and completes the bonus', async () => {
    const { code } = await specialOffer(app, specialReward('opt_in', { property: 'opted_in' }));
    const { player, grantId } = await claim(app, code);
    await becomes(app, player, 'completed');
    expect(await propertiesOf(player)).toEqual({ opted_in: true });
    await isDelivered(app, grantId, { state: 'delivered', attempts: 1, response: { opted_in: true } });
  });

  it('waits, visibly, for a property that is no longer as it was', async () => {
    const { code } = await specialOffer(app, specialReward('opt_in', { property: 'comes_late', value: 3 }));
    const { player, grantId } = await claim(app, code);
    await isDelivered(app, grantId, {
      state: 'waiting',
      attempts: 1,
      lastError: expect.stringContaining('not registered'),
    });
    await app.request('POST', '/v1/properties', {
      body: { name: 'comes_late', type: 'number', label: 'Late', example: 1 },
    });
    const [delivery] = await deliveriesOf(app, grantId);
    const retried = await app.request('POST', `/v1/deliveries/${delivery.deliveryId}/retry`);
    expect(retried.status).toBe(202);
    await becomes(app, player, 'completed');
    expect(await propertiesOf(player)).toEqual({ comes_late: 3 });
  });

  it('never sets a property for a bonus that was taken back first, nor takes back one that was set', async () => {
    const { code } = await specialOffer(app, specialReward('opt_in', { property: 'opted_in' }));
    const all = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const claimed = await claim(app, code);
        await reverse(app, claimed.activationId);
        return claimed;
      }),
    );
    for (const { player, grantId } of all) {
      await expect
        .poll(async () => (await deliveriesOf(app, grantId)).every(({ state }) => state !== 'waiting'), {
          timeout: 20_000,
        })
        .toBe(true);
      const { status } = await bonusOf(app, player);
      const set = (await propertiesOf(player)).opted_in === true;
      expect([status, set]).toEqual(status === 'cancelled' ? ['cancelled', false] : ['completed', true]);
    }
  });
});

describe('endpoints', () => {
  const put = (name: string, url: string) =>
    app.request('PUT', `/v1/special-endpoints/${name}`, { body: { url } });

  it('are added with a secret shown once, moved, listed and removed, all on record', async () => {
    const name = `e-${randomUUID()}`;
    const created = await put(name, 'https://gifts.example.com/a');
    expect(created).toMatchObject({ status: 201, body: { name, secret: expect.stringMatching(/^whsec_/) } });
    const moved = await put(name, 'https://gifts.example.com/b');
    expect(moved.status).toBe(200);
    expect(moved.body).not.toHaveProperty('secret');
    const { body } = await app.request('GET', '/v1/special-endpoints');
    expect(body.items.find((item: { name: string }) => item.name === name)).toEqual(moved.body);
    expect(JSON.stringify(body)).not.toContain('whsec_');
    expect((await app.request('DELETE', `/v1/special-endpoints/${name}`)).status).toBe(204);
    expect((await app.request('DELETE', `/v1/special-endpoints/${name}`)).status).toBe(404);
    const { rows } = await app.db.query<{ action: string; entry: string }>(
      `select action, row_to_json(audit_log)::text as entry from audit_log where target_id = $1 order by entry_id`,
      [name],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'special_endpoint.created',
      'special_endpoint.updated',
      'special_endpoint.deleted',
    ]);
    expect(rows.some(({ entry }) => entry.includes('whsec_'))).toBe(false);
  });

  it('are not at private addresses unless those are allowed', async () => {
    await using guarded = await startTestApp();
    const { status, body } = await guarded.request('PUT', '/v1/special-endpoints/gifts', {
      body: { url: 'http://169.254.169.254/latest' },
    });
    expect([status, body.key]).toEqual([422, 'url_not_allowed']);
  });

  it("are each brand's own", async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const name = `e-${randomUUID()}`;
    await put(name, 'https://gifts.example.com');
    const rotate = (options: object) =>
      app.request('POST', `/v1/special-endpoints/${name}/rotate-secret`, { body: {}, ...options });
    expect((await rotate({ key })).status).toBe(404);
    expect((await app.request('GET', '/v1/special-endpoints', { key })).body.items).toEqual([]);
    expect((await rotate({})).status).toBe(200);
  });
});

describe('webhook', () => {
  let endpoint: string;
  let path: string;
  let secret: string;
  let code: string;
  beforeEach(async () => {
    endpoint = `gifts-${randomUUID()}`;
    path = `/${endpoint}`;
    const added = await app.request('PUT', `/v1/special-endpoints/${endpoint}`, {
      body: { url: receiver.url(path) },
    });
    secret = added.body.secret;
    ({ code } = await specialOffer(app, specialReward('webhook', { endpoint, data: { gift: 'mug' } })));
  });

  it('tells the endpoint of the bonus, signed, and completes it', async () => {
    const { player, grantId } = await claim(app, code);
    await becomes(app, player, 'completed');
    const [message] = receiver.at(path);
    expect(message?.id).toBe(`${grantId}.issue`);
    const verified = new Webhook(secret).verify(message?.body ?? '', {
      'webhook-id': String(message?.headers['webhook-id']),
      'webhook-timestamp': String(message?.headers['webhook-timestamp']),
      'webhook-signature': String(message?.headers['webhook-signature']),
    });
    expect(verified).toEqual({
      type: 'special.issue',
      grantId,
      player,
      campaignId: expect.any(String),
      expiresAt: null,
      data: { gift: 'mug' },
    });
    expect(receiver.at(path)).toHaveLength(1);
  });

  it.each([
    ['answers 500', answers(500), 'answered 500'],
    ['answers 409', answers(409), 'answered 409'],
    ['sends elsewhere', answers(302, { location: 'http://127.0.0.1/' }), 'redirects are not followed'],
    ['hangs up', (response: { destroy(): unknown }) => void response.destroy(), 'other side closed'],
  ] as const)('is tried again when the endpoint %s', async (_, behaviour, error) => {
    receiver.behave(behaviour, path);
    const { player, grantId } = await claim(app, code);
    await isDelivered(app, grantId, {
      state: 'waiting',
      attempts: 1,
      lastError: expect.stringContaining(error),
    });
    expect((await bonusOf(app, player)).status).toBe('pending');
    receiver.behave(answers(204), path);
    await hurry(app, grantId);
    await becomes(app, player, 'completed');
    expect(receiver.at(path).map(({ id }) => id)).toEqual([`${grantId}.issue`, `${grantId}.issue`]);
  });

  it('is over when the endpoint refuses it for good: the bonus is cancelled', async () => {
    receiver.behave(answers(422, {}, 'out of mugs'), path);
    const { player, grantId } = await claim(app, code);
    await becomes(app, player, 'cancelled');
    await isDelivered(app, grantId, {
      state: 'refused',
      attempts: 1,
      lastError: 'the endpoint refused it',
      response: { status: 422, body: 'out of mugs' },
    });
  });

  it('tells of a bonus taken back after the endpoint may have seen it', async () => {
    receiver.behave(answers(500), path);
    const { player, activationId, grantId } = await claim(app, code);
    await isDelivered(app, grantId, { state: 'waiting', attempts: 1 });
    await reverse(app, activationId);
    receiver.behave(answers(204), path);
    await hurry(app, grantId);
    await expect
      .poll(() => receiver.at(path).map(({ id }) => id), { timeout: 20_000 })
      .toEqual([`${grantId}.issue`, `${grantId}.cancel`]);
    expect(JSON.parse(receiver.at(path)[1]?.body ?? '')).toMatchObject({ type: 'special.cancel', grantId });
    expect((await bonusOf(app, player)).status).toBe('cancelled');
  });

  it('waits for an endpoint that was removed, and signs with both secrets while they overlap', async () => {
    await app.request('DELETE', `/v1/special-endpoints/${endpoint}`);
    const { player, grantId } = await claim(app, code);
    await isDelivered(app, grantId, { state: 'waiting', lastError: `there is no endpoint "${endpoint}"` });
    const { body: added } = await app.request('PUT', `/v1/special-endpoints/${endpoint}`, {
      body: { url: receiver.url(path) },
    });
    const { body: rotated } = await app.request('POST', `/v1/special-endpoints/${endpoint}/rotate-secret`, {
      body: {},
    });
    await hurry(app, grantId);
    await becomes(app, player, 'completed');
    const [message] = receiver.at(path);
    const headers = {
      'webhook-id': String(message?.headers['webhook-id']),
      'webhook-timestamp': String(message?.headers['webhook-timestamp']),
      'webhook-signature': String(message?.headers['webhook-signature']),
    };
    for (const key of [added.secret, rotated.secret])
      expect(new Webhook(key).verify(message?.body ?? '', headers)).toMatchObject({ grantId });
  });

  it('does not tell of a bonus that expired meanwhile', async () => {
    const short = await specialOffer(
      app,
      specialReward('webhook', { endpoint }, { expiresAfterSeconds: 3_600 }),
    );
    receiver.behave(answers(500), path);
    const { player, grantId } = await claim(app, short.code);
    await isDelivered(app, grantId, { state: 'waiting', attempts: 1 });
    await app.db.query('update grants set expires_at = now() where grant_id = $1', [grantId]);
    await hurry(app, grantId);
    await becomes(app, player, 'cancelled');
    await isDelivered(app, grantId, { state: 'refused' });
    expect(receiver.at(path)).toHaveLength(1);
  });
});
