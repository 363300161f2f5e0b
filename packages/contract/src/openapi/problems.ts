import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { Problem } from '../common.ts';
import type { Route } from '../route.ts';

interface ProblemStatus {
  name: string;
  description: string;
  key: string;
  detail: string;
  more?: Record<string, unknown>;
}

const STATUSES: Readonly<Record<number, ProblemStatus>> = {
  400: {
    name: 'Malformed',
    description: 'The body is no JSON',
    key: 'malformed',
    detail: 'The body is not valid JSON.',
  },
  401: {
    name: 'Unauthenticated',
    description: 'No credential, or not a good one',
    key: 'unauthenticated',
    detail: 'The API key is unknown, expired or revoked.',
  },
  403: {
    name: 'Forbidden',
    description: 'The credential may not do this',
    key: 'forbidden',
    detail: 'The API key does not have the scope campaigns:write.',
  },
  404: {
    name: 'NotFound',
    description: 'There is no such thing in this brand',
    key: 'not_found',
    detail: 'There is no player "p-1042".',
  },
  409: {
    name: 'Conflict',
    description: 'It was changed meanwhile, or is there already',
    key: 'revision_conflict',
    detail: 'The brand is at revision 3 now: read it again and repeat the change.',
  },
  410: {
    name: 'Gone',
    description: 'It was there and is no more',
    key: 'gone',
    detail: 'The export has expired.',
  },
  413: {
    name: 'TooLarge',
    description: 'The body is too large',
    key: 'too_large',
    detail: 'Request body is too large',
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is of another type than the route takes',
    key: 'unsupported_media_type',
    detail: 'Unsupported Media Type. Send application/json.',
  },
  422: {
    name: 'Refused',
    description: 'Understood and refused: invalid fields, or a rule of the domain. `key` says which',
    key: 'invalid_request',
    detail: 'country: a two-letter country code such as DE',
    more: { errors: [{ field: 'country', reason: 'a two-letter country code such as DE' }] },
  },
  429: {
    name: 'RateLimited',
    description: 'Too many requests; `Retry-After` says when to come back',
    key: 'rate_limited',
    detail: 'Too many unknown codes. Try again in 60 seconds.',
  },
  500: {
    name: 'InternalError',
    description: 'Our mistake; the request id finds it in the log',
    key: 'internal_error',
    detail: 'Something broke on our side. The request id finds it in the log.',
  },
  503: {
    name: 'Overloaded',
    description: 'Too busy, or shutting down; `Retry-After` says when to come back',
    key: 'overloaded',
    detail: 'The server is busy. Try again in a second.',
  },
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

const RETRY_AFTER = { description: 'Seconds to wait', schema: { type: 'integer' as const, minimum: 1 } };

const responseOf = (status: number, { name, description, key, detail, more }: ProblemStatus) =>
  [
    name,
    {
      description,
      ...(status === 429 || status === 503 ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
      content: {
        'application/problem+json': {
          schema: Problem,
          example: {
            type: `urn:promosmith:problem:${key}`,
            title: TITLES[status],
            status,
            detail,
            key,
            requestId: '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d',
            ...more,
          },
        },
      },
    } satisfies ZodOpenApiResponseObject,
  ] as const;

/** The problem responses operations refer to, by component name. */
export const PROBLEM_RESPONSES: Record<string, ZodOpenApiResponseObject> = Object.fromEntries(
  Object.entries(STATUSES).map(([status, problem]) => responseOf(Number(status), problem)),
);

/** What a route can answer besides success, as references by status. */
export function problemsOf(route: Route): Record<string, { $ref: string }> {
  const statuses = new Set([422, 429, 500, 503, ...(route.problems ?? [])]);
  if (route.access !== 'open') for (const status of [401, 403]) statuses.add(status);
  if (route.body || route.streamBody || route.rawBody)
    for (const status of [400, 413, 415]) statuses.add(status);
  return Object.fromEntries(
    [...statuses].sort().map((status) => {
      const name = STATUSES[status]?.name;
      if (!name) throw new Error(`${route.id}: there is no description of status ${status}`);
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
}
