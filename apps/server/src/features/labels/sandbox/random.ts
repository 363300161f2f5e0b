import { randomFillSync } from 'node:crypto';

const HIGH_BITS = 27;
const LOW_BITS = 26;

/** So many numbers in [0, 1), with all 53 bits from the system's source for cryptography. */
export function secureNumbers(count: number): Float64Array<ArrayBuffer> {
  const words = randomFillSync(new Uint32Array(2 * count));
  return Float64Array.from({ length: count }, (_, at) => {
    const high = (words[2 * at] ?? 0) >>> (32 - HIGH_BITS);
    const low = (words[2 * at + 1] ?? 0) >>> (32 - LOW_BITS);
    return (high * 2 ** LOW_BITS + low) / 2 ** (HIGH_BITS + LOW_BITS);
  });
}
