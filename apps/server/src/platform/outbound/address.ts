import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;

/** Anything outside is not routed globally, or holds an IPv4 address that a gateway would take out again. */
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR('2000::/3');

/** What an operator may mean who allows private addresses. Link-local ones are not among it. */
const PRIVATE_RANGES: ReadonlySet<string> = new Set([
  'private',
  'loopback',
  'carrierGradeNat',
  'uniqueLocal',
]);

/**
 * Where machines of a cloud ask it for their credentials, at addresses that look public or private rather than
 * link-local: of Azure, Alibaba, AWS, Google and Scaleway.
 */
const CLOUD_ENDPOINTS = [
  '168.63.129.16/32',
  '100.100.100.200/32',
  'fd00:ec2::/32',
  'fd20:ce::254/128',
  'fd00:42::42/128',
].map((cidr) => ipaddr.parseCIDR(cidr));

/**
 * Whether the server may connect to an address that a user's URL leads to: to those of the public internet, and where
 * the operator allows it to private and loopback ones. Nobody may have it call a link-local address or another one at
 * which a cloud hands out the server's own credentials.
 * @param text a plain address as a resolver gives it.
 * @param allowPrivate the operator's setting.
 */
export function mayCall(text: string, allowPrivate: boolean): boolean {
  if (!ipaddr.isValid(text)) return false;
  return isPublic(ipaddr.parse(text)) || (allowPrivate && isPrivate(ipaddr.process(text)));
}

/**
 * Not private, loopback, link-local, shared (RFC 6598), multicast, reserved, documentation, or IPv6 that wraps an IPv4
 * address (mapped, 6to4, Teredo, NAT64).
 */
const isPublic = (address: Address): boolean =>
  address.range() === 'unicast' &&
  !isCloudEndpoint(address) &&
  (address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST_V6));

/** @param address as it is called: an IPv4 address that was mapped to IPv6 is itself again. */
const isPrivate = (address: Address): boolean =>
  PRIVATE_RANGES.has(address.range()) && !isCloudEndpoint(address);

const isCloudEndpoint = (address: Address): boolean =>
  CLOUD_ENDPOINTS.some((range) => range[0].kind() === address.kind() && address.match(range));
