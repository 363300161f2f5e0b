import type { Indicator } from '../indicator.ts';
import type { NetworkKind, RiskKnown } from '../known.ts';

/** Their country is where they come out, which says nothing; that they are used counts by itself. */
const FROM_ELSEWHERE: readonly NetworkKind[] = ['relay', 'vpn', 'tor'];

export const geoMismatch: Indicator<RiskKnown> = {
  name: 'geo_mismatch',
  version: 1,
  points: 15,
  reach: 'flag',
  describe: 'The address is of another country than the player.',
  find: ({ address, country }) => {
    if (!address || address.country === null || country === null || address.country === country) return null;
    if (address.kinds.some((kind) => FROM_ELSEWHERE.includes(kind))) return null;
    return { address: address.country, player: country };
  },
};
