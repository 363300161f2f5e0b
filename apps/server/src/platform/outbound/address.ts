import ipaddr from 'ipaddr.js';

/** Anything outside is not routed globally, or holds an IPv4 address that a gateway would take out again. */
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR('2000::/3');

/** Platform endpoints of clouds that stand at addresses which look public: Azure's (metadata, DNS, health). */
const CLOUD_ADDRESSES: ReadonlySet<string> = new Set(['168.63.129.16']);

/**
 * @param text a plain address as a resolver gives it.
 * @returns whether it is an ordinary address of the public internet: not private, loopback, link-local, shared
 * (RFC 6598), multicast, reserved, documentation, or IPv6 that wraps an IPv4 address (mapped, 6to4, Teredo, NAT64).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast' || CLOUD_ADDRESSES.has(address.toString())) return false;
  return address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST_V6);
}
