import type { Indicator } from '../indicator.ts';
import type { HistoryKnown } from '../known.ts';

/** One may be a slip. */
const FEWEST = 3;

export const maxBetBreach: Indicator<HistoryKnown> = {
  name: 'max_bet_breach',
  version: 1,
  points: 25,
  reach: 'hold',
  describe: `At least ${FEWEST} bets in 30 days were above what a bonus allowed.`,
  find: ({ maxBetBreaches }) => (maxBetBreaches >= FEWEST ? { bets: maxBetBreaches } : null),
};
