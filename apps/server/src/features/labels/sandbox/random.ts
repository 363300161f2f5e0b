import { randomFillSync } from 'node:crypto';

const WORDS = 4_096;
const HIGH_BITS = 27;
const LOW_BITS = 26;

/** Numbers in [0, 1) with all 53 bits from the system's source for cryptography, fetched some thousands at a time. */
export function secureRandom(): () => number {
  const words = new Uint32Array(WORDS);
  let used = WORDS;
  return () => {
    if (used === WORDS) {
      randomFillSync(words);
      used = 0;
    }
    const high = (words[used++] ?? 0) >>> (32 - HIGH_BITS);
    const low = (words[used++] ?? 0) >>> (32 - LOW_BITS);
    return (high * 2 ** LOW_BITS + low) / 2 ** (HIGH_BITS + LOW_BITS);
  };
}
