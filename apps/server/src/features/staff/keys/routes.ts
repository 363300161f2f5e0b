import * as contract from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { RequestContext } from '../../../platform/http/context.ts';
import { type HttpServer, reply } from '../../../platform/http/server.ts';
import type { KeyMaker, Keys } from './service.ts';

const makerOf = ({ caller, requestId }: RequestContext): KeyMaker => ({
  actor: caller.actor,
  permissions: caller.permissions,
  requestId,
});
const answer = <T>(status: number, result: Result<T>) => (result.ok ? reply(status, result.value) : result);

export function mountKeyRoutes(http: HttpServer, keys: Keys): void {
  http.mount(contract.listKeys, async ({ query }, { caller }) =>
    answer(200, await keys.list(caller.brandId, query)),
  );
  http.mount(contract.getKey, async ({ params }, { caller }) =>
    answer(200, await keys.get(caller.brandId, params.keyId)),
  );
  http.mount(contract.createKey, async ({ body }, context) =>
    answer(201, await keys.create({ ...body, brandId: context.caller.brandId }, makerOf(context))),
  );
  http.mount(contract.updateKey, async ({ params, body }, context) =>
    answer(200, await keys.rename(context.caller.brandId, params.keyId, body.name, makerOf(context))),
  );
  http.mount(contract.rotateKey, async ({ params, body }, context) =>
    answer(
      201,
      await keys.rotate(context.caller.brandId, params.keyId, body.overlapSeconds, makerOf(context)),
    ),
  );
  http.mount(contract.revokeKey, async ({ params, body }, context) =>
    answer(200, await keys.revoke(context.caller.brandId, params.keyId, body.reason, makerOf(context))),
  );
}
