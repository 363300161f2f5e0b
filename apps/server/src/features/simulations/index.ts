import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import { findPolicy } from '../risk/index.ts';
import { simulationJob } from './job.ts';
import { mountSimulationRoutes } from './routes.ts';
import { createSimulationService } from './service.ts';
import { findForRun, SIMULATION } from './store.ts';

/** Campaigns run over the past: who would have qualified, and what it would have cost. */
export function createSimulations(
  { config, db, http }: Platform,
  { brands, jobs }: { brands: Brands; jobs: Jobs },
): void {
  const starter = jobs.define(
    SIMULATION,
    simulationJob(async (brandId, simulationId) => {
      const asked = await findForRun(db, brandId, simulationId);
      if (!asked) return undefined;
      const { timeZone, settings } = await brands.get(brandId);
      const { connectionString: databaseUrl } = db.pool.options;
      if (databaseUrl === undefined) throw new Error('the database has no address');
      return {
        ...asked,
        ...{ databaseUrl, secretKey: config.secretKey, brandId, timeZone },
        jurisdiction: settings.jurisdiction,
        riskPolicy: await findPolicy(db, brandId),
      };
    }),
  );
  mountSimulationRoutes(http, db, createSimulationService(db, brands, jobs, starter));
}
