import { expect } from 'vitest';
import type { TestApp, TestRequest } from '../../apps/server/src/testing/test-app.ts';
import { stored } from './stored.ts';

/** How a request should be refused. */
export interface Refused {
  status: number;
  key: string;
  /** Of the first error; absent when the fault is not in a field. */
  field?: string;
  /** The detail, and what each error says to do. */
  says: RegExp;
}

export const invalid = (field: string, says: RegExp): Refused => ({
  status: 422,
  key: 'invalid_request',
  field,
  says,
});

/** Sends what should be refused, and looks at the answer and at what it left behind. */
export async function expectRefused(
  app: TestApp,
  method: string,
  path: string,
  options: TestRequest,
  { status, key, field, says }: Refused,
): Promise<void> {
  const before = await stored(app.db);
  const { body, headers, ...answer } = await app.request(method, path, options);
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect([answer.status, body.status, body.key]).toEqual([status, status, key]);
  expect(body.errors?.[0].field).toBe(field);
  const fixes = (body.errors ?? []).map(({ fix = '' }) => fix);
  expect([body.detail, ...fixes].join(' ')).toMatch(says);
  expect(await stored(app.db)).toEqual(before);
}
