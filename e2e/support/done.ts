import type { TestResponse } from '../../apps/server/src/testing/test-app.ts';

/** The body of an answer that must be a success: what a test sets up. @throws when it is not. */
export async function done(answer: Promise<TestResponse>): Promise<TestResponse['body']> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}
