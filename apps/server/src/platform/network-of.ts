import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Of sixteen bits each. */
const NETWORK_PARTS = 4;

/** The network of an address that spells it out in the usual way, as nearly all do; an IPv4 one in IPv6 begins with 0. */
const SPELT_OUT = /^[1-9a-f][\da-f]{0,3}:(?:(?:0|[1-9a-f][\da-f]{0,3}):){3}/;

/**
 * Who an address belongs to: an IPv6 subscriber has a /64 to choose from, an IPv4 one a single address. What a proxy
 * forwards need not be an address at all.
 */
export function networkOf(ip: string): string {
  const spelt = SPELT_OUT.exec(ip);
  if (spelt) return `${spelt[0]}:/64`;
  if (!isIPv6(ip)) return ip;
  const address = ipaddr.IPv6.parse(ip);
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString();
  const network = address.parts.slice(0, NETWORK_PARTS).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
