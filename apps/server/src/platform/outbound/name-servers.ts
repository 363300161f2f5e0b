import dns from 'node:dns';

export type Resolve = (
  hostname: string,
  options: dns.LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
) => void;

const TIMEOUT_MS = 2000;
const TRIES = 2;

/**
 * Asks the name servers for the addresses of public names. The system's own look-up would block one of the four threads
 * that files and passwords need too for as long as a name server stays silent; this one blocks none. What only this
 * machine or network knows (`/etc/hosts`, search domains) it does not find. Names under `.invalid` have no addresses, and
 * nobody is asked (RFC 6761, 6.4).
 */
export function askNameServers(
  resolver = new dns.promises.Resolver({ timeout: TIMEOUT_MS, tries: TRIES }),
): Resolve {
  return (hostname, _options, callback) => {
    if (NEVER_EXISTS.test(hostname)) {
      queueMicrotask(() => callback(notFound(hostname), []));
      return;
    }
    void Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]).then(([v4, v6]) => {
      const addresses = [...addressesOf(v4, 4), ...addressesOf(v6, 6)];
      callback(addresses.length === 0 && v4.status === 'rejected' ? v4.reason : null, addresses);
    });
  };
}

const NEVER_EXISTS = /\.invalid\.?$/i;

const notFound = (hostname: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${hostname} has no addresses`), { code: dns.NOTFOUND, hostname });

const addressesOf = (found: PromiseSettledResult<string[]>, family: 4 | 6): dns.LookupAddress[] =>
  found.status === 'fulfilled' ? found.value.map((address) => ({ address, family })) : [];
