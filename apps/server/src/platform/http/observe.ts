import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who called, once known: `staff`, `api_key`, `player`, `anonymous`. */
    callerKind: string;
  }
}

/** Seconds. Fine where a cashier waits, coarse where somebody reads a report. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * One log line and one observation per answered request. Paths are those of the route, never of the request: ids and
 * codes in paths and queries stay out of logs and labels.
 */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const duration = metrics.histogram(
    'http_request_duration_seconds',
    'Time from the head of a request to the end of its answer',
    BUCKETS,
    ['method', 'route', 'status'],
  );
  fastify.decorateRequest('callerKind', '');
  fastify.addHook('onResponse', (request, response, done) => {
    const { id: requestId, method, routeOptions, callerKind: caller } = request;
    const route = routeOptions.url ?? 'none';
    const ms = response.elapsedTime;
    const status = response.statusCode;
    duration.observe({ method, route, status }, ms / 1000);
    request.log.info({ requestId, method, route, status, ms: Math.round(ms * 10) / 10, caller }, 'request');
    done();
  });
}
