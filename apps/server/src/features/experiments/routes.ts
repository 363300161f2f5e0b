import {
  assignPlayers,
  createExperiment,
  endExperiment,
  getExperiment,
  getExperimentResults,
  getJourneyUplift,
  listExperiments,
} from '@promosmith/contract';
import { type Result, refuse } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { ReadReport } from '../cohorts/index.ts';
import { assign } from './assigning.ts';
import { type ExperimentBody, resultsOf } from './results/experiment.ts';
import { type JourneyBody, journeyUpliftOf } from './results/journey.ts';
import { EXPERIMENT_NOT_FOUND, type ExperimentService } from './service.ts';
import { listOf } from './views.ts';

const answer = <T>(status: number, result: Result<T>) => (result.ok ? reply(status, result.value) : result);

const JOURNEY_NOT_FOUND = refuse('not_found', 'There is no such journey.');

export function mountExperiments(
  http: HttpServer,
  db: Database,
  experiments: ExperimentService,
  reports: { results: ReadReport<ExperimentBody>; journeys: ReadReport<JourneyBody> },
): void {
  http.mount(createExperiment, async ({ body }, context) =>
    answer(201, await experiments.create(context, body)),
  );

  http.mount(listExperiments, async ({ query }, { caller }) =>
    answer(200, await listOf(db, caller.brandId, query)),
  );

  http.mount(getExperiment, async ({ params }, { caller }) => {
    const experiment = await experiments.find(caller.brandId, params.experimentId);
    return experiment ? reply(200, experiment) : EXPERIMENT_NOT_FOUND;
  });

  http.mount(endExperiment, async ({ params }, context) =>
    answer(200, await experiments.end(context, params.experimentId)),
  );

  http.mount(assignPlayers, async ({ params, body }, { caller }) => {
    const items = await assign(db, caller.brandId, params.experimentId, body.players);
    return items ? reply(200, { items }) : EXPERIMENT_NOT_FOUND;
  });

  http.mount(getExperimentResults, async ({ params: { experimentId } }, { caller: { brandId } }) => {
    const experiment = await experiments.find(brandId, experimentId);
    const kept = experiment && (await reports.results(brandId, experimentId));
    if (!kept) return EXPERIMENT_NOT_FOUND;
    return reply(200, { ...resultsOf(experiment, kept.body), countedAt: kept.countedAt.toISOString() });
  });

  http.mount(getJourneyUplift, async ({ params: { journeyId }, query }, { caller: { brandId } }) => {
    const kept = await reports.journeys(brandId, journeyId);
    if (!kept) return JOURNEY_NOT_FOUND;
    const uplift = journeyUpliftOf(journeyId, kept.body, query.windowDays);
    return reply(200, { ...uplift, countedAt: kept.countedAt.toISOString() });
  });
}
