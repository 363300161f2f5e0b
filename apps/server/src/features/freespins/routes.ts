import {
  cancelFreeSpins,
  deleteFreeRoundProvider,
  getFreeRoundProvider,
  listFreeRoundProviders,
  listFreeSpins,
  putFreeRoundProvider,
  receiveProviderCallback,
} from '@promosmith/contract';
import { type Result, refuse } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Callbacks } from './callbacks.ts';
import { cancelSpins } from './cancelling.ts';
import type { By, Providers } from './providers/service.ts';
import type { FreeSpinsViews } from './views.ts';

const byOf = ({ caller, requestId }: RequestContext): By => ({
  brandId: caller.brandId,
  actor: caller.actor,
  requestId,
});

const answer = <T>(status: number, result: Result<T>) => (result.ok ? reply(status, result.value) : result);

export function mountProviders(http: HttpServer, providers: Providers): void {
  http.mount(putFreeRoundProvider, async ({ params, body }, context) => {
    const put = await providers.put(byOf(context), params.provider, body);
    return put.ok ? reply(put.value.created ? 201 : 200, put.value.provider) : put;
  });

  http.mount(listFreeRoundProviders, async ({ query }, { caller }) =>
    answer(200, await providers.list(caller.brandId, query)),
  );

  http.mount(getFreeRoundProvider, async ({ params }, { caller }) =>
    answer(200, await providers.find(caller.brandId, params.provider)),
  );

  http.mount(deleteFreeRoundProvider, async ({ params }, context) =>
    answer(204, await providers.remove(byOf(context), params.provider)),
  );
}

/** @param onCancelled told, after the commit, that there may be something to send or to pay. */
export function mountFreeSpins(
  http: HttpServer,
  db: Database,
  views: FreeSpinsViews,
  callbacks: Callbacks,
  onCancelled: () => void,
): void {
  http.mount(listFreeSpins, async ({ query }, { caller: { brandId, playerExternalId } }) => {
    if (playerExternalId !== undefined && query.player !== undefined) return NAMED_TWICE;
    return answer(200, await views.list(brandId, { ...query, player: playerExternalId ?? query.player }));
  });

  http.mount(cancelFreeSpins, async ({ params, body }, context) => {
    const cancelled = await cancelSpins(db, views, params.freeSpinsId, body.reason, context);
    if (cancelled.ok) onCancelled();
    return answer(200, cancelled);
  });

  http.mount(receiveProviderCallback, async ({ params, rawBody }, { headers, requestId }) =>
    answer(200, await callbacks.receive(params, { headers, rawBody, now: Date.now() }, requestId)),
  );
}

const NAMED_TWICE = refuse('invalid_request', 'query.player: A player token names the player by itself.', [
  { field: 'query.player', reason: 'A player token names the player by itself', fix: 'Leave it out.' },
]);
