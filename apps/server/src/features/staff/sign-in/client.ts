import type { IncomingHttpHeaders } from 'node:http';

/** Our own name for the client's address on the way to better-auth. */
export const ADDRESS_HEADER = 'x-promosmith-address';

/** Begins the names of our cookies; behind https, browsers see `__Secure-` before it. */
export const COOKIE_PREFIX = 'promosmith';

/** Whoever holds the browser: what better-auth needs of a request. */
export interface Client {
  headers: IncomingHttpHeaders;
  ip: string;
}

/** Nothing else of the request reaches better-auth, so no header of a caller can mean something to it. */
export function headersFor({ headers, ip }: Client): Headers {
  const passed = new Headers({ [ADDRESS_HEADER]: ip });
  if (headers.cookie) passed.set('cookie', headers.cookie);
  if (headers['user-agent']) passed.set('user-agent', headers['user-agent']);
  return passed;
}

/** Whether there can be a session at all, which spares everybody else the look-up. */
export const hasSessionCookie = ({ headers }: Pick<Client, 'headers'>): boolean =>
  headers.cookie?.includes(`${COOKIE_PREFIX}.session_token=`) === true;
