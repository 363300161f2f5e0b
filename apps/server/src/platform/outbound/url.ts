import { isIP } from 'node:net';
import { ok, type Result, refuse } from '@promosmith/core';
import { mayCall } from './address.ts';

/** Below these live other protocols, whose servers might take a request for commands. */
const FIRST_FREE_PORT = 1024;

const notAllowed = (reason: string, fix: string) =>
  refuse('url_not_allowed', `The URL ${reason}.`, [{ field: 'url', reason, fix }]);

/**
 * Whether the server may call a URL that a user typed in, as far as its text tells. Names are judged by the address they lead to, when
 * a connection is made.
 * @param allowPrivate the operator's setting: private and loopback addresses, and any port.
 * @returns the URL as it will be called.
 */
export function checkUrl(text: string, allowPrivate: boolean): Result<string> {
  const url = URL.parse(text);
  if (!url) return notAllowed('is not a URL', 'Write it as https://host/path.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return notAllowed(`has the scheme ${url.protocol.slice(0, -1)}`, 'Use https or http.');
  if (url.username || url.password) return notAllowed('holds a user or password', 'Leave them out.');
  if (url.hash) return notAllowed('holds a fragment', 'Leave out the part after #.');
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (allowPrivate) return isIP(host) && !mayCall(host, true) ? NEVER_CALLED : ok(url.href);
  if (url.port && Number(url.port) < FIRST_FREE_PORT && url.port !== '80' && url.port !== '443')
    return notAllowed(`has port ${url.port}`, `Use 80, 443, or ${FIRST_FREE_PORT} and above.`);
  return isPublicHost(host)
    ? ok(url.href)
    : notAllowed('leads to an address that is not public', 'Use a public host.');
}

const NEVER_CALLED = notAllowed(
  'leads to an address that is neither public nor private, or where a cloud keeps credentials',
  'Use the address of a host.',
);

/** The URL parser has made every spelling of an IPv4 address (decimal, octal, hex, full-width) a dotted one. */
const isPublicHost = (host: string): boolean =>
  isIP(host) ? mayCall(host, false) : host !== 'localhost' && !host.endsWith('.localhost');
