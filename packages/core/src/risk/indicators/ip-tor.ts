import type { Indicator } from '../indicator.ts';
import type { RiskKnown } from '../known.ts';
import { isThrough } from './networks.ts';

export const ipTor: Indicator<RiskKnown> = {
  name: 'ip_tor',
  version: 1,
  points: 35,
  reach: 'decline',
  describe: 'The address is an exit of the Tor network.',
  find: ({ address }) => (isThrough(address, 'tor') ? { network: 'tor' } : null),
};
