import { timingSafeEqual } from 'node:crypto';
import { escapeHtml } from '@promosmith/core/content';
import { parse, stringify } from 'uuid';
import type { Secrets } from '../../platform/secrets.ts';

const ID_BYTES = 16;
const MAC_BYTES = 16;

/** Whom an unsubscribe link is about. */
export interface Subscriber {
  readonly brandId: string;
  readonly playerId: string;
}

/** Links that say by themselves whom they are about, and that nobody else can make. They never run out (RFC 8058). */
export function createUnsubscribeLinks(secrets: Secrets, publicUrl: string) {
  const macOf = (ids: Buffer): Buffer =>
    secrets.mac('unsubscribe', ids.toString('hex')).subarray(0, MAC_BYTES);

  return {
    url(brandId: string, playerId: string): string {
      const ids = Buffer.concat([parse(brandId), parse(playerId)]);
      return `${publicUrl}/v1/unsubscribe/${Buffer.concat([ids, macOf(ids)]).toString('base64url')}`;
    },
    /** @returns undefined for a token that was not made here. */
    read(token: string): Subscriber | undefined {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length !== 2 * ID_BYTES + MAC_BYTES) return undefined;
      const ids = bytes.subarray(0, 2 * ID_BYTES);
      if (!timingSafeEqual(macOf(ids), bytes.subarray(2 * ID_BYTES))) return undefined;
      return { brandId: stringify(ids, 0), playerId: stringify(ids, ID_BYTES) };
    },
  };
}

export type UnsubscribeLinks = ReturnType<typeof createUnsubscribeLinks>;

/** The page may post to where it came from, and nothing else. */
export const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<meta name="robots" content="noindex"><title>${title}</title><main><h1>${title}</h1>${body}</main></html>`;

export const askPage = (brandName: string): string =>
  page(
    'Unsubscribe',
    `<p>You will get no more marketing email from ${escapeHtml(brandName)}.</p>` +
      '<form method="post"><button type="submit">Unsubscribe</button></form>',
  );

export const donePage = (brandName: string): string =>
  page('Unsubscribed', `<p>You get no more marketing email from ${escapeHtml(brandName)}.</p>`);
