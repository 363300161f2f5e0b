import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { type Behaviour, type Receiver, startReceiver } from '../webhooks/testing/receiver.ts';
import { aPlayer, aRequest, eventsOf, messageOf, prepareAll } from './testing/messages.ts';
import { until } from './testing/until.ts';

let app: TestApp;
let gateway: Receiver;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true, publicUrl: 'https://promo.example' } });
  gateway = await startReceiver();
});
afterAll(async () => {
  await app.close();
  await gateway[Symbol.asyncDispose]();
});

const RECEIPTS = {
  ...{ reference: 'id', status: 'status', reason: 'error' },
  ...{ delivered: ['delivered'], failed: ['undelivered', 'rejected'] },
};

/** Connects the gateway. @returns the path that receipts go to. */
async function connect(receipts: object | null = RECEIPTS, reference: string | null = 'id'): Promise<string> {
  const { body } = await app.request('PUT', '/v1/channels/sms', {
    body: {
      ...{ kind: 'http', url: gateway.url('/send'), headers: { 'x-key': 'secret' } },
      body: '{"to":"{{ message.to }}","text":"{{ message.text }}","ref":"{{ message.id }}"}',
      ...{ success: { reference }, receipts },
    },
  });
  return String(body.receiptUrl).replace('https://promo.example', '');
}

let taken = 0;
/** The gateway takes each message under an id of its own. */
const takes: Behaviour = (response) => {
  response.writeHead(200).end(JSON.stringify({ id: `gw-${++taken}` }));
};

/** A message that the gateway has taken, and the id it has there. */
async function aSentMessage() {
  gateway.behave(takes);
  const player = await aPlayer(app);
  const [message] = await prepareAll(app, [aRequest(app.brand.brandId, player, { channel: 'sms' })]);
  const { messageId } = message!;
  await until(async () => (await messageOf(app, messageId)).state === 'sent');
  return { messageId, id: `gw-${taken}` };
}

const tell = (path: string, body: unknown, contentType = 'application/json') =>
  app.request('POST', path, {
    key: null,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': contentType },
  });

describe('a receipt of a gateway', () => {
  it('says that a message arrived, as often as it likes', async () => {
    const path = await connect();
    const { messageId, id } = await aSentMessage();
    for (let n = 0; n < 3; n++) expect((await tell(path, { id, status: 'DELIVERED' })).status).toBe(204);
    const { state, timeline } = await messageOf(app, messageId);
    expect([state, timeline.map(({ what }: { what: string }) => what)]).toEqual([
      'sent',
      ['prepared', 'sent', 'delivered'],
    ]);
  });

  it('says that one did not, and why: its journey hears of it once', async () => {
    const path = await connect();
    const { messageId, id } = await aSentMessage();
    const told = { id, status: 'undelivered', error: 'number not in use' };
    await Promise.all([tell(path, told), tell(path, told), tell(path, told)]);
    expect(await messageOf(app, messageId)).toMatchObject({
      ...{ state: 'failed', reason: 'undelivered: number not in use' },
    });
    expect(await eventsOf(app, messageId)).toEqual(['message.sent', 'message.failed']);
  });

  it('of a message on its way changes nothing', async () => {
    const path = await connect();
    const { messageId, id } = await aSentMessage();
    expect((await tell(path, { id, status: 'enroute' })).status).toBe(204);
    expect(await messageOf(app, messageId)).toMatchObject({ state: 'sent' });
  });

  it('may be a form', async () => {
    const path = await connect();
    const { messageId, id } = await aSentMessage();
    const form = `id=${id}&status=rejected&error=blocked+by+operator`;
    expect((await tell(path, form, 'application/x-www-form-urlencoded')).status).toBe(204);
    expect(await messageOf(app, messageId)).toMatchObject({ reason: 'rejected: blocked by operator' });
  });

  it('may come in a list, with fields inside of others; one of a message not known is asked for again', async () => {
    const path = await connect({
      ...{ items: 'data.results', reference: 'message.id', status: 'state.code', reason: null },
      ...{ delivered: ['5'], failed: ['9'] },
    });
    const [one, other] = [await aSentMessage(), await aSentMessage()];
    const results = [
      { message: { id: one.id }, state: { code: 5 } },
      { message: { id: other.id }, state: { code: 9 } },
      { note: 'no receipt' },
    ];
    expect((await tell(path, { data: { results } })).status).toBe(204);
    expect((await messageOf(app, one.messageId)).timeline).toHaveLength(3);
    expect(await messageOf(app, other.messageId)).toMatchObject({ state: 'failed', reason: '9' });
    const early = { message: { id: 'gw-not-yet' }, state: { code: 5 } };
    expect((await tell(path, { data: { results: [early, ...results] } })).status).toBe(404);
  });

  it('may name our own id, when the gateway has none', async () => {
    const path = await connect({ ...RECEIPTS, reference: 'ref' }, null);
    const { messageId } = await aSentMessage();
    expect((await tell(path, { ref: messageId, status: 'delivered' })).status).toBe(204);
    expect((await messageOf(app, messageId)).timeline).toHaveLength(3);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{"id":', 'application/json'],
    ['too much at once', Array.from({ length: 1001 }, () => ({})), 'application/json'],
  ])('is refused when it is %s', async (_, body, contentType) => {
    expect((await tell(await connect(), body, contentType)).status).toBe(400);
  });

  it.each(['null', '[]', '7', '"x"', '[null, 3, []]', '{"id":{},"status":[]}'])(
    'that says nothing is taken and changes nothing: %s',
    async (body) => {
      expect((await tell(await connect(), body)).status).toBe(204);
    },
  );
});

describe('the path of receipts', () => {
  it('is shown to whoever connects, in no list and no log', async () => {
    const path = await connect();
    const shown = JSON.stringify((await app.request('GET', '/v1/channels')).body);
    const { rows } = await app.db.query("select after from audit_log where action like 'channel.%'");
    expect(path).toMatch(/^\/v1\/sms-receipts\/[\w-]{64}$/);
    expect(shown + JSON.stringify(rows)).not.toContain(path.split('/').at(-1));
    expect(await connect()).toBe(path);
  });

  it('is not to be guessed, is nobody else’s, and ends with its connection', async () => {
    const path = await connect();
    const { messageId, id } = await aSentMessage();
    const told = { id, status: 'undelivered' };
    const other = await app.anotherBrand();
    const theirs = Buffer.from(path.split('/').at(-1)!, 'base64url');
    Buffer.from(other.brand.brandId.replaceAll('-', ''), 'hex').copy(theirs);
    const wrong = [
      path.replace(/.{20}$/, 'x'.repeat(20)),
      `${path}AAAA`,
      path.slice(0, -8),
      '/v1/sms-receipts/x',
    ];
    for (const one of [...wrong, `/v1/sms-receipts/${theirs.toString('base64url')}`])
      expect((await tell(one, told)).status).toBe(404);
    await app.request('DELETE', '/v1/channels/sms');
    expect((await tell(path, told)).status).toBe(404);
    expect(await connect()).not.toBe(path);
    expect((await tell(path, told)).status).toBe(404);
    expect(await messageOf(app, messageId)).toMatchObject({ state: 'sent' });
  });

  it('leads nowhere while the connection takes none', async () => {
    const path = await connect();
    expect(await connect(null)).toBe('null');
    expect((await tell(path, { id: 'x', status: 'delivered' })).status).toBe(404);
  });
});
