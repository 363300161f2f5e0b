import type { Group } from '../bench.ts';
import { makeCampaign } from '../environment/campaigns.ts';
import { summary } from '../report.ts';
import { REPEATS, send } from './activate.ts';
import { checkBooks } from './books.ts';
import { pilot } from './hot.ts';

const PLAYERS = 50_000;
const LIMIT = 5_000;

/** A streamer drops a code: many more players than uses, and exactly as many bonuses as uses. */
export const drop: Group = {
  names: ['activation.drop', 'activation.drop_p99_ms'],
  async measure(bench) {
    const server = await bench.server();
    await pilot(bench);
    const seconds: number[] = [];
    const p99s: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const campaign = await makeCampaign(bench.db, bench.brand, { limit: LIMIT });
      const result = await send(bench, server.url, campaign, { players: PLAYERS, until: 'all players' });
      const { 201: accepted = 0, 422: refused = 0 } = result.statuses;
      if (accepted !== LIMIT || refused !== PLAYERS - LIMIT)
        throw new Error(`a limit of ${LIMIT} was answered ${JSON.stringify(result.statuses)}`);
      await checkBooks(bench, campaign, { accepted, refused });
      seconds.push(result.seconds);
      p99s.push(result.p99Ms);
    }
    return [
      { name: 'activation.drop', unit: 's', ...summary(seconds) },
      { name: 'activation.drop_p99_ms', unit: 'ms', ...summary(p99s) },
    ];
  },
};
