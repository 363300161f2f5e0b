import { listEvents, type PlatformEventResult, sendEvents } from '@promosmith/contract';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Origin } from '../../platform/outbox.ts';
import type { Brands } from '../brands/index.ts';
import { readFeed } from './feed.ts';

/** Takes in what the platform tells, and answers for each item. */
export type Receive = (origin: Origin, items: readonly unknown[]) => Promise<PlatformEventResult[]>;

export function mountEventRoutes(http: HttpServer, db: Database, brands: Brands, receive: Receive): void {
  http.mount(listEvents, async ({ query }, { caller }) =>
    reply(200, await readFeed(db, await brands.get(caller.brandId), query)),
  );

  http.mount(sendEvents, async ({ body }, { caller, requestId }) => {
    const origin = {
      brandId: caller.brandId,
      actor: caller.actor,
      correlationId: requestId,
      time: new Date().toISOString(),
    };
    return reply(200, { results: await receive(origin, body.events) });
  });
}
