import { cancelSimulation, getSimulation, listSimulations, startSimulation } from '@promosmith/contract';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { loadLive } from '../campaigns/index.ts';
import { noSuchCampaign, noSuchSimulation, type SimulationService } from './service.ts';
import { findSimulation, listSimulationsOf } from './views.ts';

export function mountSimulationRoutes(http: HttpServer, db: Database, service: SimulationService): void {
  http.mount(startSimulation, async ({ params, body }, { caller: { brandId, actor }, requestId }) => {
    const started = await service.start({ brandId, actor, requestId }, params.campaignId, body);
    return started.ok ? reply(202, started.value) : started;
  });

  http.mount(listSimulations, async ({ params: { campaignId }, query }, { caller: { brandId } }) => {
    const [campaign] = await loadLive(db, [campaignId]);
    if (campaign?.brandId !== brandId) return noSuchCampaign;
    const page = await listSimulationsOf(db, brandId, campaignId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getSimulation, async ({ params: { simulationId } }, { caller: { brandId } }) => {
    const simulation = await findSimulation(db, brandId, simulationId);
    return simulation ? reply(200, simulation) : noSuchSimulation;
  });

  http.mount(
    cancelSimulation,
    async ({ params: { simulationId } }, { caller: { brandId, actor }, requestId }) => {
      const cancelled = await service.cancel({ brandId, actor, requestId }, simulationId);
      return cancelled.ok ? reply(202, cancelled.value) : cancelled;
    },
  );
}
