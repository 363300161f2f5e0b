import { newId } from '../../apps/server/src/platform/ids.ts';
import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** What is made of the past: a report, and a campaign that is run over it. */
export interface ReportThings {
  reportId: string;
  simulationId: string;
}

/** A report that was changed once, and a simulation that runs. */
export async function buildReports(app: TestApp, key: string, campaignId: string): Promise<ReportThings> {
  const everyTry = {
    ...{ name: 'Every try', kind: 'activations', shared: true },
    filters: { period: { kind: 'last_days', days: 7 } },
  };
  const report = await done(app.request('POST', '/v1/reports', { key, body: everyTry }));
  await done(
    app.request('PUT', `/v1/reports/${report.id}`, {
      key,
      body: { ...everyTry, name: 'All that was tried' },
    }),
  );
  return { reportId: report.id, simulationId: await startedSimulation(app, campaignId) };
}

/** One that another process, which is not there, has in hand: nothing changes by itself meanwhile. */
async function startedSimulation({ db }: TestApp, campaignId: string): Promise<string> {
  const [simulationId, jobId] = [newId(), newId()];
  await db.query(
    `with c as (select brand_id from campaigns where campaign_id = $1),
     job as (
       insert into jobs (job_id, brand_id, kind, status, input, total, created_by, lease_until)
       select $2, brand_id, 'simulations.run', 'running', '{}', 10000, '{"kind":"system","id":"test"}', now() + interval '1 day'
       from c)
     insert into simulations (simulation_id, brand_id, campaign_id, version, from_day, to_day, assume, job_id, created_by)
     select $3, brand_id, $1, 1, '2026-03-01', '2026-03-02', '{"kind":"everyone"}', $2, '{"kind":"system","id":"test"}' from c`,
    [campaignId, jobId, simulationId],
  );
  return simulationId;
}
