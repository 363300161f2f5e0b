import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';

const RETRY_MS = 20;
const TIMEOUT_MS = 15_000;

/** Callers that activate one code for ever new players, and repeat under the same key until they have an answer. */
export interface Load {
  start(): void;
  /** Lets every caller finish what it is asking. */
  stop(): Promise<void>;
  /** Resolves after so many more answers. */
  acknowledged(more: number): Promise<void>;
  /** Resolves with the first answer to a request that was sent after the instant (`performance.now()`). */
  acknowledgedAfter(instant: number): Promise<void>;
  /** Activation ids by player, of every answer so far. */
  answers(): ReadonlyMap<string, string>;
}

export function createLoad(options: {
  /** Where the server is now: it changes when the server is started again. */
  url: () => string;
  key: string;
  callers: number;
  code: string;
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
  async function ask(player: string): Promise<string | undefined> {
    try {
      const response = await request(`${options.url()}/v1/activations`, {
        dispatcher,
        method: 'POST',
        headers: {
          authorization: `Bearer ${options.key}`,
          'content-type': 'application/json',
          'idempotency-key': `once-${player}`,
        },
        body: JSON.stringify({ code: options.code, player: { id: player, country: 'DE', currency: 'EUR' } }),
      });
      const body = (await response.body.json()) as { id: string };
      if (response.statusCode === 201) return body.id;
      if (response.statusCode === 503) return undefined;
      throw new Unexpected(`HTTP ${response.statusCode}: ${JSON.stringify(body)}`);
    } catch (error) {
      if (error instanceof Unexpected) throw error;
      return undefined;
    }
  }

  async function caller(): Promise<void> {
    while (running) {
      const player = `crash-${next++}`;
      let id: string | undefined;
      while (id === undefined) {
        const sentAt = performance.now();
        id = await ask(player);
        if (id === undefined) await delay(RETRY_MS);
        else lastSentAt = Math.max(lastSentAt, sentAt);
      }
      answers.set(player, id);
    }
  }

  async function until(done: () => boolean): Promise<void> {
    const failed = Promise.all(callers);
    while (!done()) await Promise.race([delay(RETRY_MS), failed]);
  }

  return {
    start() {
      running = true;
      callers = Array.from({ length: options.callers }, caller);
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
