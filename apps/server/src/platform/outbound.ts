import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';

/** The address is one of our own network: loopback, private, link-local, reserved and the like. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError';
}

/** Whether the address is on the public internet; IPv4 inside IPv6 counts as what it is. */
export const isPublicAddress = (address: string): boolean => ipaddr.process(address).range() === 'unicast';

/**
 * A dispatcher for URLs that users of the product typed in. What is checked is the address of the very connection, so
 * neither a name that resolves to a private address nor one that changes between two look-ups gets through.
 * Give it to `fetch` or `request` of undici, and do not follow redirects blindly: each one connects through it again.
 */
export function createGuardedAgent(options: {
  allowPrivate: boolean;
  connectTimeoutMs: number;
  /** A longer answer is cut off with an error. */
  largestResponseBytes: number;
}): Agent {
  const { allowPrivate, connectTimeoutMs: timeout, largestResponseBytes: maxResponseSize } = options;
  if (allowPrivate) return new Agent({ maxResponseSize, connect: { timeout } });
  const connect = buildConnector({ timeout, lookup: lookupPublic } as buildConnector.BuildOptions);
  return new Agent({
    maxResponseSize,
    connect(target, callback) {
      const host = target.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) && !isPublicAddress(host)) return callback(refusal(host), null);
      connect(target, callback);
    },
  });
}

const refusal = (host: string) =>
  new PrivateAddressError(`${host} is a private address, where the server does not go`);

const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    if (addresses.some(({ address }) => !isPublicAddress(address))) return callback(refusal(hostname), '', 0);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    if (first) callback(null, first.address, first.family);
  });
};
