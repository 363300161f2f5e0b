import type { Experiment, ExperimentResults } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import type { ReadReport } from '../../cohorts/index.ts';
import { findRunIn } from '../store.ts';
import { type ExperimentBody, resultsOf } from './experiment.ts';

/** An experiment with what came of it, as it was counted last. */
export interface ToldExperiment {
  readonly experiment: Experiment;
  readonly results: Omit<ExperimentResults, 'countedAt'>;
  readonly countedAt: Date;
}

/** Reads experiments that ran at some time from one instant to another, the newest first. */
export type ReadExperiments = (brandId: string, from: Date, until: Date) => Promise<ToldExperiment[]>;

export const experimentsFrom =
  (db: Queryable, read: ReadReport<ExperimentBody>): ReadExperiments =>
  async (brandId, from, until) => {
    const told: ToldExperiment[] = [];
    for (const experiment of await findRunIn(db, brandId, from, until)) {
      const kept = await read(brandId, experiment.id);
      if (kept)
        told.push({ experiment, results: resultsOf(experiment, kept.body), countedAt: kept.countedAt });
    }
    return told;
  };
