import type { Actor, CampaignSimulation, SimulationInput } from '@promosmith/contract';
import { ok, type Refusal, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { JobStarter, Jobs } from '../../platform/jobs/index.ts';
import { requestCancel } from '../../platform/jobs/views.ts';
import type { Brands } from '../brands/index.ts';
import { loadLive } from '../campaigns/index.ts';
import { type SimulationInput as JobInput, WHOLE } from './job.ts';
import { countUnderWay, findVersion, insertSimulation, todayIn } from './store.ts';
import { findSimulation } from './views.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 92;
/** Of a brand: each takes a thread and reads every player. */
const AT_ONCE = 3;

export interface By {
  brandId: string;
  actor: Actor;
  requestId: string;
}

export interface SimulationService {
  start(by: By, campaignId: string, input: SimulationInput): Promise<Result<CampaignSimulation>>;
  /** Asks one that is under way to stop. */
  cancel(by: By, simulationId: string): Promise<Result<CampaignSimulation>>;
}

export const noSuchSimulation = refuse('not_found', 'There is no such simulation.');
const tooMany = refuse(
  'conflict',
  `${AT_ONCE} simulations of the brand are under way, which is as many as there may be: wait, or stop one.`,
);
export const noSuchCampaign = refuse('not_found', 'There is no such campaign, or it has no such version.');

export function createSimulationService(
  db: Database,
  brands: Brands,
  jobs: Jobs,
  starter: JobStarter<JobInput>,
): SimulationService {
  const shown = async (brandId: string, simulationId: string): Promise<Result<CampaignSimulation>> => {
    const simulation = await findSimulation(db, brandId, simulationId);
    return simulation ? ok(simulation) : noSuchSimulation;
  };

  return {
    async start({ brandId, actor }, campaignId, { from, to, version: asked, assume }) {
      const { timeZone } = await brands.get(brandId);
      const wrong = wrongPeriod(from, to, await todayIn(db, timeZone));
      if (wrong) return wrong;
      const version = await findVersion(db, brandId, campaignId, asked);
      if (version === undefined) return noSuchCampaign;
      if (assume.kind === 'as_campaign') {
        const [other] = await loadLive(db, [assume.campaignId]);
        if (other?.brandId !== brandId)
          return invalid('assume.campaignId', 'There is no such campaign.', 'Name a campaign of the brand.');
      }
      const simulationId = newId();
      const started = await db.transaction(async (tx) => {
        await brands.lock(tx, brandId);
        if ((await countUnderWay(tx, brandId)) >= AT_ONCE) return tooMany;
        const jobId = await starter.start(tx, { brandId, actor, input: { simulationId }, total: WHOLE });
        await insertSimulation(tx, {
          ...{ simulationId, brandId, campaignId, version, from, to, assume, jobId, createdBy: actor },
        });
        return ok(undefined);
      });
      if (!started.ok) return started;
      jobs.wake();
      return shown(brandId, simulationId);
    },

    async cancel({ brandId, actor, requestId }, simulationId) {
      const found = await findSimulation(db, brandId, simulationId);
      if (!found) return noSuchSimulation;
      const cancelled = await db.transaction(async (tx) => {
        const job = await requestCancel(tx, brandId, found.jobId);
        if (!job) return refuse('conflict', 'The simulation is over already.');
        await audit(tx, {
          ...{ brandId, actor, requestId, action: 'job.cancelled' },
          ...{ targetKind: 'job', targetId: job.id, after: { kind: job.kind, done: job.done } },
        });
        return ok(job);
      });
      if (!cancelled.ok) return cancelled;
      jobs.wake();
      return shown(brandId, simulationId);
    },
  };
}

type Refused = { ok: false; refusal: Refusal };

function wrongPeriod(from: string, to: string, today: string): Refused | undefined {
  if (from > to) return invalid('to', 'It is before the first day.', 'Choose a day from `from` on.');
  if (to >= today) return invalid('to', 'The day is not over.', 'Choose a day before today.');
  if (Date.parse(to) - Date.parse(from) >= MOST_DAYS * DAY_MS)
    return invalid('from', `There are more than ${MOST_DAYS} days.`, 'Choose a shorter period.');
  return undefined;
}

const invalid = (field: string, reason: string, fix: string): Refused =>
  refuse('invalid_request', `${field}: ${reason}`, [{ field, reason, fix }]);
