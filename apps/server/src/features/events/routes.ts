import { listEvents, sendEvents } from '@promosmith/contract';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Brands } from '../brands/index.ts';
import { readFeed } from './feed.ts';
import { receive, type Takers } from './service.ts';

export function mountEventRoutes(http: HttpServer, db: Database, brands: Brands, takers: Takers): void {
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
    const { currencies } = await brands.get(caller.brandId);
    return reply(200, { results: await receive(db, takers, currencies, origin, body.events) });
  });
}
