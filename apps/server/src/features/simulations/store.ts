import type { Actor, SimulationAssumption, SimulationResult } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';

/** The kind of the jobs. */
export const SIMULATION = 'simulations.run';

/** A simulation as it was asked for. */
export interface NewSimulation {
  simulationId: string;
  brandId: string;
  campaignId: string;
  version: number;
  from: string;
  to: string;
  assume: SimulationAssumption;
  jobId: string;
  createdBy: Actor;
}

export async function insertSimulation(tx: Queryable, simulation: NewSimulation): Promise<void> {
  await tx.query(
    `insert into simulations (simulation_id, brand_id, campaign_id, version, from_day, to_day, assume, job_id, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      simulation.simulationId,
      simulation.brandId,
      simulation.campaignId,
      simulation.version,
      simulation.from,
      simulation.to,
      JSON.stringify(simulation.assume),
      simulation.jobId,
      JSON.stringify(simulation.createdBy),
    ],
  );
}

export async function saveResult(
  tx: Queryable,
  simulationId: string,
  result: SimulationResult,
): Promise<void> {
  await tx.query('update simulations set result = $2 where simulation_id = $1', [
    simulationId,
    JSON.stringify(result),
  ]);
}

/** Whether a campaign of the brand has a version; the one in force when none is named. @returns it. */
export async function findVersion(
  db: Queryable,
  brandId: string,
  campaignId: string,
  version: number | undefined,
): Promise<number | undefined> {
  const { rows } = await db.query<{ version: number }>(
    `select v.version from campaigns c join campaign_versions v using (campaign_id)
     where c.campaign_id = $1 and c.brand_id = $2 and v.version = coalesce($3, c.version)`,
    [campaignId, brandId, version ?? null],
  );
  return rows[0]?.version;
}

/** How many of a brand wait or run. */
export async function countUnderWay(db: Queryable, brandId: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from jobs
     where status in ('queued', 'running') and brand_id = $1 and kind = '${SIMULATION}'`,
    [brandId],
  );
  return rows[0]?.n ?? 0;
}

/** Today by a clock. */
export async function todayIn(db: Queryable, timeZone: string): Promise<string> {
  const { rows } = await db.query<{ today: string }>('select (now() at time zone $1)::date::text as today', [
    timeZone,
  ]);
  return rows[0]?.today ?? '';
}

/** What a run has to know; undefined when the brand has no such simulation. */
export async function findForRun(
  db: Queryable,
  brandId: string,
  simulationId: string,
): Promise<Pick<NewSimulation, 'campaignId' | 'version' | 'from' | 'to' | 'assume'> | undefined> {
  const { rows } = await db.query<Pick<NewSimulation, 'campaignId' | 'version' | 'from' | 'to' | 'assume'>>(
    `select campaign_id as "campaignId", version, from_day::text as "from", to_day::text as "to", assume
     from simulations where simulation_id = $1 and brand_id = $2`,
    [simulationId, brandId],
  );
  return rows[0];
}
