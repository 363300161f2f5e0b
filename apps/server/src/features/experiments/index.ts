import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { Cohorts } from '../cohorts/index.ts';
import { assignByCodes } from './assigning.ts';
import { ARMS, countExperiment } from './results/experiment.ts';
import { countJourney } from './results/journey.ts';
import { mountExperiments } from './routes.ts';
import { createExperimentService } from './service.ts';

/** Experiments: who is dealt to which arm, and what that earned; and what journeys earned, against their control groups. */
export function createExperiments(
  { db, http }: Platform,
  { brands, cohorts }: { brands: Brands; cohorts: Cohorts },
): void {
  cohorts.ofExperiments(ARMS);
  cohorts.onHandedOut(assignByCodes);
  mountExperiments(http, db, createExperimentService(db, brands), {
    results: cohorts.keep('results of an experiment', countExperiment),
    journeys: cohorts.keep('uplift of a journey', countJourney),
  });
}
