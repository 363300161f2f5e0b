import * as contract from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { JobStarter, Jobs } from '../../platform/jobs/index.ts';
import type { KeptRanges } from './addresses/index.ts';
import { readGraph } from './graph.ts';
import { unlink } from './linking/unlink.ts';
import type { Policies } from './policies/service.ts';
import type { TrialInput } from './policies/trial.ts';
import { listClusters, readProfile } from './views.ts';

const answer = <T>(result: Result<T>) => (result.ok ? reply(200, result.value) : result);

export function mountRiskRoutes(
  http: HttpServer,
  db: Database,
  use: {
    readonly policies: Policies;
    readonly trials: JobStarter<TrialInput>;
    readonly jobs: Pick<Jobs, 'wake'>;
    readonly ranges: KeptRanges;
  },
): void {
  const { policies, trials, jobs, ranges } = use;
  http.mount(contract.getRiskPolicy, async (_, { caller }) =>
    reply(200, await policies.read(caller.brandId)),
  );
  http.mount(contract.setRiskPolicy, async ({ body }, context) => answer(await policies.set(body, context)));
  http.mount(contract.listRiskPolicies, async ({ query }, { caller }) =>
    answer(await policies.list(caller.brandId, query)),
  );
  http.mount(contract.tryRiskPolicy, async ({ body }, { caller: { brandId, actor } }) => {
    const jobId = await db.transaction((tx) => trials.start(tx, { brandId, actor, input: body }));
    jobs.wake();
    return reply(202, { jobId });
  });
  http.mount(contract.getPlayerRiskProfile, async ({ params }, { caller }) =>
    answer(await readProfile(db, caller.brandId, params.externalId, await policies.of(caller.brandId))),
  );
  http.mount(contract.unlinkPlayer, async ({ params, body }, context) => {
    const unlinked = await unlink(db, { ...params, ...body }, context);
    return unlinked.ok ? reply(204, undefined) : unlinked;
  });
  http.mount(contract.listRiskClusters, async ({ query }, { caller }) =>
    answer(await listClusters(db, caller.brandId, query, await policies.of(caller.brandId))),
  );
  http.mount(contract.getRiskLinks, async ({ query }, { caller }) =>
    answer(await readGraph(db, caller.brandId, query)),
  );
  http.mount(contract.getAddressRanges, async ({ query: { ip } }) => {
    const looked = ip === undefined ? null : ranges.look(ip);
    return reply(200, { ...ranges.status(), looked: looked && { ...looked, kinds: [...looked.kinds] } });
  });
}
