import type { Group } from '../bench.ts';
import { makeCampaign } from '../environment/campaigns.ts';
import { summary } from '../report.ts';
import { allAnswered, REPEATS, send } from './activate.ts';
import { checkBooks } from './books.ts';
import { pilot } from './hot.ts';

/** One caller alone: what a single player waits. */
export const idle: Group = {
  names: ['activation.idle_p50_ms'],
  async measure(bench) {
    const server = await bench.server();
    await pilot(bench);
    const medians: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const campaign = await makeCampaign(bench.db, bench.brand);
      const result = await send(bench, server.url, campaign, { callers: 1 });
      await checkBooks(bench, campaign, { accepted: allAnswered(201, result), refused: 0 });
      medians.push(result.p50Ms);
    }
    return [{ name: 'activation.idle_p50_ms', unit: 'ms', ...summary(medians) }];
  },
};
