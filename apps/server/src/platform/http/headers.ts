import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { newId } from '../ids.ts';

/**
 * Sent with every answer: JSON that is never a page, a frame or a script of another. They are constant and set by
 * hand because `@fastify/helmet` composes its policy anew for every request. What else it would send is about pages
 * (the opener policy, which the reference page sends) or about browsers long gone.
 */
const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

const WELL_FORMED_ID = /^[\w.:-]{8,128}$/;

/** A caller's own request id is kept, so that one id follows a request through all systems. */
export function requestIdOf(headers: FastifyRequest['headers']): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && WELL_FORMED_ID.test(given) ? given : newId();
}

export interface HeaderOptions {
  /** Whether the server is reached by HTTPS. */
  https?: boolean;
  /** Origins whose pages may call the API. */
  corsOrigins?: readonly string[];
}

export function setHeaders(
  fastify: FastifyInstance,
  { https = false, corsOrigins = [] }: HeaderOptions,
): void {
  const fixed = https ? { ...SECURITY_HEADERS, ...HSTS } : SECURITY_HEADERS;
  fastify.addHook('onRequest', (request, response, done) => {
    response.headers(fixed).header('x-request-id', request.id);
    done();
  });
  if (corsOrigins.length > 0)
    fastify.register(cors, {
      origin: [...corsOrigins],
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: [
        'authorization',
        'content-type',
        'idempotency-key',
        'last-event-id',
        'promosmith-proof',
        'x-request-id',
      ],
      exposedHeaders: ['date', 'retry-after', 'x-request-id'],
      maxAge: 7200,
    });
}
