import { runBaseline } from '../baseline/index.ts';
import type { Group } from '../bench.ts';
import { makeCampaign } from '../environment/campaigns.ts';
import { compared, note, summary } from '../report.ts';
import { allAnswered, describe, REPEATS, send } from './activate.ts';
import { checkBooks } from './books.ts';
import { pilot } from './hot.ts';

const CODES = 10_000;

/** Unique codes, each used once, against the stored procedure on as many counters. */
export const spread: Group = {
  names: ['activation.spread'],
  async measure(bench) {
    const server = await bench.server();
    const detail = await pilot(bench);
    const rates: number[] = [];
    const baselines: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      await bench.settle();
      const run = { counters: CODES, lock: false, until: 'all counters' } as const;
      baselines.push(await runBaseline(bench.db, bench.databaseUrl, bench.brand, detail, run));
      const campaign = await makeCampaign(bench.db, bench.brand, { uniqueCodes: CODES });
      const result = await send(bench, server.url, campaign, { players: CODES, until: 'all players' });
      await checkBooks(bench, campaign, { accepted: allAnswered(201, result), refused: 0 });
      note(`stored procedure: ${Math.round(baselines.at(-1) ?? 0)}/s; activations: ${describe(result)}`);
      rates.push(result.perSecond);
    }
    const baseline = summary(baselines).value;
    return [compared({ name: 'activation.spread', unit: '1/s', ...summary(rates), baseline })];
  },
};
