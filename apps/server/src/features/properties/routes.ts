import { deleteEventProperties, listEventProperties, putEventProperties } from '@promosmith/contract';
import { reply } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Register } from './service.ts';
import { listOfProperties } from './views.ts';

export function mountProperties({ db, http }: Pick<Platform, 'db' | 'http'>, register: Register): void {
  http.mount(listEventProperties, async ({ query }, { caller }) => {
    const page = await listOfProperties(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(putEventProperties, async ({ params, body }, context) => {
    const done = await register.put(context, params.eventKey, body.fields);
    return done.ok ? reply(done.value.created ? 201 : 200, done.value.properties) : done;
  });

  http.mount(deleteEventProperties, async ({ params }, context) => {
    const removed = await register.remove(context, params.eventKey);
    return removed.ok ? reply(204, undefined) : removed;
  });
}
