import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

/** A server that turns a request away has not looked at it: callers come back, as its Retry-After asks them to. */
const OVERLOADED = 503;
const RETRY_MS = 250;
const TRIES = 100;

/** What a caller got: the status and the parsed body. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of the body by comparing it
  body: any;
}

/** Calls several servers in turn, over many connections each. */
export interface Callers {
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Posts to one of the servers by number. */
  postTo(server: number, path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

export function createCallers(urls: readonly string[], key: string, connections = 64): Callers {
  const pools = urls.map((url) => new Pool(url, { connections }));
  let turn = 0;

  async function postTo(
    server: number,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const pool = pools[server % pools.length];
    if (!pool) throw new Error('there is no server to call');
    for (let tries = 1; ; tries++) {
      const response = await pool.request({
        path,
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      const answer = { status: response.statusCode, body: await response.body.json() };
      if (answer.status !== OVERLOADED || tries === TRIES) return answer;
      await delay(RETRY_MS);
    }
  }

  return {
    postTo,
    post: (path, body, headers) => postTo(turn++, path, body, headers),
    close: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

/** Deterministic Fisher–Yates shuffle, so that a failing order can be run again. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const list = [...items];
  let state = seed;
  for (let i = list.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
  return list;
}
