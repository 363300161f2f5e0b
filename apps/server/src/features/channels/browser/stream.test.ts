import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createApp } from '../../../app.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { aPlayer, aRequest, prepareAll } from '../testing/messages.ts';
import { openStream } from '../testing/stream.ts';

let app: TestApp;
let other: { url: string; close(): Promise<void> };
beforeAll(async () => {
  app = await startTestApp();
  const second = await createApp(app.config, app.db);
  other = { url: await second.listen(), close: second.close };
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const claim = async (player: string, messageId: string, what: string) =>
  app.request('POST', `/v1/me/messages/${messageId}/${what}`, { key: await app.playerToken(player) });

async function connected(options: { url?: string; player?: string; lastEventId?: string } = {}) {
  const player = options.player ?? (await aPlayer(app));
  const { url = app.url, lastEventId } = options;
  return { player, ...(await openStream(url, await app.playerToken(player), lastEventId)) };
}

describe('a stream', () => {
  test.each([
    ['of the process that made the message', () => app.url],
    ['of another process', () => other.url],
  ])('%s has it when it is committed', async (_, url) => {
    await using stream = await connected({ url: url() });
    const [message] = await prepareAll(app, [aRequest(app.brand.brandId, stream.player)]);
    expect(await stream.next()).toMatchObject({
      event: 'message',
      data: { id: message?.messageId, channel: 'popup', state: 'sent' },
    });
  });

  it('tells the other tab what this one did', async () => {
    await using first = await connected();
    await using second = await connected({ url: other.url, player: first.player });
    const [message] = await prepareAll(app, [aRequest(app.brand.brandId, first.player)]);
    const { messageId: id } = message!;
    for (const tab of [first, second])
      expect(await tab.next()).toMatchObject({ data: { id, state: 'sent' } });
    await claim(first.player, id, 'impression');
    for (const tab of [first, second])
      expect(await tab.next()).toMatchObject({ data: { id, state: 'shown' } });
    await claim(first.player, id, 'dismiss');
    for (const tab of [first, second])
      expect(await tab.next()).toEqual({
        event: 'gone',
        id: expect.any(String),
        data: { id },
      });
  });

  it('begins with what waits', async () => {
    const player = await aPlayer(app);
    const [message] = await prepareAll(app, [aRequest(app.brand.brandId, player, { channel: 'inbox' })]);
    await using stream = await connected({ player });
    expect(await stream.next()).toMatchObject({ data: { id: message?.messageId } });
  });

  it('goes on where it stopped: with what came, and what went, in between', async () => {
    const player = await aPlayer(app);
    const before = await connected({ player });
    const [dismissed, expired] = await prepareAll(app, [
      aRequest(app.brand.brandId, player),
      aRequest(app.brand.brandId, player),
    ]);
    await before.next();
    const { id: lastEventId } = await before.next();
    await before[Symbol.asyncDispose]();
    await claim(player, dismissed!.messageId, 'dismiss');
    const [added] = await prepareAll(app, [aRequest(app.brand.brandId, player)]);

    await using after = await connected({ player, lastEventId, url: other.url });
    const seen = new Map<string, string>();
    while (seen.get(added!.messageId) !== 'message' || seen.get(dismissed!.messageId) !== 'gone') {
      const { event, data } = await after.next();
      seen.set(data.id, event);
    }
    expect(seen.get(expired!.messageId) ?? 'message').toBe('message');
  });

  it('goes on behind the list of messages', async () => {
    const player = await aPlayer(app);
    await prepareAll(app, [aRequest(app.brand.brandId, player)]);
    const key = await app.playerToken(player);
    const { cursor } = (await app.request('GET', '/v1/me/messages', { key })).body;
    const [added] = await prepareAll(app, [aRequest(app.brand.brandId, player)]);
    await using stream = await connected({ player, lastEventId: cursor });
    let id = '';
    while (id !== added!.messageId) ({ id } = (await stream.next()).data);
  });

  it('shows nobody the messages of another', async () => {
    await using mine = await connected();
    const stranger = await aPlayer(app);
    await prepareAll(app, [aRequest(app.brand.brandId, stranger)]);
    const [message] = await prepareAll(app, [aRequest(app.brand.brandId, mine.player)]);
    expect(await mine.next()).toMatchObject({ data: { id: message?.messageId } });
  });

  it('is one of at most five of a player', async () => {
    const player = await aPlayer(app);
    const streams = [];
    for (let n = 0; n < 5; n++) streams.push(await connected({ player }));
    const key = await app.playerToken(player);
    const sixth = await app.request('GET', '/v1/me/stream', { key });
    expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([429, '30']);
    for (const stream of streams) await stream[Symbol.asyncDispose]();
    let status = 429;
    while (status === 429) {
      const again = await fetch(`${app.url}/v1/me/stream`, { headers: { authorization: `Bearer ${key}` } });
      status = again.status;
      await again.body?.cancel();
    }
    expect(status).toBe(200);
  });

  test.each(['abc', '-1', '1e9', '99999999999999999999'])('does not go on behind %s', async (lastEventId) => {
    const key = await app.playerToken('somebody');
    const headers = { 'last-event-id': lastEventId };
    expect(await app.request('GET', '/v1/me/stream', { key, headers })).toMatchObject({ status: 422 });
  });
});

test('a server that stops ends its streams, and the browser finds the other one', async () => {
  const second = await createApp(app.config, app.db);
  const url = await second.listen();
  const stream = await connected({ url });
  await second.close();
  await expect(stream.next()).rejects.toThrow('ended');
  await using again = await connected({ player: stream.player });
  const [message] = await prepareAll(app, [aRequest(app.brand.brandId, again.player)]);
  expect(await again.next()).toMatchObject({ data: { id: message?.messageId } });
});
