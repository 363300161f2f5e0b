import { hash, randomFillSync } from 'node:crypto';
import { parse } from 'uuid';

const MAX_COUNTER = 0xfff;

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
  const random = randomDigits();
  return `${time}${counter.toString(16).padStart(3, '0')}-8${random.slice(0, 3)}-${random.slice(3)}`;
}

/** Of the random half of a UUID, past its variant. */
const RANDOM_DIGITS = 15;
const pool = Buffer.alloc(RANDOM_DIGITS * 256);
let digits = '';
let used = 0;

/** Hexadecimal. Randomness is asked for in advance: asking for every id alone costs several times as much. */
function randomDigits(): string {
  if (used === digits.length) {
    digits = randomFillSync(pool).toString('hex');
    used = 0;
  }
  used += RANDOM_DIGITS;
  return digits.slice(used - RANDOM_DIGITS, used);
}

/** Of the random half of an id, what counts on from it. */
const TAIL_DIGITS = 12;
const TAILS = 2 ** 48;

/**
 * The `n`-th id after one, for what is numbered from it: as unlike any other as that one is, without being written
 * down.
 */
export function idAfter(id: string, n: number): string {
  const tail = (Number.parseInt(id.slice(-TAIL_DIGITS), 16) + n) % TAILS;
  return `${id.slice(0, -TAIL_DIGITS)}${tail.toString(16).padStart(TAIL_DIGITS, '0')}`;
}

const NAMESPACE_BYTES = 16;
const UTF8_BYTES_PER_UNIT = 3;
let named = Buffer.alloc(1024);

/**
 * The player's id is derived from the brand and the platform's own id (UUIDv5), so that it needs no look-up and the
 * same player can never get two rows.
 */
export function playerId(brandId: string, externalId: string): string {
  const most = NAMESPACE_BYTES + externalId.length * UTF8_BYTES_PER_UNIT;
  if (named.length < most) named = Buffer.alloc(most);
  named.set(namespaceOf(brandId));
  const length = NAMESPACE_BYTES + named.write(externalId, NAMESPACE_BYTES);
  const hex = hash('sha1', named.subarray(0, length), 'hex');
  const variant = (0x8 | (Number.parseInt(hex.charAt(16), 16) & 0x3)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
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

const hexOf = (ms: number): string => ms.toString(16).padStart(12, '0');

/**
 * The smallest UUIDv7 of an instant: ids sort by time, so a span of time is a range of them.
 * @param ms since 1970
 */
export function firstIdAt(ms: number): string {
  const hex = hexOf(Math.max(0, ms));
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
