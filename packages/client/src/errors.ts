import { Problem } from '@promosmith/contract';

/**
 * The server's "no": an RFC 9457 problem. `key` is stable and made for programs, `message` for people. A refused
 * activation is one too: `problem.reasons` has every failing check and `problem.activationId` finds the attempt.
 */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly problem: Problem;
  /** Seconds the server asked to wait. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get key(): string {
    return this.problem.key;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** No answer came: no connection, or none in time. Whether the server did what was asked is unknown. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

/** The error an answer other than success means. A proxy's page becomes a problem of key `unexpected_answer`. */
export async function errorOf(response: Response): Promise<ProblemError> {
  const text = await response.text();
  const parsed = Problem.safeParse(parse(text));
  const problem = parsed.success
    ? parsed.data
    : {
        type: 'urn:promosmith:problem:unexpected_answer',
        title: response.statusText || 'Unexpected answer',
        status: response.status,
        detail: `The answer ${response.status} is not one of Promosmith's: ${text.slice(0, 200)}`,
        key: 'unexpected_answer',
      };
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ProblemError(problem, Number.isFinite(retryAfter) ? retryAfter : undefined);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
