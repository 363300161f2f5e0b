import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { betsMaker } from './bets.ts';
import { call } from './caller.ts';
import type { LoadPlan, LoadResult } from './plan.ts';
import { requestMaker } from './requests.ts';

const MICROSECONDS_PER_MS = 1000;

/** The load generator: a process of its own, so that its work never delays what it measures. */
async function run(plan: LoadPlan): Promise<LoadResult> {
  const { hostname, port } = new URL(plan.url);
  const { bets } = plan;
  const request = bets ? undefined : requestMaker(plan);
  const statuses: Record<string, number> = {};
  const latencies = createHistogram();
  const timed = plan.until === 'all players' ? undefined : plan.until;
  let sent = 0;
  let measured = 0;
  let measuring = !timed;
  let stopped = false;
  let seconds = 0;

  const nextOf = (caller: number): (() => string | undefined) => {
    const make = bets ? betsMaker(plan, bets, caller) : undefined;
    return () => {
      if (stopped || (!timed && sent === plan.players.count)) return undefined;
      const nth = sent++;
      return make ? make() : request?.(nth);
    };
  };
  const answered = (status: number, latencyMs: number): void => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (!measuring) return;
    measured++;
    latencies.record(Math.max(1, Math.round(latencyMs * MICROSECONDS_PER_MS)));
  };

  let startedAt = performance.now();
  const stop = (): void => {
    measuring = false;
    stopped = true;
    seconds = (performance.now() - startedAt) / 1000;
  };
  const callers = Promise.all(
    Array.from({ length: plan.callers }, (_, caller) =>
      call({ host: hostname, port: Number(port), next: nextOf(caller), answered }),
    ),
  );
  if (timed) {
    await Promise.race([sleep(timed.warmUpMs), callers]);
    measuring = true;
    startedAt = performance.now();
    await Promise.race([sleep(timed.measureMs), callers]);
    stop();
    await callers;
  } else {
    await callers;
    stop();
  }
  const ms = (percentile: number): number => latencies.percentile(percentile) / MICROSECONDS_PER_MS;
  return {
    statuses,
    measured,
    seconds,
    perSecond: measured / seconds,
    p50Ms: ms(50),
    p99Ms: ms(99),
    maxMs: latencies.max / MICROSECONDS_PER_MS,
  };
}

process.once('message', (plan: LoadPlan) => {
  run(plan).then(
    (result) => process.send?.(result, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
