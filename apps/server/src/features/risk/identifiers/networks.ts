import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What a text that names a network comes to. */
export type ReadNetwork =
  /** One spelling of it, the bits after the prefix being 0. */
  | { readonly network: string }
  /** It is no wider than what one address stands for. */
  | { readonly address: string }
  /** Why it is none. */
  | { readonly reason: string };

/** Prefix lengths: whoever means a wider network means everybody, and has most likely missed a digit. */
const WIDEST = { ipv4: 8, ipv6: 16 } as const;

/** Prefix lengths of what one address stands for. */
const OF_ADDRESS = { ipv4: 32, ipv6: 64 } as const;

/** Of an IPv4 network that is written as one of IPv6. */
const MAPPED_BITS = 96;

const NO_NETWORK: ReadNetwork = { reason: 'is no network such as 203.0.113.0/24' };

export const isNetwork = (text: string): boolean => text.includes('/');

/** Reads CIDR notation of IPv4 or IPv6. Bits after the prefix are dropped, as `203.0.113.9/24` is `203.0.113.0/24`. */
export function readNetwork(text: string): ReadNetwork {
  const [address = '', length = '', ...more] = text.trim().split('/');
  const bits = Number(length);
  if (isIP(address) === 0 || address.includes('%') || !/^\d{1,3}$/.test(length) || more.length > 0)
    return NO_NETWORK;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() && bits >= MAPPED_BITS)
    return readNetwork(`${parsed.toIPv4Address()}/${bits - MAPPED_BITS}`);
  const family = parsed.kind();
  if (bits > parsed.toByteArray().length * 8) return NO_NETWORK;
  if (bits >= OF_ADDRESS[family]) return { address };
  if (bits < WIDEST[family])
    return { reason: `is wider than /${WIDEST.ipv4} of IPv4, or /${WIDEST.ipv6} of IPv6` };
  const first =
    family === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`);
  return { network: `${first}/${bits}` };
}
