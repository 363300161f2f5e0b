import {
  type CampaignSimulation,
  type CampaignSimulationSummary,
  Id,
  type SimulationResult,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { WHOLE } from './job.ts';

type Row = Omit<CampaignSimulationSummary, 'doneShareBps' | 'createdAt' | 'finishedAt'> & {
  done: number;
  createdAt: Date;
  finishedAt: Date | null;
};

const COLUMNS = `s.simulation_id as id, s.campaign_id as "campaignId", s.version, s.from_day::text as "from",
  s.to_day::text as "to", s.assume, s.job_id as "jobId", j.status, j.done, j.error, s.created_by as "createdBy",
  s.created_at as "createdAt", j.finished_at as "finishedAt"`;

const shown = ({ done, createdAt, finishedAt, ...row }: Row): CampaignSimulationSummary => ({
  ...row,
  doneShareBps: Math.min(done, WHOLE),
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
});

export async function findSimulation(
  db: Queryable,
  brandId: string,
  simulationId: string,
): Promise<CampaignSimulation | undefined> {
  const { rows } = await db.query<Row & { result: SimulationResult | null }>(
    `select ${COLUMNS}, s.result from simulations s join jobs j on j.job_id = s.job_id
     where s.simulation_id = $1 and s.brand_id = $2`,
    [simulationId, brandId],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { result, ...rest } = row;
  return { ...shown(rest), result };
}

export async function listSimulationsOf(
  db: Queryable,
  brandId: string,
  campaignId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Result<{ items: CampaignSimulationSummary[]; nextCursor: string | null }>> {
  const after = decodeCursor(cursor, z.tuple([Id]));
  if (!after.ok) return after;
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from simulations s join jobs j on j.job_id = s.job_id
     where s.campaign_id = $1 and s.brand_id = $2 and ($3::uuid is null or s.simulation_id < $3)
     order by s.simulation_id desc limit $4`,
    [campaignId, brandId, after.value?.[0] ?? null, limit + 1],
  );
  return ok(toPage(rows, limit, ({ id }) => [id], shown));
}
