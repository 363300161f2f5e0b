import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { Cohorts } from '../cohorts/index.ts';
import { assignByCodes } from './assigning.ts';
import { ARMS, countExperiment } from './results/experiment.ts';
import { countJourney } from './results/journey.ts';
import { experimentsFrom, type ReadExperiments } from './results/read.ts';
import { mountExperiments } from './routes.ts';
import { createExperimentService } from './service.ts';

export type { ReadExperiments, ToldExperiment } from './results/read.ts';

export interface Experiments {
  /** Experiments with what came of them, as it was counted last. */
  readonly told: ReadExperiments;
}

/** Experiments: who is dealt to which arm, and what that earned; and what journeys earned, against their control groups. */
export function createExperiments(
  { db, http }: Platform,
  { brands, cohorts }: { brands: Brands; cohorts: Cohorts },
): Experiments {
  cohorts.ofExperiments(ARMS);
  cohorts.onHandedOut(assignByCodes);
  const results = cohorts.keep('results of an experiment', countExperiment);
  const journeys = cohorts.keep('uplift of a journey', countJourney);
  mountExperiments(http, db, createExperimentService(db, brands), { results, journeys });
  return { told: experimentsFrom(db, results) };
}
