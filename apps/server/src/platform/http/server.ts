import type { Readable } from 'node:stream';
import type { Access, Route, RouteInput, RouteOutput } from '@promosmith/contract';
import { type FieldError, type Refusal, type Result, refuse } from '@promosmith/core';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { newId } from '../ids.ts';
import type { Caller, RequestContext } from './context.ts';
import { PROBLEM_JSON, problemOf, statusOf } from './problem.ts';

const DEFAULT_BODY_LIMIT = 256 * 1024;

/** Finds out who calls and whether the route lets them in. */
export type Authenticate = (request: FastifyRequest, access: Access) => Promise<Result<Caller>>;

/** What a handler answers when the status or headers matter; otherwise it returns a Result of the body. */
export interface Reply<Body> {
  status: number;
  body: Body;
  headers?: Readonly<Record<string, string>>;
}

export const reply = <Body>(
  status: number,
  body: Body,
  headers?: Record<string, string>,
): { ok: true; value: Reply<Body> } => ({
  ok: true,
  value: { status, body, ...(headers ? { headers } : {}) },
});

export type Handler<R extends Route> = (
  input: RouteInput<R> & { stream: Readable },
  context: RequestContext,
) => Promise<Result<Reply<RouteOutput<R> | Readable>>>;

export interface HttpServer {
  readonly fastify: FastifyInstance;
  /** Mounts a route of the contract: authentication, validation, then the handler; refusals become problem+json. */
  mount<R extends Route>(route: R, handler: Handler<R>): void;
  /** Every mounted route, for the OpenAPI document and the tests that walk all of them. */
  readonly routes: readonly Route[];
}

export interface HttpOptions {
  log: Logger;
  authenticate: Authenticate;
  trustProxy: boolean;
}

export function createHttpServer({ log, authenticate, trustProxy }: HttpOptions): HttpServer {
  const base: FastifyBaseLogger = log;
  const fastify = Fastify({
    loggerInstance: base,
    trustProxy,
    genReqId: () => newId(),
    disableRequestLogging: true,
    bodyLimit: DEFAULT_BODY_LIMIT,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
  });
  const routes: Route[] = [];

  fastify.setNotFoundHandler((request, response) =>
    sendRefusal(request, response, {
      key: 'not_found',
      message: `There is no ${request.method} ${request.url.split('?')[0]}. The reference is at /docs.`,
    }),
  );
  fastify.setErrorHandler<FastifyError>((error, request, response) => {
    const refusal = refusalOf(error);
    if (refusal) return sendRefusal(request, response, refusal);
    request.log.error({ err: error, requestId: request.id }, 'request failed');
    const problem = problemOf(
      { key: 'internal_error', message: 'Something broke on our side. The request id finds it in the log.' },
      request.id,
    );
    return response
      .code(500)
      .type(PROBLEM_JSON)
      .send({ ...problem, status: 500, title: 'Internal Server Error' });
  });

  return {
    fastify,
    routes,
    mount(route, handler) {
      routes.push(route);
      const streamed = route.streamBody?.contentType;
      if (streamed && !fastify.hasContentTypeParser(streamed))
        fastify.addContentTypeParser(streamed, (_request, _payload, done) => done(null));
      fastify.route({
        method: route.method,
        url: route.path,
        bodyLimit: route.bodyLimit ?? DEFAULT_BODY_LIMIT,
        handler: async (request, response) => {
          const caller = await authenticate(request, route.access);
          if (!caller.ok) return sendRefusal(request, response, caller.refusal);
          const input = parseInput(route, request);
          if (!input.ok) return sendRefusal(request, response, input.refusal);
          const result = await handler(input.value as never, {
            caller: caller.value,
            requestId: request.id,
            ip: request.ip,
            log: request.log,
          });
          if (!result.ok) return sendRefusal(request, response, result.refusal);
          const { status, body, headers } = result.value;
          if (headers) response.headers(headers);
          const shape = route.success[status];
          if (typeof shape === 'string') response.type(shape);
          return response.code(status).send(body);
        },
      });
    },
  };
}

function sendRefusal(request: FastifyRequest, response: FastifyReply, refusal: Refusal): FastifyReply {
  const status = statusOf(refusal);
  if ('retryAfterSeconds' in refusal) response.header('retry-after', String(refusal.retryAfterSeconds));
  if (status === 401) response.header('www-authenticate', 'Bearer');
  return response.code(status).type(PROBLEM_JSON).send(problemOf(refusal, request.id));
}

function parseInput(route: Route, request: FastifyRequest): Result<Record<string, unknown>> {
  const errors: FieldError[] = [];
  const parse = (part: 'params' | 'query' | 'headers' | 'body', value: unknown): unknown => {
    const schema = route[part];
    if (!schema) return part === 'body' ? undefined : {};
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    errors.push(...parsed.error.issues.map((issue) => fieldError(part, issue)));
    return undefined;
  };
  const value = {
    params: parse('params', request.params),
    query: parse('query', request.query),
    headers: parse('headers', request.headers),
    body: parse('body', request.body),
    stream: request.raw,
  };
  if (errors.length === 0) return { ok: true, value };
  const first = errors[0];
  return refuse('invalid_request', `${first?.field || 'The request'}: ${first?.reason}`, errors);
}

function fieldError(part: string, issue: z.core.$ZodIssue): FieldError {
  const path = issue.path.map(String).join('.');
  const field = part === 'body' ? path || 'body' : path ? `${part}.${path}` : part;
  return { field, reason: issue.message };
}

/** Fastify's own errors that a caller caused; anything else is ours. */
function refusalOf(error: FastifyError): Refusal | undefined {
  const status = error.statusCode ?? 500;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { key: 'too_large', message: error.message };
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return { key: 'unsupported_media_type', message: `${error.message}. Send application/json.` };
  if (status >= 400 && status < 500) return { key: 'malformed', message: error.message };
  return undefined;
}
