import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../ids.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { type Counting, createCounted, startWorker, type Worker } from './testing/counting.ts';
import { findJob, requestCancel } from './views.ts';

const brandId = newId();
const actor = { kind: 'staff' as const, id: 'anna' };

let database: TestDatabase;
const workers: Worker[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await createCounted(database.db);
});
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.stop())));
afterAll(() => database.drop());

function worker(): Worker {
  const started = startWorker(database.url);
  workers.push(started);
  return started;
}

async function start(by: Worker, input: Counting): Promise<string> {
  const jobId = await database.db.transaction((tx) =>
    by.counting.start(tx, { brandId, actor, input, total: input.to }),
  );
  by.wake();
  return jobId;
}

const jobOf = (jobId: string) => findJob(database.db, brandId, jobId);
const ended = (jobId: string, status: string) =>
  vi.waitFor(async () => expect(await jobOf(jobId)).toMatchObject({ status }), { timeout: 20_000 });
const counted = async (jobId: string) => {
  const { rows } = await database.db.query<{ n: number }>(
    'select n from counted where job_id = $1 order by n',
    [jobId],
  );
  return rows.map(({ n }) => n);
};
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
/** Instead of waiting until the lease of a dead or postponed job has run out. */
const expireLease = (jobId: string) =>
  database.db.query("update jobs set lease_until = now() - interval '1 ms' where job_id = $1", [jobId]);

test('a job runs to its end, with its progress and result on show', async () => {
  const jobId = await start(worker(), { to: 3 });
  await ended(jobId, 'succeeded');
  expect(await jobOf(jobId)).toMatchObject({
    kind: 'test.counting',
    done: 3,
    total: 3,
    result: { counted: 3 },
    error: null,
    createdBy: actor,
  });
  expect(await counted(jobId)).toEqual(numbers(3));
});

test('a job whose transaction is rolled back never was', async () => {
  const one = worker();
  let jobId = '';
  const attempt = database.db.transaction(async (tx) => {
    jobId = await one.counting.start(tx, { brandId, actor, input: { to: 1 } });
    throw new Error('rolled back on purpose');
  });
  await expect(attempt).rejects.toThrow('on purpose');
  expect(await jobOf(jobId)).toBeUndefined();
});

test('two processes share the work and do every step once', async () => {
  const [one, two] = [worker(), worker()];
  const jobIds = await Promise.all(numbers(12).map((n) => start(n % 2 ? one : two, { to: 10 })));
  for (const jobId of jobIds) {
    await ended(jobId, 'succeeded');
    expect(await counted(jobId)).toEqual(numbers(10));
  }
});

test('a cancelled job stops at a step and takes back what it made', async () => {
  const jobId = await start(worker(), { to: 100_000, pause: 5 });
  await vi.waitFor(async () => expect((await counted(jobId)).length).toBeGreaterThan(3), { timeout: 20_000 });
  expect(await requestCancel(database.db, brandId, jobId)).toMatchObject({ cancelRequested: true });
  await ended(jobId, 'cancelled');
  expect(await jobOf(jobId)).toMatchObject({ result: { why: 'cancelled' } });
  expect(await counted(jobId)).toEqual([]);
});

test('another brand can neither see nor cancel a job', async () => {
  const jobId = await start(worker(), { to: 1 });
  expect(await findJob(database.db, newId(), jobId)).toBeUndefined();
  expect(await requestCancel(database.db, newId(), jobId)).toBeUndefined();
  await ended(jobId, 'succeeded');
});

test('a job that cannot be done says why, and what it made is taken back', async () => {
  const jobId = await start(worker(), { to: 9, refusesAt: 4 });
  await ended(jobId, 'failed');
  expect(await jobOf(jobId)).toMatchObject({ error: 'It does not count past 4.', result: { why: 'failed' } });
  expect(await counted(jobId)).toEqual([]);
});

test('a job that breaks is tried again from its checkpoint, and given up in the end', async () => {
  const jobId = await start(worker(), { to: 9, breaksAt: 2 });
  const tries = async () => {
    await expireLease(jobId);
    const job = await jobOf(jobId);
    expect(job?.status).toBe('failed');
  };
  await vi.waitFor(tries, { timeout: 20_000, interval: 100 });
  expect(await jobOf(jobId)).toMatchObject({ error: expect.stringContaining('again and again') });
  expect(await counted(jobId)).toEqual([]);
});

test('a process that stops puts its job back, and the next one goes on', async () => {
  const first = worker();
  const jobId = await start(first, { to: 60, pause: 5 });
  await vi.waitFor(async () => expect((await counted(jobId)).length).toBeGreaterThan(3), { timeout: 20_000 });
  await workers.pop()?.stop();
  expect(await jobOf(jobId)).toMatchObject({ status: 'queued' });
  worker();
  await ended(jobId, 'succeeded');
  expect(await counted(jobId)).toEqual(numbers(60));
});

test('a job of a killed process is taken up by another, with nothing lost or done twice', async () => {
  const script = fileURLToPath(new URL('./testing/counting.ts', import.meta.url));
  const child = spawn(process.execPath, [script, database.url], { stdio: 'ignore' });
  const survivor = worker();
  await survivor.stop();
  workers.pop();
  const jobId = await start(survivor, { to: 60, pause: 10 });
  await vi.waitFor(async () => expect((await counted(jobId)).length).toBeGreaterThan(3), { timeout: 20_000 });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect((await counted(jobId)).length).toBeLessThan(60);
  await expireLease(jobId);
  worker();
  await ended(jobId, 'succeeded');
  expect(await counted(jobId)).toEqual(numbers(60));
});

test('a holder whose job was given to another writes nothing more', async () => {
  const jobId = await start(worker(), { to: 200, pause: 5 });
  await vi.waitFor(async () => expect((await counted(jobId)).length).toBeGreaterThan(3), { timeout: 20_000 });
  await expireLease(jobId);
  worker();
  await ended(jobId, 'succeeded');
  expect(await counted(jobId)).toEqual(numbers(200));
});
