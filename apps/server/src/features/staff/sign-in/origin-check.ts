import type { IncomingHttpHeaders } from 'node:http';
import { ok, type Result, refuse } from '@promosmith/core';

/**
 * Refuses a request that changes something with the browser's cookies on behalf of another site's page. A browser always
 * says where such a request comes from; one without cookies comes from a program, which cannot be tricked.
 * @param publicUrl what people reach us under, where a proxy hides it from the Host header.
 */
export function checkOrigin(headers: IncomingHttpHeaders, publicUrl: string): Result<undefined> {
  const { origin, cookie } = headers;
  const site = headers['sec-fetch-site'];
  const trusted =
    origin !== undefined
      ? isOwn(origin, headers.host, publicUrl)
      : site !== undefined
        ? site === 'same-origin'
        : cookie === undefined;
  if (trusted) return ok(undefined);
  return refuse(
    'forbidden',
    'With cookies, changes are taken only from pages of this server (Origin header).',
  );
}

function isOwn(origin: string, host: string | undefined, publicUrl: string): boolean {
  const parsed = URL.parse(origin);
  return parsed !== null && (parsed.host === host || parsed.origin === new URL(publicUrl).origin);
}
