import type { Indicator } from '../indicator.ts';
import type { HistoryKnown } from '../known.ts';

const FEWEST_BONUSES = 5;

export const bonusOnlyPlayer: Indicator<HistoryKnown> = {
  name: 'bonus_only_player',
  version: 1,
  points: 20,
  reach: 'flag',
  describe: `The player had at least ${FEWEST_BONUSES} bonuses and never paid in without one.`,
  find: ({ bonuses, ownDeposits }) => (bonuses >= FEWEST_BONUSES && ownDeposits === 0 ? { bonuses } : null),
};
