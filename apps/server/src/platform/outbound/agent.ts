import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { mayCall } from './address.ts';
import { askNameServers, type Resolve } from './name-servers.ts';

/** Thrown into a request instead of connecting it. */
export class ForbiddenAddressError extends Error {
  override name = 'ForbiddenAddressError';
  readonly code = 'FORBIDDEN_ADDRESS';
  constructor(host: string) {
    super(`${host} leads to an address that may not be called`);
  }
}

/** undici's; its type also takes null, which would cut off every answer. */
const NO_BOUND = -1;

/**
 * Connects to addresses that may be called only: see `mayCall`. What is judged is the address that the connection is then
 * made to, so a name that resolves differently a moment later gains nothing. undici's `request` follows no redirects; give
 * `fetch` of undici `redirect: 'manual'`.
 */
export function createAgent(options: {
  allowPrivate: boolean;
  connectTimeoutMs: number;
  /** A longer answer is cut off with an error. */
  largestAnswerBytes?: number;
  resolve?: Resolve;
}): Agent {
  const { allowPrivate, connectTimeoutMs, largestAnswerBytes } = options;
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    allowH2: false,
    lookup: callableLookup(allowPrivate, options.resolve),
  });
  return new Agent({
    // While HTTP/2 is possible undici connects once and lets all others wait, past their time-outs if that host is dead.
    allowH2: false,
    maxResponseSize: largestAnswerBytes ?? NO_BOUND,
    connect(target, callback) {
      // An address in the URL is connected to without a look-up.
      if (isIP(target.hostname) && !mayCall(target.hostname, allowPrivate))
        callback(new ForbiddenAddressError(target.hostname), null);
      else connect(target, callback);
    },
  });
}

/** Leaves out of a resolver's answers what may not be called, and fails when nothing is left. */
export const onlyCallable =
  (resolve: Resolve, allowPrivate: boolean): Resolve =>
  (hostname, options, callback) =>
    resolve(hostname, options, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(({ address }) => mayCall(address, allowPrivate));
      callback(allowed.length > 0 ? null : new ForbiddenAddressError(hostname), allowed);
    });

/** For a socket's own look-up: it finds the addresses that may be called. One that is connected to without is judged apart. */
export function callableLookup(allowPrivate: boolean, resolve?: Resolve): LookupFunction {
  const callable = onlyCallable(resolve ?? (allowPrivate ? dns.lookup : askNameServers()), allowPrivate);
  return (hostname, options, callback) =>
    callable(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses;
      if (error || options.all || !first) callback(error, addresses);
      else callback(null, first.address, first.family);
    });
}
