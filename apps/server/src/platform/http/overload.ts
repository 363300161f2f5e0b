import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';

/** Mean delay of the event loop over a second, past which new requests are turned away. */
const MAX_EVENT_LOOP_DELAY_MS = 1000;
const RETRY_AFTER_SECONDS = 1;

/** What a request is told that was turned away before anything was done about it. */
export const TURNED_AWAY = 'The server is busy. Try again in a moment.';

/** Turns requests away while the process cannot keep up, so that those it has taken are answered in time. */
export function shedLoad(fastify: FastifyInstance): void {
  fastify.register(underPressure, {
    maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS,
    retryAfter: RETRY_AFTER_SECONDS,
  });
}

/** Options of a route that is answered however busy the process is: health and metrics. */
export const ALWAYS_ANSWERED = { config: { pressureHandler: () => undefined } };
