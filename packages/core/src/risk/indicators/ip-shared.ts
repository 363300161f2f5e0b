import type { Indicator } from '../indicator.ts';
import type { RiskKnown } from '../known.ts';
import { isOfEverybody } from './networks.ts';

/** Past this many others, an address is that of a network and not of a home, whether or not a file knows it. */
export const MOST_OF_A_PLACE = 50;

/** Found for no address of a mobile network or private relay. */
export const ipShared: Indicator<RiskKnown> = {
  name: 'ip_shared',
  version: 1,
  points: 15,
  reach: 'flag',
  isOfHome: true,
  describe: `Other accounts, at most ${MOST_OF_A_PLACE}, were seen at the same address.`,
  find: ({ address }) => {
    if (!address || address.others < 1 || address.others > MOST_OF_A_PLACE) return null;
    return isOfEverybody(address) ? null : { others: address.others };
  },
};
