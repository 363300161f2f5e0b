import type { Indicator } from '../indicator.ts';
import type { RiskKnown } from '../known.ts';
import { isThrough } from './networks.ts';

/** Found for no address of a mobile network or private relay. */
export const ipVpn: Indicator<RiskKnown> = {
  name: 'ip_vpn',
  version: 1,
  points: 20,
  reach: 'hold',
  describe: 'The address is of a VPN that somebody chose to hide theirs.',
  find: ({ address }) => (isThrough(address, 'vpn') ? { network: 'vpn' } : null),
};
