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

/** One request to be made. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What came of a request, for those who read its answer. */
export interface Exchange extends Outcome {
  /** Of the answer. */
  contentType: string | null;
  /** Whether the answer is longer than what was kept of it. */
  isCut: boolean;
  /** Of what kept it from being answered: `FORBIDDEN_ADDRESS`, `ECONNREFUSED`. */
  errorCode: string | null;
}

/**
 * Sends one message. Never throws: whatever an endpoint does is an outcome. The status decides.
 * @param keptBytes how much of the answer is kept; enough for the log when left out.
 */
export function attempt(
  agent: Agent,
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
  keptBytes: number = SNIPPET_BYTES,
): Promise<Outcome> {
  return exchange(agent, { method: 'POST', url, headers, body }, timeoutMs, keptBytes);
}

/** As `attempt`, with any method. */
export async function exchange(
  agent: Agent,
  { url, ...options }: Request,
  timeoutMs: number,
  keptBytes: number,
): Promise<Exchange> {
  const started = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  let status: number | null = null;
  let contentType: string | null = null;
  let error: string | null = null;
  let errorCode: string | null = null;
  let retryAfterMs: number | null = null;
  const snippet: Buffer[] = [];
  try {
    const answer = await request(url, { dispatcher: agent, ...options, signal });
    status = answer.statusCode;
    retryAfterMs = parseRetryAfter(first(answer.headers['retry-after']), Date.now());
    contentType = first(answer.headers['content-type']) ?? null;
    await readStart(answer.body, snippet, keptBytes);
  } catch (failure) {
    error = describe(failure, timeoutMs);
    errorCode = codeOf(failure);
  }
  const delivered = status !== null && status >= 200 && status < 300;
  if (status !== null && !delivered)
    error ??= status >= 300 && status < 400 ? 'redirects are not followed' : `answered ${status}`;
  const bytes = Buffer.concat(snippet);
  return {
    delivered,
    durationMs: Math.round(performance.now() - started),
    status,
    contentType,
    error,
    errorCode,
    response: status === null ? null : textOf(bytes.subarray(0, keptBytes)),
    isCut: bytes.length > keptBytes,
    retryAfterMs,
  };
}

const first = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

const codeOf = (failure: unknown): string | null =>
  failure instanceof Error && 'code' in failure && typeof failure.code === 'string' ? failure.code : null;

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
  const code = codeOf(failure);
  return `${code === null ? '' : `${code}: `}${failure.message || failure.name}`.slice(0, LONGEST_ERROR);
}
