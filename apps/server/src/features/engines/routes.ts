import {
  getBonusEngine,
  reportOnBonus,
  rotateBonusEngineSecret,
  setBonusEngine,
  testBonusEngine,
} from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { RequestContext } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { TakeReport } from './reports.ts';
import type { EngineService, Origin } from './service.ts';

const originOf = ({ caller, requestId }: RequestContext): Origin => ({
  brandId: caller.brandId,
  actor: caller.actor,
  requestId,
});

const answer = <T>(result: Result<T>) => (result.ok ? reply(200, result.value) : result);

export function mountEngines(http: HttpServer, engines: EngineService, takeReport: TakeReport): void {
  http.mount(getBonusEngine, async (_, { caller }) => reply(200, await engines.get(caller.brandId)));
  http.mount(setBonusEngine, async ({ body }, context) => answer(await engines.set(body, originOf(context))));
  http.mount(rotateBonusEngineSecret, async ({ body }, context) =>
    answer(await engines.rotateSecret(body.overlapSeconds, originOf(context))),
  );
  http.mount(testBonusEngine, async (_, { caller }) => answer(await engines.test(caller.brandId)));
  http.mount(reportOnBonus, async ({ params, headers, rawBody }) =>
    answer(await takeReport({ engineId: params.engineId, headers, body: rawBody })),
  );
}
