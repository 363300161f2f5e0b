import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';

const RETRY_MS = 20;
const TIMEOUT_MS = 15_000;

/** A request, told by its name: repeated until it is answered, it must have one effect. */
export interface NamedRequest {
  name: string;
  path: string;
  headers?: Record<string, string>;
  body: unknown;
}

/** What is sent, and what of the answer is kept. */
export interface Traffic {
  /** @param n counts requests, `caller` callers: from 0. */
  make(n: number, caller: number): NamedRequest;
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of the body by reading it
  read(body: any): string;
}

/** Activates one code for ever new players. */
export const activating = (code: string): Traffic => ({
  make: (n) => {
    const player = `crash-${n}`;
    return {
      name: player,
      path: '/v1/activations',
      headers: { 'idempotency-key': `once-${player}` },
      body: { code, player: { id: player, country: 'DE', currency: 'EUR' } },
    };
  },
  read: ({ id }) => id,
});

/** Callers that send requests and repeat each of them until they have an answer. */
export interface Load {
  start(): void;
  /** Lets every caller finish what it is asking. */
  stop(): Promise<void>;
  /** Resolves after so many more answers. */
  acknowledged(more: number): Promise<void>;
  /** Resolves with the first answer to a request that was sent after the instant (`performance.now()`). */
  acknowledgedAfter(instant: number): Promise<void>;
  /** What was kept of every answer so far, by the name of the request. */
  answers(): ReadonlyMap<string, string>;
}

export function createLoad(options: {
  /** Where the server is now: it changes when the server is started again. */
  url: () => string;
  key: string;
  callers: number;
  traffic: Traffic;
}): Load {
  const dispatcher = new Agent({
    connections: options.callers,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  const answers = new Map<string, string>();
  let lastSentAt = Number.NEGATIVE_INFINITY;
  let next = 0;
  let running = false;
  let callers: Promise<void>[] = [];

  /** @returns undefined when there was no answer: the server is gone, or not ready yet. */
  async function ask({ path, headers, body }: NamedRequest): Promise<string | undefined> {
    try {
      const response = await request(`${options.url()}${path}`, {
        dispatcher,
        method: 'POST',
        headers: {
          authorization: `Bearer ${options.key}`,
          'content-type': 'application/json',
          ...headers,
        },
        body: JSON.stringify(body),
      });
      const answer = await response.body.json();
      if (response.statusCode === 200 || response.statusCode === 201) return options.traffic.read(answer);
      if (response.statusCode === 503) return undefined;
      throw new Unexpected(`HTTP ${response.statusCode}: ${JSON.stringify(answer)}`);
    } catch (error) {
      if (error instanceof Unexpected) throw error;
      return undefined;
    }
  }

  async function caller(number: number): Promise<void> {
    while (running) {
      const asked = options.traffic.make(next++, number);
      let answer: string | undefined;
      while (answer === undefined) {
        const sentAt = performance.now();
        answer = await ask(asked);
        if (answer === undefined) await delay(RETRY_MS);
        else lastSentAt = Math.max(lastSentAt, sentAt);
      }
      answers.set(asked.name, answer);
    }
  }

  async function until(done: () => boolean): Promise<void> {
    const failed = Promise.all(callers);
    while (!done()) await Promise.race([delay(RETRY_MS), failed]);
  }

  return {
    start() {
      running = true;
      callers = Array.from({ length: options.callers }, (_, number) => caller(number));
    },
    async stop() {
      running = false;
      await Promise.all(callers);
      callers = [];
      if (!dispatcher.closed) await dispatcher.close();
    },
    acknowledged: (more) => {
      const target = answers.size + more;
      return until(() => answers.size >= target);
    },
    acknowledgedAfter: (instant) => until(() => lastSentAt > instant),
    answers: () => answers,
  };
}

class Unexpected extends Error {}
