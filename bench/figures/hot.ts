import { runBaseline } from '../baseline/index.ts';
import type { Bench, Group } from '../bench.ts';
import { makeCampaign } from '../environment/campaigns.ts';
import { compared, note, summary } from '../report.ts';
import { allAnswered, describe, REPEATS, send, TIMED } from './activate.ts';
import { checkBooks, storedDetail } from './books.ts';

export interface HotRuns {
  /** Activations per second, one for each repeat. */
  rates: number[];
  p99s: number[];
  plain: number[];
  locked: number[];
  /** Requests per second that do nothing, each run right after its activations. */
  nothings: number[];
}

const PILOT = { warmUpMs: 0, measureMs: 3_000 };

/** Runs once unmeasured, so that code is compiled and caches are filled. @returns what a row of it stores. */
export const pilot = (bench: Bench): Promise<{ entry: string; seen: string }> =>
  bench.once('pilot', async () => {
    const server = await bench.server();
    const campaign = await makeCampaign(bench.db, bench.brand);
    allAnswered(201, await send(bench, server.url, campaign, { until: PILOT }));
    return storedDetail(bench, campaign);
  });

/** One hot shared code, the stored procedure, and requests that do nothing, by turns: the machine is never quite the same. */
export const hotRuns = (bench: Bench): Promise<HotRuns> =>
  bench.once('hot', async () => {
    const server = await bench.server();
    const detail = await pilot(bench);
    const runs: HotRuns = { rates: [], p99s: [], plain: [], locked: [], nothings: [] };
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      for (const lock of [false, true]) {
        await bench.settle();
        const run = { counters: 1, lock, until: TIMED };
        const rate = await runBaseline(bench.db, bench.databaseUrl, bench.brand, detail, run);
        note(`stored procedure${lock ? ' behind an advisory lock' : ''}: ${Math.round(rate)}/s`);
        runs[lock ? 'locked' : 'plain'].push(rate);
      }
      const campaign = await makeCampaign(bench.db, bench.brand);
      const result = await send(bench, server.url, campaign);
      await checkBooks(bench, campaign, { accepted: allAnswered(201, result), refused: 0 });
      note(`activations: ${describe(result)}`);
      runs.rates.push(result.perSecond);
      runs.p99s.push(result.p99Ms);
      const nothing = await bench.withNoopServer(({ url }) =>
        send(bench, url, campaign, { path: '/bench/nothing' }),
      );
      allAnswered(200, nothing);
      note(`no-op: ${describe(nothing)}`);
      runs.nothings.push(nothing.perSecond);
    }
    return runs;
  });

export const hot: Group = {
  names: ['activation.hot', 'activation.hot_p99_ms'],
  async measure(bench) {
    const { rates, p99s, plain, locked } = await hotRuns(bench);
    const baseline = Math.max(summary(plain).value, summary(locked).value);
    return [
      compared({ name: 'activation.hot', unit: '1/s', ...summary(rates), baseline }),
      { name: 'activation.hot_p99_ms', unit: 'ms', ...summary(p99s) },
    ];
  },
};
