import { bytesOf, DRAW_METHOD } from './digests.ts';

export interface Picking {
  /** Hexadecimal, 32 bytes. */
  readonly seed: string;
  readonly drawId: string;
  /** Hexadecimal SHA-256 of the entries. */
  readonly entriesDigest: string;
  readonly entryCount: number;
}

const WORDS = 2 ** 32;
const WORD_BYTES = 4;

/**
 * The positions of the winning entries, from 0, in the order they are picked: every entry equally likely, none twice. It
 * is a Fisher–Yates shuffle from the front, so more winners only go on where fewer stop.
 * @param count winners wanted; all entries win when there are fewer.
 * @throws RangeError for 2³² entries and more, or a seed that is none.
 */
export async function pickPositions(of: Picking, count: number): Promise<number[]> {
  const { entryCount } = of;
  if (!Number.isInteger(entryCount) || entryCount < 0 || entryCount >= WORDS)
    throw new RangeError(`${entryCount} entries cannot be drawn from`);
  const below = uniformNumbers(of);
  const moved = new Map<number, number>();
  const at = (place: number): number => moved.get(place) ?? place;
  const picked: number[] = [];
  for (let place = 0; place < Math.min(count, entryCount); place++) {
    const from = place + (await below(entryCount - place));
    picked.push(at(from));
    moved.set(from, at(place));
  }
  return picked;
}

/**
 * Numbers from 0 to below `size`, each equally likely. The blocks are read as big-endian words of 32 bits; a word at or
 * above the largest multiple of `size` is passed over, as it would favour the small numbers.
 */
function uniformNumbers({ seed, drawId, entriesDigest }: Picking): (size: number) => Promise<number> {
  const key = crypto.subtle.importKey('raw', bytesOf(seed), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const encoder = new TextEncoder();
  let words = new DataView(new ArrayBuffer(0));
  let offset = 0;
  let block = 0;
  return async (size) => {
    const fair = WORDS - (WORDS % size);
    for (;;) {
      if (offset === words.byteLength) {
        const message = encoder.encode(`${DRAW_METHOD}\n${drawId}\n${entriesDigest}\n${block++}`);
        words = new DataView(await crypto.subtle.sign('HMAC', await key, message));
        offset = 0;
      }
      const word = words.getUint32(offset);
      offset += WORD_BYTES;
      if (word < fair) return word % size;
    }
  };
}
