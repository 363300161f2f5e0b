import type { FastifyInstance } from 'fastify';

/** In this scope bodies of every type reach the handler byte for byte: a signature covers exactly what was sent. */
export function takeRawBodies(scope: FastifyInstance): FastifyInstance {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  return scope;
}
