/**
 * The name of the method, part of everything that is hashed:
 *
 * 1. Before the first entry the draw's commitment is published: SHA-256 of its seed, 32 random bytes.
 * 2. When it closes, its entries are frozen: their ids in ascending order, each followed by a line feed. The digest of
 *    the entries is SHA-256 of that text, so `sha256sum` of the list finds it.
 * 3. Winners are picked one after another from the entries that are left, by numbers from
 *    HMAC-SHA-256(seed, "<method>\n<draw id>\n<entries digest>\n<block>"), block 0, 1, 2 …; see `pickPositions`.
 * 4. The seed is published with the winners.
 *
 * Whoever runs the draw cannot choose a seed once entries are known, nor change entries after the seed is. It still
 * knows the seed while the draw is open, as with every draw of one party's seed: so who may enter, and the list of
 * entries, should be open to those who took part.
 */
export const DRAW_METHOD = 'promosmith-draw-1';

const encoder = new TextEncoder();

/** The text whose SHA-256 is the digest of the entries. @param entries ascending. */
export const entriesText = (entries: readonly string[]): string => entries.map((id) => `${id}\n`).join('');

/** @returns hexadecimal, lower case. */
export async function sha256Of(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** What is published of a seed before the draw. @param seed hexadecimal, 32 bytes. */
export const commitmentOf = (seed: string): Promise<string> => sha256Of(bytesOf(seed));

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @throws RangeError when the text is not 32 bytes of hexadecimal. */
export function bytesOf(seed: string): Uint8Array<ArrayBuffer> {
  if (!isSeed(seed)) throw new RangeError('a seed is 64 hexadecimal digits');
  return Uint8Array.from(seed.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

export const isSeed = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
