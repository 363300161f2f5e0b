import { hash, randomUUIDv7 } from 'node:crypto';
import { parse } from 'uuid';

const MAX_COUNTER = 0xfff;
/** Where the random half of a UUID begins: past the time and the counter. */
const RANDOM_AT = 18;

let at = 0;
let counter = 0;
let time = '';

/**
 * A new UUIDv7: sorts by time of creation, and within a process those of one millisecond sort too (RFC 9562 §6.2,
 * method 1: a counter in place of the first random bits).
 */
export function newId(): string {
  const now = Date.now();
  if (now > at || counter === MAX_COUNTER) {
    at = Math.max(now, at + 1);
    counter = 0;
    const hex = hexOf(at);
    time = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
  } else counter++;
  return time + counter.toString(16).padStart(3, '0') + randomUUIDv7().slice(RANDOM_AT);
}

const VERSION_5 = 0x50;
const VARIANT = 0x80;

/**
 * The player's id is derived from the brand and the platform's own id (UUIDv5), so that it needs no look-up and the
 * same player can never get two rows.
 */
export function playerId(brandId: string, externalId: string): string {
  const digest = hash('sha1', Buffer.concat([namespaceOf(brandId), Buffer.from(externalId)]), 'buffer');
  digest[6] = ((digest[6] ?? 0) & 0x0f) | VERSION_5;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | VARIANT;
  return asUuid(digest);
}

const MOST_NAMESPACES = 10_000;
const namespaces = new Map<string, Uint8Array>();

function namespaceOf(brandId: string): Uint8Array {
  const kept = namespaces.get(brandId);
  if (kept) return kept;
  if (namespaces.size >= MOST_NAMESPACES) namespaces.clear();
  const bytes = parse(brandId);
  namespaces.set(brandId, bytes);
  return bytes;
}

/** The first 16 bytes, written as a UUID. */
function asUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const hexOf = (ms: number): string => ms.toString(16).padStart(12, '0');

/**
 * The smallest UUIDv7 of an instant: ids sort by time, so a span of time is a range of them.
 * @param ms since 1970
 */
export function firstIdAt(ms: number): string {
  const hex = hexOf(Math.max(0, ms));
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
