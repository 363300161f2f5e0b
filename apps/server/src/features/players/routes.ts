import {
  createProperty,
  getPlayer,
  listPlayers,
  listProperties,
  putPlayer,
  setBonusBlock,
  setConsents,
  setSelfExclusion,
} from '@promosmith/contract';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { viewOf } from './player.ts';
import type { PlayersService } from './service.ts';

export function mountPlayers(http: HttpServer, service: PlayersService): void {
  http.mount(putPlayer, async ({ params, body }, context) => {
    const done = await service.put(context, params.externalId, body);
    return done.ok ? reply(done.value.created ? 201 : 200, viewOf(done.value.player)) : done;
  });
  http.mount(getPlayer, async ({ params }, context) => {
    const found = await service.get(context, params.externalId);
    return found.ok ? reply(200, viewOf(found.value)) : found;
  });
  http.mount(listPlayers, async ({ query }, context) => {
    const page = await service.list(context, query);
    return page.ok ? reply(200, page.value) : page;
  });
  http.mount(setSelfExclusion, async ({ params, body }, context) => {
    const done = await service.setSelfExclusion(context, params.externalId, body);
    return done.ok ? reply(200, viewOf(done.value)) : done;
  });
  http.mount(setBonusBlock, async ({ params, body }, context) => {
    const done = await service.setBonusBlock(context, params.externalId, body);
    return done.ok ? reply(200, viewOf(done.value)) : done;
  });
  http.mount(setConsents, async ({ params, body }, context) => {
    const done = await service.setConsents(context, params.externalId, body);
    return done.ok ? reply(200, viewOf(done.value)) : done;
  });
  http.mount(listProperties, async (_, context) =>
    reply(200, { items: await service.listProperties(context) }),
  );
  http.mount(createProperty, async ({ body }, context) => {
    const done = await service.createProperty(context, body);
    return done.ok ? reply(201, done.value) : done;
  });
}
