import type { Group } from '../bench.ts';
import { makeCampaign } from '../environment/campaigns.ts';
import { compared, note, summary } from '../report.ts';
import { allAnswered, describe, REPEATS, send } from './activate.ts';
import { hotRuns } from './hot.ts';

/** How near an activation comes to a request that does nothing. */
export const noop: Group = {
  names: ['activation.vs_noop'],
  async measure(bench) {
    const { rates } = await hotRuns(bench);
    const campaign = await makeCampaign(bench.db, bench.brand);
    const nothings = await bench.withNoopServer(async ({ url }) => {
      const measured: number[] = [];
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        const result = await send(bench, url, campaign, { path: '/bench/nothing' });
        allAnswered(200, result);
        note(`no-op: ${describe(result)}`);
        measured.push(result.perSecond);
      }
      return measured;
    });
    const baseline = summary(nothings).value;
    return [compared({ name: 'activation.vs_noop', unit: '1/s', ...summary(rates), baseline })];
  },
};
