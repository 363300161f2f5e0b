import type { Secrets } from '../../platform/secrets.ts';

/**
 * The look-up key and public id of a code: the first 128 bits of an HMAC of brand and normalised text, written as a
 * UUID. It tells nothing about the text without the server's secret key.
 */
export function codeKey(secrets: Secrets, brandId: string, normalised: string): string {
  const hex = secrets.mac('code', `${brandId}:${normalised}`).toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
