import type { Problem } from '@promosmith/contract';
import { learnToSay, sayFault, titleOf } from '../texts/index.ts';

/** The server's "no": an RFC 9457 problem, in the language of the page. `problem.key` is stable, `message` is for people. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** No answer came: whether the server did what was asked is unknown. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

export const hasKey = (error: unknown, key: string): boolean =>
  error instanceof ProblemError && error.problem.key === key;

/** The error an answer other than success means; a proxy's page is a problem too. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const text = await response.text();
  const problem = parse(text) ?? unexpected(response);
  // Where the texts cannot be had either, what went wrong is told as it came.
  return new ProblemError(await inOurWords(problem).catch(() => problem));
}

async function inOurWords(problem: Problem): Promise<Problem> {
  const [say, title = problem.title] = await Promise.all([learnToSay(), titleOf(problem.key)]);
  const errors = problem.errors?.map(sayFault(say));
  return { ...problem, title, detail: say(problem.detail), ...(errors && { errors }) };
}

const unexpected = ({ status, statusText }: Response): Problem => ({
  type: 'urn:promosmith:problem:unexpected_answer',
  title: statusText || 'Unexpected answer',
  status,
  detail: `The server answered ${status}, and not in its own words.`,
  key: 'unexpected_answer',
});

function parse(text: string): Problem | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isProblem(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'key' in value && 'detail' in value && 'status' in value;
