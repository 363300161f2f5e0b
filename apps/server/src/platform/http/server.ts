import type { Readable } from 'node:stream';
import type { Access, Route, RouteInput, RouteOutput } from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
  type RouteOptions,
} from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.ts';
import type { Caller, RequestContext } from './context.ts';
import { answerBrokenRequest, answerUnknown, pathOf, sendError, sendRefusal } from './errors.ts';
import { type HeaderOptions, requestIdOf, setHeaders } from './headers.ts';
import { parseInput } from './input.ts';
import { readJsonBodies } from './json-body.ts';
import { observeRequests } from './observe.ts';
import { shedLoad } from './overload.ts';
import { takeRawBodies } from './raw-body.ts';
import { watchUnusedConnections } from './unused-connections.ts';

const DEFAULT_BODY_LIMIT = 256 * 1024;
const CLOSE_IDLE_EVERY_MS = 50;

/** Finds out who calls and whether the route lets them in. */
export type Authenticate = (request: FastifyRequest, access: Access) => Promise<Result<Caller>>;

/** Several values of one name for `set-cookie`. */
export type ReplyHeaders = Readonly<Record<string, string | string[]>>;

/** What a handler answers when the status or headers matter; otherwise it returns a Result of the body. */
export interface Reply<Body> {
  status: number;
  body: Body;
  headers?: ReplyHeaders;
}

export const reply = <Body>(
  status: number,
  body: Body,
  headers?: ReplyHeaders,
): { ok: true; value: Reply<Body> } => ({
  ok: true,
  value: { status, body, ...(headers ? { headers } : {}) },
});

export type Handler<R extends Route> = (
  input: RouteInput<R> & { stream: Readable; rawBody: Buffer },
  context: RequestContext,
) => Promise<Result<Reply<RouteOutput<R> | Readable>>>;

export interface HttpServer {
  readonly fastify: FastifyInstance;
  /** Mounts a route of the contract: authentication, validation, then the handler; refusals become problem+json. */
  mount<R extends Route>(route: R, handler: Handler<R>): void;
  /** Every mounted route, for the OpenAPI document and the tests that walk all of them. */
  readonly routes: readonly Route[];
  /** Requests that change something and are not answered yet. */
  changesUnderWay(): number;
  /** Stops listening and finishes what is under way. */
  close(): Promise<void>;
}

export interface HttpOptions extends HeaderOptions {
  log: Logger;
  metrics: Metrics;
  authenticate: Authenticate;
  trustProxy: boolean;
}

export function createHttpServer(options: HttpOptions): HttpServer {
  const { log, metrics, authenticate, trustProxy } = options;
  const base: FastifyBaseLogger = log;
  const fastify = Fastify({
    loggerInstance: base,
    // Lines about a request name its id themselves: to make a logger for each costs more than to read its body.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    genReqId: (request) => requestIdOf(request.headers),
    bodyLimit: DEFAULT_BODY_LIMIT,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
    // A request that arrives on an open connection while the server closes is still served, as the last one on it.
    return503OnClosing: false,
    frameworkErrors: sendError,
    clientErrorHandler: answerBrokenRequest,
  });
  const routes: Route[] = [];
  const writtenOut = new Set<string>();

  readJsonBodies(fastify);
  fastify.setErrorHandler(sendError);
  answerUnknown(fastify, routes);
  setHeaders(fastify, options);
  shedLoad(fastify);
  observeRequests(fastify, metrics);
  const closeUnused = watchUnusedConnections(fastify.server);

  let changesUnderWay = 0;

  return {
    fastify,
    routes,
    changesUnderWay: () => changesUnderWay,
    mount(route, handler) {
      routes.push(route);
      const changes = route.method !== 'GET';
      const hasParams = route.path.includes(':');
      if (!hasParams) writtenOut.add(route.path);
      const streamed = route.streamBody?.contentType;
      if (streamed && !fastify.hasContentTypeParser(streamed))
        fastify.addContentTypeParser(streamed, (_request, _payload, done) => done(null));
      const options: RouteOptions = {
        method: route.method,
        url: route.path,
        bodyLimit: route.bodyLimit ?? DEFAULT_BODY_LIMIT,
        handler: async (request, response) => {
          // A path of its own that takes other methods is no value of a parameter.
          if (hasParams && writtenOut.has(pathOf(request))) return response.callNotFound();
          const caller = await authenticate(request, route.access);
          if (!caller.ok) return sendRefusal(request, response, caller.refusal);
          request.callerKind = caller.value.actor.kind;
          const input = parseInput(route, request);
          if (!input.ok) return sendRefusal(request, response, input.refusal);
          if (changes) changesUnderWay++;
          const result = await handler(input.value as never, {
            caller: caller.value,
            requestId: request.id,
            ip: request.ip,
            headers: request.headers,
            hasHungUp: () => request.socket.destroyed,
          }).finally(() => {
            if (changes) changesUnderWay--;
          });
          if (!result.ok) return sendRefusal(request, response, result.refusal);
          const { status, body, headers } = result.value;
          if (headers) response.headers(headers);
          const shape = route.success[status];
          if (typeof shape === 'string') response.type(shape);
          return response.code(status).send(body);
        },
      };
      if (route.rawBody) fastify.register(async (scope) => takeRawBodies(scope).route(options));
      else fastify.route(options);
    },
    async close() {
      // A connection that becomes idle only now would otherwise be kept open for the next request.
      const closeIdle = setInterval(() => {
        fastify.server.closeIdleConnections();
        closeUnused();
      }, CLOSE_IDLE_EVERY_MS);
      await fastify.close().finally(() => clearInterval(closeIdle));
    },
  };
}
