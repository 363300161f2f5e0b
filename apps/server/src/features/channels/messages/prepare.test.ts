import { randomUUID } from 'node:crypto';
import type { MessageChannel } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { aPlayer, aRequest, composed, eventsOf, prepareAll } from '../testing/messages.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
});
afterAll(() => app.close());

const prepareOne = async (externalId: string, differences = {}, compose = composed) =>
  (await prepareAll(app, [aRequest(app.brand.brandId, externalId, differences)], compose))[0]!;
const setCaps = (items: object[]) => app.request('PUT', '/v1/channel-caps', { body: { items } });

describe('a message', () => {
  it('of the widget is there at once, rendered once, with the values of its labels', async () => {
    const player = await aPlayer(app);
    const request = aRequest(app.brand.brandId, player);
    const [first] = await prepareAll(app, [request]);
    expect(first).toMatchObject({ state: 'sent', reason: null });
    const { rows } = await app.db.query('select rendered, labels from messages where message_id = $1', [
      first?.messageId,
    ]);
    expect(rows[0]).toMatchObject({ rendered: { channel: 'popup' }, labels: { promo_code: 'AB-12' } });
    expect(await eventsOf(app, first!.messageId)).toEqual(['message.sent']);
  });

  it('asked for again is the same one: nothing is evaluated again', async () => {
    const player = await aPlayer(app);
    const request = aRequest(app.brand.brandId, player);
    const [first] = await prepareAll(app, [request]);
    const [again] = await prepareAll(app, [request], async () => {
      throw new Error('composed again');
    });
    expect(again).toEqual(first);
    expect(await eventsOf(app, first!.messageId)).toEqual(['message.sent']);
  });

  it('asked for by two at once is one, and both know it in the end', async () => {
    const player = await aPlayer(app);
    const request = aRequest(app.brand.brandId, player);
    const attempt = () => prepareAll(app, [request]).then(([message]) => message?.messageId);
    const ids = await Promise.allSettled([attempt(), attempt(), attempt()]);
    const made = new Set(ids.flatMap((id) => (id.status === 'fulfilled' ? id.value : [])));
    expect(made.size).toBe(1);
    expect(await attempt()).toBe([...made][0]);
  });

  it('keeps the order of requests, of hundreds of players at once', async () => {
    const players = await Promise.all(Array.from({ length: 20 }, () => aPlayer(app)));
    const requests = players.flatMap((player) => [
      aRequest(app.brand.brandId, player),
      aRequest(app.brand.brandId, player, { channel: 'inbox' }),
      aRequest(app.brand.brandId, `stranger-${randomUUID()}`),
    ]);
    const messages = await prepareAll(app, requests);
    expect(messages.map(({ originKey }) => originKey)).toEqual(requests.map(({ originKey }) => originKey));
    expect(messages.map(({ state }) => state)).toEqual(
      players.flatMap(() => ['sent', 'sent', 'suppressed'] as const),
    );
  });
});

describe('a message is suppressed', () => {
  const suppressed = async (reason: string, player: string, differences = {}) => {
    const message = await prepareOne(player, differences, async () => {
      throw new Error('rendered, though it may not be sent');
    });
    expect(message).toMatchObject({ state: 'suppressed', reason });
    expect(await eventsOf(app, message.messageId)).toEqual(['message.suppressed']);
  };

  it('when the player is excluded', async () => {
    const player = await aPlayer(app);
    await app.request('POST', `/v1/players/${player}/self-exclusion`, {
      body: { excluded: true, reason: 'asked' },
    });
    await suppressed('self_excluded', player);
  });

  test.each<[string, object]>([
    ['for another product', { product: 'bingo' }],
    ['for another channel', { channel: 'sms' }],
  ])('without consent %s', async (_, differences) => {
    const player = `p-${randomUUID()}`;
    await app.request('PUT', `/v1/players/${player}`, { body: { phone: '+35699' } });
    await app.request('POST', `/v1/players/${player}/consents`, {
      body: { consents: [{ product: 'casino', channel: 'popup', granted: true }] },
    });
    await suppressed('no_consent', player, differences);
    expect(await prepareOne(player)).toMatchObject({ state: 'sent' });
  });

  test.each<[MessageChannel, Record<string, unknown>]>([
    ['email', { email: null }],
    ['sms', { phone: null }],
    ['push', {}],
    ['telegram', {}],
  ])('without an address for %s', async (channel, differences) => {
    await suppressed('no_address', await aPlayer(app, differences), { channel });
  });

  it('when the channel is not connected', async () => {
    await suppressed('not_connected', await aPlayer(app), { channel: 'email' });
  });

  it('when it cannot be rendered, and does not count against a cap', async () => {
    await setCaps([{ channel: 'inbox', period: 'day', maximum: 1 }]);
    const player = await aPlayer(app);
    const message = await prepareOne(player, { channel: 'inbox' }, async () => [
      { ok: false, problem: 'There is no event.code.' },
    ]);
    expect(message).toMatchObject({ state: 'suppressed', reason: 'not_renderable' });
    const { body } = await app.request('GET', `/v1/messages/${message.messageId}`);
    expect(body.lastError).toBe('There is no event.code.');
    expect(await prepareOne(player, { channel: 'inbox' })).toMatchObject({ state: 'sent' });
    expect(await prepareOne(player, { channel: 'inbox' })).toMatchObject({ reason: 'cap_reached' });
    await setCaps([]);
  });
});

describe('caps', () => {
  it('let through exactly as many as they say, however many ask at once', async () => {
    await setCaps([
      { channel: 'popup', period: 'day', maximum: 3 },
      { channel: 'popup', period: 'week', maximum: 100 },
    ]);
    const player = await aPlayer(app);
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        n % 2
          ? prepareOne(player)
          : prepareAll(app, [aRequest(app.brand.brandId, player), aRequest(app.brand.brandId, player)]),
      ),
    );
    const states = all.flat().map(({ state }) => state);
    expect(states.filter((state) => state === 'sent')).toHaveLength(3);
    const { rows } = await app.db.query<{ period: string; used: number }>(
      'select period, used from message_counters where used > 0 and channel = $1 and player_id in (select player_id from messages where player_external_id = $2) order by period',
      ['popup', player],
    );
    expect(rows).toEqual([
      { period: 'day', used: 3 },
      { period: 'week', used: 3 },
    ]);
    await setCaps([]);
  });

  it('of nothing let nothing through, and those of another channel do not count', async () => {
    await setCaps([{ channel: 'popup', period: 'month', maximum: 0 }]);
    const player = await aPlayer(app);
    expect(await prepareOne(player)).toMatchObject({ reason: 'cap_reached' });
    expect(await prepareOne(player, { channel: 'inbox' })).toMatchObject({ state: 'sent' });
    await setCaps([]);
  });
});
