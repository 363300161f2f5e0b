import type { Secrets } from '../../platform/secrets.ts';

const VERSION_8 = 0x80;
const VARIANT = 0x80;

/**
 * The look-up key and public id of a code: 122 bits of an HMAC of brand and normalised text, as a UUIDv8 (RFC 9562).
 * It tells nothing about the text without the server's secret key.
 */
export function codeKey(secrets: Secrets, brandId: string, normalised: string): string {
  const hex = codeKeyBytes(secrets, brandId, normalised).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The same as the 16 bytes PostgreSQL stores. */
export function codeKeyBytes(secrets: Secrets, brandId: string, normalised: string): Buffer {
  const bytes = secrets.mac('code', `${brandId}:${normalised}`).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | VERSION_8;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | VARIANT;
  return bytes;
}
