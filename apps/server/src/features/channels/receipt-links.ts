import { timingSafeEqual } from 'node:crypto';
import { parse } from 'uuid';
import type { Secrets } from '../../platform/secrets.ts';

const ID_BYTES = 16;

/** The key of one connection: another one when the channel is disconnected and connected again. */
const keyOf = (secrets: Secrets, brandId: string, connectedAt: number): Buffer =>
  secrets.mac('sms-receipts', `${brandId} ${connectedAt}`);

/**
 * Where a gateway tells what became of messages. Whoever knows it may tell.
 * @param connectedAt of the connection, ms since 1970.
 */
export function receiptUrl(
  secrets: Secrets,
  publicUrl: string,
  brandId: string,
  connectedAt: number,
): string {
  const token = Buffer.concat([parse(brandId), keyOf(secrets, brandId, connectedAt)]);
  return `${publicUrl}/v1/sms-receipts/${token.toString('base64url')}`;
}

/** The brand that a token is about, and whether it is the key of a connection. Undefined for what is no token. */
export function readReceiptToken(
  secrets: Secrets,
  token: string,
): { brandId: string; opens(connectedAt: number): boolean } | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= ID_BYTES) return undefined;
  const told = bytes.subarray(ID_BYTES);
  const hex = bytes.subarray(0, ID_BYTES).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return {
    brandId: id,
    opens(connectedAt) {
      const key = keyOf(secrets, id, connectedAt);
      return told.length === key.length && timingSafeEqual(told, key);
    },
  };
}
