import { STATUS_CODES } from 'node:http';
import type { Problem } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** HTTP statuses of the refusals that are not a plain "the request makes no sense as it stands" (422). */
const STATUS_BY_KEY: Readonly<Record<string, number>> = {
  malformed: 400,
  invalid_request: 422,
  unauthenticated: 401,
  forbidden: 403,
  challenge_required: 403,
  own_request: 403,
  signature_invalid: 403,
  timestamp_out_of_window: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  already_set_up: 409,
  revision_conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal_error: 500,
  overloaded: 503,
  not_ready: 503,
};

export const statusOf = (refusal: Refusal): number => STATUS_BY_KEY[refusal.key] ?? 422;

/** RFC 9457 body of a refusal. Everything else on the refusal (e.g. `activationId`) is passed on as extension. */
export function problemOf(refusal: Refusal, requestId: string): Problem {
  const { key, message, errors, ...extensions } = refusal;
  const status = statusOf(refusal);
  return {
    type: `urn:promosmith:problem:${key}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    key,
    requestId,
    ...(errors ? { errors: [...errors] } : {}),
    ...extensions,
  };
}
