import type { Indicator } from '../indicator.ts';
import type { HistoryKnown } from '../known.ts';

/**
 * An account of somebody who excluded themselves under another. By mailbox or telephone only: a device or a card is
 * shared by people who are not excluded, and whoever shares one of those is for a person to look at.
 */
export const selfExcludedMatch: Indicator<HistoryKnown> = {
  name: 'self_excluded_match',
  version: 1,
  points: 100,
  reach: 'decline',
  blocks: true,
  describe: 'An account with the same mailbox or telephone number is self-excluded.',
  find: ({ excluded }) => {
    const matches = excluded.filter(({ accounts }) => accounts > 0);
    return matches.length > 0 ? { matches } : null;
  },
};
