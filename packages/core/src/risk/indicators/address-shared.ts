import type { Indicator } from '../indicator.ts';
import type { HistoryKnown } from '../known.ts';

export const addressShared: Indicator<HistoryKnown> = {
  name: 'address_shared',
  version: 1,
  points: 20,
  reach: 'flag',
  isOfHome: true,
  describe: 'Another account is of the same household or postal address.',
  find: ({ addressOthers }) => (addressOthers > 0 ? { others: addressOthers } : null),
};
