import type { Group } from '../bench.ts';
import { makeCampaign } from '../environment/campaigns.ts';
import { compared, note, summary } from '../report.ts';
import { allAnswered, describe, REPEATS, send } from './activate.ts';
import { hotRuns } from './hot.ts';

/** Dry runs, against activations of the same code. */
export const validation: Group = {
  names: ['validation.rate'],
  async measure(bench) {
    const server = await bench.server();
    const { rates } = await hotRuns(bench);
    const measured: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const campaign = await makeCampaign(bench.db, bench.brand);
      const result = await send(bench, server.url, campaign, { path: '/v1/validations' });
      allAnswered(200, result);
      note(`validations: ${describe(result)}`);
      measured.push(result.perSecond);
    }
    const baseline = summary(rates).value;
    return [compared({ name: 'validation.rate', unit: '1/s', ...summary(measured), baseline })];
  },
};
