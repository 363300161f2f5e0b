import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, test } from 'vitest';
import { type ClientOptions, createClient, NoAnswerError, ProblemError, paginate } from './index.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Received {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server that answers the n-th request by the n-th listener, the last one from then on. */
async function serve(...answers: RequestListener[]): Promise<{ baseUrl: string; received: Received[] }> {
  const received: Received[] = [];
  server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const answer = answers[Math.min(received.length, answers.length - 1)];
    const entry = { method, url, headers, body: '' };
    received.push(entry);
    for await (const part of request) entry.body += part;
    answer?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
const problem = (status: number, key: string, headers?: Record<string, string>) =>
  json(
    status,
    { type: `urn:promosmith:problem:${key}`, title: 'No', status, detail: `because ${key}`, key },
    headers,
  );
const hangUp: RequestListener = (request) => {
  request.socket.destroy();
};

const clientOf = (baseUrl: string, options: Partial<ClientOptions> = {}) =>
  createClient({ baseUrl, key: 'ps_live_1', ...options });
const code = { body: { code: 'WELCOME', player: { id: 'p-1' } } };

describe('a call', () => {
  it('puts every part where it belongs', async () => {
    const { baseUrl, received } = await serve(json(200, { externalId: 'a/b' }));
    const player = await clientOf(`${baseUrl}/`).putPlayer({
      params: { externalId: 'a/b ü' },
      body: { country: 'DE' },
    });
    expect(player).toEqual({ externalId: 'a/b' });
    expect(received[0]).toMatchObject({
      method: 'PUT',
      url: '/v1/players/a%2Fb%20%C3%BC',
      body: '{"country":"DE"}',
      headers: { authorization: 'Bearer ps_live_1', 'content-type': 'application/json' },
    });
  });

  it('repeats lists in a query and leaves out what is undefined', async () => {
    const { baseUrl, received } = await serve(
      json(200, { items: [], nextCursor: '0000000000000000.000000', hasMore: false }),
    );
    await clientOf(baseUrl).listEvents({
      query: { type: ['code.activated', 'bonus.granted'], limit: 5, cursor: undefined },
    });
    expect(received[0]?.url).toBe('/v1/events?type=code.activated&type=bonus.granted&limit=5');
  });

  it('answers nothing where there is no body', async () => {
    const { baseUrl } = await serve((_, response) => response.writeHead(204).end());
    const done = await clientOf(baseUrl).deleteWebhook({ params: { webhookId: 'w' } });
    expect(done).toBeUndefined();
  });

  it('asks for a token before every attempt', async () => {
    const { baseUrl, received } = await serve(
      problem(503, 'overloaded', { 'retry-after': '0' }),
      json(200, {}),
    );
    let issued = 0;
    await createClient({ baseUrl, token: async () => `token-${++issued}` }).validateCode({
      body: { code: 'X' },
    });
    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('goes without a credential where none is given', async () => {
    const { baseUrl, received } = await serve(json(200, {}));
    await createClient({ baseUrl }).getSession();
    expect(received[0]?.headers.authorization).toBeUndefined();
  });
});

describe('a refusal', () => {
  it('is thrown with everything the problem says', async () => {
    const reasons = [{ key: 'code_expired', message: 'expired', check: 'code.window' }];
    const { baseUrl } = await serve(
      json(422, {
        type: 'urn:x',
        title: 'No',
        status: 422,
        detail: 'The code has expired.',
        key: 'code_expired',
        reasons,
      }),
    );
    const error = await clientOf(baseUrl)
      .activateCode(code)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({
      key: 'code_expired',
      status: 422,
      message: 'The code has expired.',
      problem: { reasons },
    });
  });

  it('tells how long to wait', async () => {
    const { baseUrl, received } = await serve(problem(429, 'rate_limited', { 'retry-after': '60' }));
    await expect(clientOf(baseUrl).activateCode(code)).rejects.toMatchObject({ retryAfterSeconds: 60 });
    expect(received).toHaveLength(1);
  });

  it('may come from a proxy that knows no problems', async () => {
    const { baseUrl } = await serve((_, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'));
    await expect(clientOf(baseUrl).getBrand()).rejects.toMatchObject({
      name: 'ProblemError',
      key: 'unexpected_answer',
      status: 502,
    });
  });
});

describe('another attempt', () => {
  const keysOf = (received: Received[]) => received.map(({ headers }) => headers['idempotency-key']);

  it('of an activation carries the key of the first', async () => {
    const { baseUrl, received } = await serve(
      hangUp,
      problem(503, 'overloaded', { 'retry-after': '0' }),
      json(201, { id: 'a' }),
    );
    await expect(clientOf(baseUrl).activateCode(code)).resolves.toEqual({ id: 'a' });
    const [first, ...others] = keysOf(received);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(others).toEqual([first, first]);
  });

  it('is another activation when it is another call', async () => {
    const { baseUrl, received } = await serve(json(201, {}));
    const client = clientOf(baseUrl);
    await client.activateCode(code);
    await client.activateCode(code);
    expect(new Set(keysOf(received)).size).toBe(2);
  });

  it('keeps the caller’s own key', async () => {
    const { baseUrl, received } = await serve(hangUp, json(201, {}));
    await clientOf(baseUrl).activateCode({ ...code, headers: { 'idempotency-key': 'order-7' } });
    expect(keysOf(received)).toEqual(['order-7', 'order-7']);
  });

  test.each<[string, RequestListener, number]>([
    ['a read whose connection broke', hangUp, 3],
    ['a read that was turned away', problem(503, 'overloaded', { 'retry-after': '0' }), 3],
    ['a read, after minutes', problem(503, 'overloaded', { 'retry-after': '600' }), 1],
    ['a read that failed', problem(500, 'internal_error'), 1],
    ['a read that was refused', problem(404, 'not_found'), 1],
  ])('of %s', async (_, answer, attempts) => {
    const { baseUrl, received } = await serve(answer);
    await expect(clientOf(baseUrl).getBrand()).rejects.toThrow();
    expect(received).toHaveLength(attempts);
  });

  const webhook = { body: { url: 'https://hooks.example' } };

  test.each<[string, RequestListener, number]>([
    ['what may have been done', hangUp, 1],
    ['what a proxy could not pass on', (_, response) => response.writeHead(503).end('gateway'), 1],
    ['what was turned away', problem(503, 'overloaded', { 'retry-after': '0' }), 3],
  ])('of a change that is not repeatable: %s', async (_, answer, attempts) => {
    const { baseUrl, received } = await serve(answer);
    await expect(clientOf(baseUrl).createWebhook(webhook)).rejects.toThrow();
    expect(received).toHaveLength(attempts);
  });

  it('is not made when none are wanted', async () => {
    const { baseUrl, received } = await serve(hangUp);
    await expect(clientOf(baseUrl, { retries: 0 }).getBrand()).rejects.toBeInstanceOf(NoAnswerError);
    expect(received).toHaveLength(1);
  });
});

describe('waiting', () => {
  it('ends with the time an attempt may take', async () => {
    const { baseUrl } = await serve(() => undefined);
    const client = clientOf(baseUrl, { timeoutMs: 50, retries: 0 });
    await expect(client.getBrand()).rejects.toMatchObject({
      name: 'NoAnswerError',
      cause: { name: 'TimeoutError' },
    });
  });

  it('ends when the caller gives up, between attempts too', async () => {
    const { baseUrl, received } = await serve(problem(503, 'overloaded', { 'retry-after': '9' }));
    const controller = new AbortController();
    const call = clientOf(baseUrl).getBrand({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 100);
    await expect(call).rejects.toThrow('enough');
    expect(received).toHaveLength(1);
  });
});

describe('paginate', () => {
  const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
    const all: T[] = [];
    for await (const item of items) all.push(item);
    return all;
  };

  it('passes each cursor on until there is none', async () => {
    const { baseUrl, received } = await serve(
      json(200, { items: [{ externalId: 'a' }, { externalId: 'b' }], nextCursor: 'c1' }),
      json(200, { items: [], nextCursor: 'c2' }),
      json(200, { items: [{ externalId: 'c' }], nextCursor: null }),
    );
    const client = clientOf(baseUrl);
    const players = await collect(paginate((cursor) => client.listPlayers({ query: { limit: 2, cursor } })));
    expect(players.map(({ externalId }) => externalId)).toEqual(['a', 'b', 'c']);
    expect(received.map(({ url }) => url)).toEqual([
      '/v1/players?limit=2',
      '/v1/players?limit=2&cursor=c1',
      '/v1/players?limit=2&cursor=c2',
    ]);
  });

  it('stops at the present end of a feed', async () => {
    const { baseUrl } = await serve(
      json(200, { items: [{ id: 'e' }], nextCursor: '0000000000000001.000001', hasMore: false }),
    );
    const client = clientOf(baseUrl);
    expect(await collect(paginate((cursor) => client.listEvents({ query: { cursor } })))).toHaveLength(1);
  });

  it('asks for no page that is not needed', async () => {
    const { baseUrl, received } = await serve(json(200, { items: [{ externalId: 'a' }], nextCursor: 'c1' }));
    const client = clientOf(baseUrl);
    for await (const _ of paginate((cursor) => client.listPlayers({ query: { cursor } }))) break;
    expect(received).toHaveLength(1);
  });
});
