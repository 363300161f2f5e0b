import { getGrant, listGrants } from '@promosmith/contract';
import { refuse } from '@promosmith/core';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { GrantViews } from './views.ts';

export function mountBonuses(http: HttpServer, views: GrantViews): void {
  http.mount(listGrants, async ({ query }, { caller }) => {
    const { playerExternalId } = caller;
    if (playerExternalId !== undefined && query.player !== undefined) return namedTwice;
    const page = await views.list(caller.brandId, { ...query, player: playerExternalId ?? query.player });
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getGrant, async ({ params }, { caller }) => {
    const found = await views.find(caller.brandId, params.grantId, caller.playerExternalId);
    return found.ok ? reply(200, found.value) : found;
  });
}

const namedTwice = refuse('invalid_request', 'query.player: A player token names the player by itself.', [
  { field: 'query.player', reason: 'A player token names the player by itself', fix: 'Leave it out.' },
]);
