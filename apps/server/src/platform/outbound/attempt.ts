import { type Agent, request } from 'undici';
import { parseRetryAfter } from './backoff.ts';

const SNIPPET_BYTES = 1024;
const LONGEST_ERROR = 500;

/** What came of one attempt. */
export interface Outcome {
  delivered: boolean;
  durationMs: number;
  /** HTTP status; null when there was no answer. */
  status: number | null;
  error: string | null;
  /** The beginning of the answer. */
  response: string | null;
  /** What the endpoint asked for, in ms. */
  retryAfterMs: number | null;
}

/**
 * Sends one message. Never throws: whatever an endpoint does is an outcome. The status decides.
 * @param keptBytes how much of the answer is kept; enough for the log when left out.
 */
export async function attempt(
  agent: Agent,
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
  keptBytes: number = SNIPPET_BYTES,
): Promise<Outcome> {
  const started = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  let status: number | null = null;
  let error: string | null = null;
  let retryAfterMs: number | null = null;
  const snippet: Buffer[] = [];
  try {
    const answer = await request(url, { dispatcher: agent, method: 'POST', headers, body, signal });
    status = answer.statusCode;
    const retryAfter = answer.headers['retry-after'];
    retryAfterMs = parseRetryAfter(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, Date.now());
    await readStart(answer.body, snippet, keptBytes);
  } catch (failure) {
    error = describe(failure, timeoutMs);
  }
  const delivered = status !== null && status >= 200 && status < 300;
  if (status !== null && !delivered)
    error ??= status >= 300 && status < 400 ? 'redirects are not followed' : `answered ${status}`;
  return {
    delivered,
    durationMs: Math.round(performance.now() - started),
    status,
    error,
    response: status === null ? null : textOf(Buffer.concat(snippet).subarray(0, keptBytes)),
    retryAfterMs,
  };
}

/** Leaving the loop early closes the connection, so an endless answer costs no more than this. */
async function readStart(body: AsyncIterable<Buffer>, into: Buffer[], most: number): Promise<void> {
  let size = 0;
  for await (const chunk of body) {
    into.push(chunk);
    size += chunk.length;
    if (size > most) break;
  }
}

/** As PostgreSQL can keep it: text without NUL. */
const textOf = (bytes: Buffer): string => bytes.toString('utf8').replaceAll('\0', '\ufffd');

function describe(failure: unknown, timeoutMs: number): string {
  if (!(failure instanceof Error)) return String(failure);
  if (failure.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const code = 'code' in failure && typeof failure.code === 'string' ? `${failure.code}: ` : '';
  return `${code}${failure.message || failure.name}`.slice(0, LONGEST_ERROR);
}
