import type { AnswerOf, CallOf, RouteName } from './routes.ts';
import type { Session } from './session.ts';

/** Why the server, or the way to it, said no. */
export interface Refusal {
  /** The server's key, or `network`, `signed_out`, `token_failed`. */
  readonly key: string;
  /** In English, for who reads it. */
  readonly message: string;
  readonly reasons?: readonly { key: string; message: string }[];
  readonly retryAfterMs: number;
  /** HTTP status; 0 without an answer. */
  readonly status: number;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export interface Api {
  call<Name extends RouteName>(route: Name, call: CallOf<Name>): Promise<Answer<AnswerOf<Name>>>;
  /** The same, with the answer as it comes. */
  open<Name extends RouteName>(route: Name, call: CallOf<Name>): Promise<Answer<Response>>;
  /** Now, as the server's clock has it: those of players are wrong. Milliseconds since 1970. */
  now(): number;
}

interface Call {
  params?: Record<string, string> | undefined;
  query?: Record<string, unknown> | undefined;
  headers?: Record<string, unknown> | undefined;
  body?: unknown;
  signal?: AbortSignal | undefined;
  keepalive?: boolean | undefined;
}

/** Talks to the API for the player, or for nobody in particular with the publishable key. */
export function createApi(options: { api: string; key: string | undefined }, session: Session): Api {
  let ahead = 0;
  const now = () => Date.now() + ahead;

  function request(
    route: string,
    { params, query, headers, body, signal, keepalive }: Call,
    token: string,
    proof: string | undefined,
  ) {
    const [method = '', path = ''] = route.split(' ');
    const url = options.api + path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params?.[name] ?? ''));
    const search = query ? `?${new URLSearchParams(query as Record<string, string>)}` : '';
    return fetch(url + search, {
      method,
      headers: {
        ...(headers as Record<string, string>),
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(proof && { 'promosmith-proof': proof }),
      },
      body: JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      keepalive,
      signal,
    });
  }

  /** @param challenge token of what has to be solved first. */
  async function send(route: string, call: Call, challenge?: string): Promise<Answer<Response>> {
    let token: string | undefined;
    let response: Response;
    try {
      token = await session.token();
      const credential = token ?? options.key;
      if (!credential) return refused('signed_out');
      const proof = challenge && (await solve(challenge));
      response = await request(route, call, credential, proof);
      if (response.status === 401 && token) {
        const other = await session.renew(token);
        if (!other) return refused('signed_out');
        if (other !== token) response = await request(route, call, other, proof);
      }
    } catch {
      return refused(token === undefined && session.signedIn() ? 'token_failed' : 'network');
    }
    const date = Date.parse(response.headers.get('date') ?? '');
    // The header has whole seconds.
    if (Math.abs(date - now()) > 2_000) ahead = date - Date.now();
    if (response.ok) return { ok: true, value: response };
    const problem = await response.json().catch(() => ({}));
    if (problem.challenge?.token && !challenge) return send(route, call, problem.challenge.token);
    return refused(problem.key ?? 'network', {
      message: problem.detail,
      reasons: problem.reasons,
      status: response.status,
      retryAfterMs: Number(response.headers.get('retry-after')) * 1000 || 0,
    });
  }

  return {
    open: send as Api['open'],
    async call(route, call) {
      const answer = await send(route, call as Call);
      if (!answer.ok) return answer;
      try {
        return { ok: true, value: await answer.value.json() };
      } catch {
        return refused('network');
      }
    },
    now,
  };
}

/**
 * Works for a code: some 65,000 digests, about a second. A server asks the widget that it serves for 16 zero bits.
 * @returns the proof that is sent with the request once more.
 */
async function solve(token: string): Promise<string> {
  let proof: string;
  let number = 0;
  do proof = `${token}.${number++}`;
  while (new Uint16Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(proof)))[0]);
  return proof;
}

const refused = (key: string, more: Partial<Refusal> = {}): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: { key, message: '', retryAfterMs: 0, status: 0, ...more },
});
