import {
  deleteSpecialEndpoint,
  listSpecialEndpoints,
  listSpecialHandlers,
  putSpecialEndpoint,
  rotateSpecialEndpointSecret,
  type SpecialHandler,
} from '@promosmith/contract';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { EndpointService } from './endpoints/service.ts';
import { listEndpoints, viewOf } from './endpoints/store.ts';

export function mountSpecials(
  http: HttpServer,
  db: Database,
  handlers: readonly SpecialHandler[],
  endpoints: EndpointService,
): void {
  http.mount(listSpecialHandlers, async () => reply(200, { items: [...handlers] }));

  http.mount(listSpecialEndpoints, async (_, { caller }) =>
    reply(200, { items: (await listEndpoints(db, caller.brandId)).map(viewOf) }),
  );

  http.mount(putSpecialEndpoint, async ({ params, body }, context) => {
    const put = await endpoints.put(context, params.endpointName, body.url);
    return put.ok ? reply('secret' in put.value ? 201 : 200, put.value) : put;
  });

  http.mount(rotateSpecialEndpointSecret, async ({ params, body }, context) => {
    const rotated = await endpoints.rotateSecret(context, params.endpointName, body.overlapSeconds);
    return rotated.ok ? reply(200, rotated.value) : rotated;
  });

  http.mount(deleteSpecialEndpoint, async ({ params }, context) => {
    const removed = await endpoints.remove(context, params.endpointName);
    return removed.ok ? reply(204, undefined) : removed;
  });
}
