import type { Route } from '@promosmith/contract';
import type { Routes } from '@promosmith/contract/routes';
import { NoAnswerError, ProblemError } from './errors.ts';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

export const IDEMPOTENCY_KEY = 'idempotency-key';

/** POSTs that change nothing when they come twice, though they carry no key. */
const REPEATABLE: ReadonlySet<string> = new Set<keyof Routes>([
  'validateCode',
  'reverseActivation',
  'sendEvents',
]);

/** Whether sending the request again is harmless when nobody knows what became of the first. */
export const isRepeatable = (route: Route): boolean =>
  route.method === 'POST' || route.method === 'PATCH'
    ? REPEATABLE.has(route.id) || takesIdempotencyKey(route)
    : true;

export const takesIdempotencyKey = ({ headers }: Route): boolean =>
  headers !== undefined && IDEMPOTENCY_KEY in headers.shape;

/** Says that the server did not begin with what was asked. */
const TURNED_AWAY = new Set(['overloaded', 'not_ready']);

/**
 * Runs an attempt and, while that can help and is harmless, runs it again: after the time the server asks for, else
 * after a growing, random one.
 * @param retries attempts after the first.
 */
export async function withRetries<T>(
  route: Route,
  retries: number,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const wait = waitBefore(route, error, failures);
      if (failures === retries || wait === undefined || signal?.aborted) throw error;
      await sleep(wait, signal);
    }
  }
}

/** @returns milliseconds, or undefined when another attempt cannot help or might do harm. */
export function waitBefore(route: Route, error: unknown, failures: number): number | undefined {
  const grown = FIRST_WAIT_MS * 2 ** failures * (0.5 + Math.random());
  if (error instanceof NoAnswerError) return isRepeatable(route) ? grown : undefined;
  if (!(error instanceof ProblemError) || error.status !== 503) return undefined;
  if (!TURNED_AWAY.has(error.key) && !isRepeatable(route)) return undefined;
  const asked = error.retryAfterSeconds;
  if (asked === undefined) return grown;
  return asked * 1000 <= LONGEST_WAIT_MS ? asked * 1000 : undefined;
}

const sleep = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
