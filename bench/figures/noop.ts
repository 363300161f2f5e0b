import type { Group } from '../bench.ts';
import { summary } from '../report.ts';
import { hotRuns } from './hot.ts';

/** How near an activation comes to a request that does nothing: the median of neighbouring runs. */
export const noop: Group = {
  names: ['activation.vs_noop'],
  async measure(bench) {
    const { rates, nothings } = await hotRuns(bench);
    const ratio = summary(rates.map((rate, repeat) => rate / (nothings[repeat] ?? Number.NaN))).value;
    const baseline = summary(nothings).value;
    return [{ name: 'activation.vs_noop', unit: '1/s', ...summary(rates), baseline, ratio }];
  },
};
