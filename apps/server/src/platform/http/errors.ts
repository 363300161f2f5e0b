import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Route } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isOutage } from '../db.ts';
import { newId } from '../ids.ts';
import { TURNED_AWAY } from './overload.ts';
import { PROBLEM_JSON, problemOf, statusOf } from './problem.ts';

export function sendRefusal(request: FastifyRequest, response: FastifyReply, refusal: Refusal): FastifyReply {
  const status = statusOf(refusal);
  if ('retryAfterSeconds' in refusal) response.header('retry-after', String(refusal.retryAfterSeconds));
  if (status === 401) response.header('www-authenticate', 'Bearer');
  return response.code(status).type(PROBLEM_JSON).send(problemOf(refusal, request.id));
}

/** The one place where exceptions become answers. Those a caller caused are refusals; the rest is logged once. */
export function sendError(
  error: FastifyError,
  request: FastifyRequest,
  response: FastifyReply,
): FastifyReply {
  const refusal = refusalOf(error, request);
  if (!refusal) request.log.error({ requestId: request.id, err: error }, 'request failed');
  return sendRefusal(request, response, refusal ?? (isOutage(error) ? OUTAGE : BROKEN));
}

const BROKEN: Refusal = {
  key: 'internal_error',
  message: 'Something broke on our side. The request id finds it in the log.',
};

/** Whether the last statement was carried out, nobody can tell from here. */
const OUTAGE = {
  key: 'not_ready',
  message: 'The database cannot be reached. Send the request again, with the same key and ids.',
  retryAfterSeconds: 1,
};

/** Fastify's own errors that a caller caused; anything else is ours. */
function refusalOf(error: FastifyError, { routeOptions }: FastifyRequest): Refusal | undefined {
  const status = error.statusCode ?? 500;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return {
      key: 'too_large',
      message: `The body is larger than the ${routeOptions.bodyLimit} bytes taken here.`,
    };
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return { key: 'unsupported_media_type', message: 'Send application/json.' };
  if (error.code === 'FST_ERR_MAX_PARAM_LENGTH')
    return { key: 'not_found', message: 'There is no id so long.' };
  if (status === 503)
    return {
      key: 'overloaded',
      message: TURNED_AWAY,
      retryAfterSeconds: 1,
    } as Refusal;
  if (status >= 400 && status < 500) return { key: 'malformed', message: error.message };
  return undefined;
}

/** Answers what no route takes: 405 where the path is known with another method, 404 otherwise. */
export function answerUnknown(fastify: FastifyInstance, routes: readonly Route[]): void {
  fastify.setNotFoundHandler((request, response) => {
    const path = pathOf(request);
    const own = routes.filter((route) => route.path === path);
    const known = own.length > 0 ? own : routes.filter((route) => matches(route.path, path));
    const allowed = known.map(({ method }) => method);
    if (allowed.length === 0)
      return sendRefusal(request, response, {
        key: 'not_found',
        message: `There is no ${request.method} ${path}. The reference is at /docs.`,
      });
    response.header('allow', allowed.join(', '));
    return sendRefusal(request, response, {
      key: 'method_not_allowed',
      message: `${path} takes ${allowed.join(', ')}, not ${request.method}.`,
    });
  });
}

export const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '';

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i])
  );
}

const STATUS_BY_PARSER_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is not even HTTP, on the bare socket. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable && socket.bytesWritten === 0) {
    const status = STATUS_BY_PARSER_CODE[error.code ?? ''] ?? 400;
    const body = JSON.stringify({
      ...problemOf({ key: 'malformed', message: 'The request is not HTTP as it should be.' }, newId()),
      status,
      title: STATUS_CODES[status],
    });
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${PROBLEM_JSON}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}
