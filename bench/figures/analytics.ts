import { type App, createApp } from '../../apps/server/src/app.ts';
import { seal } from '../../apps/server/src/platform/chain.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import type { Bench, Group } from '../bench.ts';
import { fillLog, fillReports } from '../environment/analytics.ts';
import { note, summary } from '../report.ts';
import { REPEATS } from './activate.ts';

const ACTIVATIONS = 40_000;
const EVENTS = 10_000_000;
const ROUNDS = 25;
const P95 = 0.95;

/** What happened in numbers: how fast it is counted, and how long screens wait for it when very much was. */
export const analytics: Group = {
  names: ['analytics.rollup', 'analytics.dashboard_p95_ms'],
  async measure(bench) {
    const config = {
      ...loadConfig(bench.brand.environment),
      logLevel: 'fatal',
      backgroundWork: false,
    } as const;
    const app = await createApp(config, bench.db);
    try {
      const rates = await countingRates(bench, app);
      const waits = await dashboardWaits(bench, app);
      return [
        { name: 'analytics.rollup', unit: '1/s', ...summary(rates) },
        { name: 'analytics.dashboard_p95_ms', unit: 'ms', ...summary(waits) },
      ];
    } finally {
      await app.close();
    }
  },
};

/** Counts what has been told and not been counted: codes, bonuses and bets. @returns events per second. */
async function countingRates(bench: Bench, { analytics: counting }: App): Promise<number[]> {
  const { db, brand } = bench;
  const rates: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const events = await fillLog(db, brand, { activations: ACTIVATIONS, from: ACTIVATIONS * repeat });
    while (await seal(db, 'outbox')) {}
    await bench.settle();
    const started = performance.now();
    while (await counting.count()) {}
    rates.push((events * 1_000) / (performance.now() - started));
    await expectCounted(bench, ACTIVATIONS * (repeat + 1));
    note(`counted: ${Math.round(rates.at(-1) ?? 0)} events/s`);
  }
  return rates;
}

async function expectCounted({ db }: Bench, activations: number): Promise<void> {
  const { rows } = await db.query<{ accepted: number; bets: number }>(
    `select (select sum(count) from rollup_brand_days where measure = 'accepted')::int as accepted,
       (select sum(count) from rollup_brand_days where measure = 'staked')::int as bets`,
  );
  const [found] = rows;
  if (found?.accepted !== activations || found.bets !== activations)
    throw new Error(`counted ${found?.accepted} codes and ${found?.bets} bets of ${activations}`);
}

/** Asks for every report in turns. @returns the 95th percentile of each repeat, milliseconds. */
async function dashboardWaits(bench: Bench, app: App): Promise<number[]> {
  const campaignId = await fillReports(bench.db, bench.brand, EVENTS);
  const url = await app.listen();
  const campaign = `/v1/campaigns/${campaignId}/performance`;
  const paths = [
    ...['/v1/overview', '/v1/overview?in=USD', '/v1/performance/campaigns?sort=ggr', campaign],
    ...[
      `${campaign}?in=USD&compare=previous`,
      `${campaign}/breakdown?by=source`,
      `${campaign}/breakdown?by=country`,
    ],
    ...[`${campaign}/rows?measure=accepted`, `${campaign}/rows?measure=cost&by=source&value=source-3`],
    ...[`/v1/campaign-numbers?campaignIds=${campaignId}`, '/v1/figures'],
  ];
  await bench.settle();
  const waits: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const took: { path: string; ms: number }[] = [];
    for (let round = 0; round < ROUNDS; round++)
      for (const path of paths) took.push({ path, ms: await timed(`${url}${path}`, bench.brand.key) });
    const sorted = took.toSorted((a, b) => a.ms - b.ms);
    waits.push(sorted[Math.floor(sorted.length * P95)]?.ms ?? Number.NaN);
    const slowest = sorted.at(-1);
    note(
      `reports: p95 ${waits.at(-1)?.toFixed(1)} ms, slowest ${slowest?.ms.toFixed(1)} ms (${slowest?.path})`,
    );
  }
  return waits;
}

async function timed(url: string, key: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - started;
}
