import { setTimeout as sleep } from 'node:timers/promises';
import { refuse } from '@promosmith/core';
import { pino } from 'pino';
import { loadConfig } from '../../config.ts';
import { type Database, openDatabase } from '../../db.ts';
import { createHttpServer } from '../../http/server.ts';
import { createMetrics } from '../../metrics.ts';
import { openSecrets } from '../../secrets.ts';
import { createSetAsides } from '../../set-aside.ts';
import { createTicker } from '../../ticker.ts';
import { createJobs, interrupted, type JobKind, type JobStarter } from '../index.ts';

/** Counts to `to`, one number a step, into the table `counted`; the row's primary key finds a step done twice. */
export interface Counting {
  to: number;
  /** Milliseconds a step takes. */
  pause?: number;
  /** Throws before this number. */
  breaksAt?: number;
  /** Says at this number that it cannot be done. */
  refusesAt?: number;
}

const counting: JobKind<Counting, { next: number }> = {
  async run(job) {
    const { to, pause = 0, breaksAt, refusesAt } = job.input;
    for (let next = job.checkpoint?.next ?? 0; next < to; next++) {
      if (next === refusesAt) return { outcome: 'failed', reason: `It does not count past ${next}.` };
      if (next === breaksAt) throw new Error('broken on purpose');
      await sleep(pause);
      const goOn = await job.step(async (tx) => {
        await tx.query('insert into counted (job_id, n) values ($1, $2)', [job.jobId, next]);
        return { done: next + 1, checkpoint: { next: next + 1 } };
      });
      if (!goOn) return interrupted;
    }
    return { outcome: 'finished', write: async () => ({ counted: to }) };
  },
  undo: async (job, why) => ({
    outcome: 'finished',
    async write(tx) {
      await tx.query('delete from counted where job_id = $1', [job.jobId]);
      return { why };
    },
  }),
};

export const createCounted = (db: Database) =>
  db.query('create table counted (job_id uuid, n integer, primary key (job_id, n))');

/** What a server process is to jobs: the runner, on its own ticker and connections. */
export interface Worker {
  counting: JobStarter<Counting>;
  wake(): void;
  /** As a server stops: steps under way finish. */
  stop(): Promise<void>;
}

export function startWorker(url: string): Worker {
  const log = pino({ level: 'silent' });
  const metrics = createMetrics();
  const db = openDatabase(url, { poolSize: 4, onIdleError: () => undefined });
  const ticker = createTicker(log, { looksForWork: true });
  const secretKey = Buffer.alloc(32, 1);
  const jobs = createJobs({
    config: loadConfig({ SECRET_KEY: secretKey.toString('base64') }),
    db,
    http: createHttpServer({
      log,
      metrics,
      trustProxy: false,
      authenticate: async () => refuse('unauthenticated', 'Nobody may.'),
    }),
    log,
    metrics,
    secrets: openSecrets(secretKey),
    setAside: createSetAsides({ log, metrics }),
    ticker,
  });
  return {
    counting: jobs.define('test.counting', counting),
    wake: jobs.wake,
    async stop() {
      await ticker.stop();
      await jobs.stop();
      await db.close();
    },
  };
}

if (import.meta.main) startWorker(process.argv[2] ?? '');
