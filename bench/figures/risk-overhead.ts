import { INDICATOR_NAMES } from '@promosmith/core/risk';
import type { Bench, Group } from '../bench.ts';
import { makeCampaign } from '../environment/campaigns.ts';
import { type Figure, note, summary } from '../report.ts';
import { allAnswered, describe, REPEATS, send } from './activate.ts';
import { checkBooks } from './books.ts';
import { pilot } from './hot.ts';

/** Activations per second at a campaign of its own. */
async function rateWith(
  bench: Bench,
  what: string,
  campaignDiffers: Parameters<typeof makeCampaign>[2],
): Promise<number> {
  const server = await bench.server();
  const campaign = await makeCampaign(bench.db, bench.brand, campaignDiffers);
  const result = await send(bench, server.url, campaign);
  await checkBooks(bench, campaign, { accepted: allAnswered(201, result), refused: 0 });
  note(`activations ${what}: ${describe(result)}`);
  return result.perSecond;
}

/** What it costs a hot code to ask who is behind each attempt: all indicators, each player on a device and network of their own. */
export const riskOverhead: Group = {
  names: ['risk.overhead'],
  async measure(bench): Promise<Figure[]> {
    await pilot(bench);
    const runs = { without: [] as number[], with: [] as number[], ratios: [] as number[] };
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const without = await rateWith(bench, 'without indicators', {});
      const all = await rateWith(bench, 'with all indicators', { indicators: INDICATOR_NAMES });
      runs.without.push(without);
      runs.with.push(all);
      runs.ratios.push(all / without);
    }
    return [
      {
        name: 'risk.overhead',
        unit: '1/s',
        ...summary(runs.with),
        baseline: summary(runs.without).value,
        ratio: summary(runs.ratios).value,
      },
    ];
  },
};
