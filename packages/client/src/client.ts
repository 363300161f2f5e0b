import type { Route } from '@promosmith/contract';
import { ALL_ROUTES } from '@promosmith/contract/routes';
import { errorOf, NoAnswerError, ProblemError } from './errors.ts';
import { IDEMPOTENCY_KEY, takesIdempotencyKey, withRetries } from './retry.ts';
import type { CallOptions, Client } from './types.ts';

/** A credential, or how to get one that is still good: called before every attempt. */
export type Credential = string | (() => string | Promise<string>);

export interface ClientOptions {
  /** Where the server is reached, e.g. `https://promo.example`. */
  baseUrl: string;
  /** API key: secret in a back end, publishable in a browser. */
  key?: Credential;
  /** The platform's token for one player, in a browser. */
  token?: Credential;
  /** Another `fetch`, e.g. one that goes through a proxy. */
  fetch?: typeof fetch;
  /** Attempts after the first; 2 if left out. */
  retries?: number;
  /** Milliseconds an attempt may take; 10,000 if left out. */
  timeoutMs?: number;
}

/** A call as the runtime sees it: which parts there are is checked by the types of each route. */
interface AnyCall extends CallOptions {
  params?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, unknown>>;
  body?: unknown;
}

/**
 * A client with a method for every route of the API.
 *
 * Methods answer the body and throw `ProblemError` when the server refuses, `NoAnswerError` when nothing came back.
 * What is safe to send again is sent again after a 503 or a broken connection; activations get an idempotency key of
 * their own for that, the same on every attempt.
 *
 * @example
 * const promosmith = createClient({ baseUrl: 'https://promo.example', key: process.env.PROMOSMITH_KEY });
 * const { grants } = await promosmith.activateCode({ body: { code: 'WELCOME', player: { id: 'p-1042' } } });
 */
export function createClient(options: ClientOptions): Client {
  const methods = ALL_ROUTES.map((route) => [route.id, (call: AnyCall = {}) => send(route, call, options)]);
  return Object.fromEntries(methods) as Client;
}

function send(route: Route, call: AnyCall, options: ClientOptions): Promise<unknown> {
  const url = urlOf(options.baseUrl, route, call);
  const init = initOf(route, call);
  const { fetch: fetchIt = fetch, timeoutMs = 10_000, retries = 2 } = options;

  async function attempt(): Promise<unknown> {
    const headers = new Headers(init.headers);
    const credential = await credentialOf(options);
    if (credential !== undefined) headers.set('authorization', `Bearer ${credential}`);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
    try {
      return await answerOf(route, await fetchIt(url, { ...init, headers, signal }));
    } catch (error) {
      if (error instanceof ProblemError || call.signal?.aborted) throw error;
      throw new NoAnswerError(`No answer from ${options.baseUrl}`, { cause: error });
    }
  }

  // A stream can be read once, so it is sent once.
  return withRetries(route, init.body instanceof ReadableStream ? 0 : retries, call.signal, attempt);
}

const credentialOf = ({ key, token }: ClientOptions): string | Promise<string> | undefined => {
  const credential = key ?? token;
  return typeof credential === 'function' ? credential() : credential;
};

function urlOf(baseUrl: string, route: Route, { params, query }: AnyCall): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) search.append(name, String(one));
  const text = search.toString();
  return `${baseUrl.replace(/\/+$/, '')}${path}${text && `?${text}`}`;
}

function initOf(route: Route, call: AnyCall): RequestInit & { duplex?: 'half' } {
  const headers = new Headers();
  for (const [name, value] of Object.entries(call.headers ?? {}))
    if (value !== undefined) headers.set(name, String(value));
  if (takesIdempotencyKey(route) && !headers.has(IDEMPOTENCY_KEY))
    headers.set(IDEMPOTENCY_KEY, newIdempotencyKey());
  const { method } = route;
  if (call.body === undefined) return { method, headers };
  const asIs = route.streamBody?.contentType ?? route.rawBody?.contentTypes[0];
  headers.set('content-type', asIs ?? 'application/json');
  if (asIs === undefined) return { method, headers, body: JSON.stringify(call.body) };
  // `duplex` is what Node asks for with a streamed body.
  return { method, headers, body: call.body as RequestInit['body'], duplex: 'half' };
}

/** Not `randomUUID`: browsers have that on secure pages only. */
const newIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

async function answerOf(route: Route, response: Response): Promise<unknown> {
  if (!response.ok) throw await errorOf(response);
  const shape = route.success[response.status];
  if (typeof shape === 'string') return response.body;
  if (shape === null) {
    await response.body?.cancel();
    return undefined;
  }
  return response.json();
}
