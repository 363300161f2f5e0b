import { isDeepStrictEqual } from 'node:util';
import type { Route } from '@promosmith/contract';
import { z } from 'zod';
import type { WireResponse } from '../wire.ts';

/** What is wrong with an answer, if anything: a failure of ours, or an answer that is not in the contract. */
export function faultOf(route: Route, { status, contentType, text }: WireResponse): string | undefined {
  if (status >= 500) return 'the server failed';
  if (status >= 300) return problemFault(status, contentType, text);
  if (!(status in route.success)) return `${status} is not in the contract`;
  const shape = route.success[status];
  if (shape === null) return text === '' ? undefined : 'there should be no body';
  if (typeof shape === 'string')
    return contentType === shape ? undefined : `the content type is ${contentType}`;
  if (!contentType.startsWith('application/json')) return `the content type is ${contentType}`;
  return shape && shapeFault(shape, JSON.parse(text));
}

function problemFault(status: number, contentType: string, text: string): string | undefined {
  if (!contentType.startsWith('application/problem+json')) return `the content type is ${contentType}`;
  const problem = JSON.parse(text);
  if (problem.status !== status) return `the problem says ${problem.status}`;
  return typeof problem.key === 'string' && problem.detail ? undefined : 'the problem has no key or detail';
}

/** The body must fit the schema, and hold nothing that is not in it. */
function shapeFault(shape: z.ZodType, body: unknown): string | undefined {
  const parsed = shape.safeParse(body);
  if (!parsed.success) return `the body does not fit the contract: ${z.prettifyError(parsed.error)}`;
  return isDeepStrictEqual(parsed.data, body)
    ? undefined
    : 'the body has fields that are not in the contract';
}
