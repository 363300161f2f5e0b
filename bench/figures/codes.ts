import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Group } from '../bench.ts';
import { type BenchCampaign, makeCampaign } from '../environment/campaigns.ts';
import { type ServerProcess, startServer } from '../environment/processes.ts';
import { note } from '../report.ts';

const CODES = 1_000_000;
/** Makes the server load all it needs, so that only the codes are measured. */
const WARM_UP = 1_000;
const LOOK_EVERY_MS = 100;
const BYTES_PER_MB = 1_000_000;

const main = join(import.meta.dirname, '../../apps/server/src/main.ts');

interface Made {
  batchId: string;
  seconds: number;
  /** Most memory the server held meanwhile, in bytes. */
  peak: number;
}

/**
 * A million unique codes made and stored as an operator asks for them: over HTTP, as a job, until it has succeeded. On a
 * server of its own, so that memory it held before hides no growth; measured first, so that no other server takes the job.
 */
export const codes: Group = {
  names: ['codes.generate_1m_s', 'codes.generate_1m_mb'],
  async measure(bench) {
    const campaign = await makeCampaign(bench.db, bench.brand);
    const server = await startServer([main, 'start'], bench.brand.environment);
    try {
      await make(bench, server, campaign, WARM_UP);
      await bench.settle();
      const before = server.memory();
      const { batchId, seconds, peak } = await make(bench, server, campaign, CODES);
      await checkStored(bench, batchId);
      note(
        `${CODES} codes in ${seconds.toFixed(1)} s, ${Math.round((peak - before) / BYTES_PER_MB)} MB more`,
      );
      return [
        { name: 'codes.generate_1m_s', unit: 's', value: seconds },
        { name: 'codes.generate_1m_mb', unit: 'MB', value: (peak - before) / BYTES_PER_MB },
      ];
    } finally {
      await server.stop();
    }
  },
};

async function make(
  { brand }: Bench,
  server: ServerProcess,
  { campaignId }: BenchCampaign,
  count: number,
): Promise<Made> {
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${brand.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
    return (await response.json()) as Record<string, unknown>;
  };

  const started = performance.now();
  const { id, jobId } = await call('POST', `/v1/campaigns/${campaignId}/code-batches`, {
    kind: 'unique',
    count,
  });
  for (let peak = server.memory(); ; await sleep(LOOK_EVERY_MS)) {
    peak = Math.max(peak, server.memory());
    const { status, error } = await call('GET', `/v1/jobs/${jobId}`);
    if (status === 'succeeded')
      return { batchId: String(id), seconds: (performance.now() - started) / 1000, peak };
    if (status !== 'queued' && status !== 'running') throw new Error(`the job ${status}: ${error}`);
  }
}

async function checkStored({ db }: Bench, batchId: string): Promise<void> {
  const { rows } = await db.query<{ count: number }>('select count(*) from codes where batch_id = $1', [
    batchId,
  ]);
  if (rows[0]?.count !== CODES) throw new Error(`${rows[0]?.count} codes are stored, not ${CODES}`);
}
