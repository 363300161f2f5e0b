import type { Indicator } from '../indicator.ts';
import type { HistoryKnown } from '../known.ts';

/** Couples share cards: it holds for a person to look at, and declines nobody. */
export const paymentShared: Indicator<HistoryKnown> = {
  name: 'payment_shared',
  version: 1,
  points: 70,
  reach: 'hold',
  describe: 'Another account has paid with the same card or account.',
  find: ({ paymentOthers }) => (paymentOthers > 0 ? { others: paymentOthers } : null),
};
