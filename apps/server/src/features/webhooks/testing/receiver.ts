import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** The `webhook-id` header. */
  id: string;
}

/** How the endpoint answers; it may also not answer. */
export type Behaviour = (response: ServerResponse, request: Received) => void | Promise<void>;

export const answers =
  (status: number, headers: Record<string, string> = {}, body = ''): Behaviour =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };

export interface Receiver extends AsyncDisposable {
  /** With a path of its own for each behaviour, if wanted. */
  url(path?: string): string;
  /** Everything received, in order. */
  received: Received[];
  /** Requests to a path, all if left out. */
  at(path: string): Received[];
  behave(behaviour: Behaviour, path?: string): void;
  /** Resolves once so many requests have arrived. */
  arrived(count: number): Promise<void>;
}

/** A real HTTP server on this machine that misbehaves as told; it answers 204 otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const behaviours = new Map<string, Behaviour>();
  const waiting = new Set<() => void>();

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? '';
    const entry: Received = {
      path,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      id: String(request.headers['webhook-id']),
    };
    received.push(entry);
    for (const check of waiting) check();
    await (behaviours.get(path) ?? behaviours.get('*') ?? answers(204))(response, entry);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    received,
    at: (path) => received.filter((entry) => entry.path === path),
    behave: (behaviour, path = '*') => {
      behaviours.set(path, behaviour);
    },
    arrived: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (received.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
