import type { Indicator } from '../indicator.ts';
import type { RiskKnown } from '../known.ts';
import { isThrough } from './networks.ts';

export const ipDatacenter: Indicator<RiskKnown> = {
  name: 'ip_datacenter',
  version: 1,
  points: 20,
  reach: 'hold',
  describe: 'The address is of a data centre, where machines are and players are not.',
  find: ({ address }) => (isThrough(address, 'datacenter') ? { network: 'datacenter' } : null),
};
