import { FF1 } from '@noble/ciphers/ff1.js';
import { ok, type Result, refuse } from '../result.ts';
import type { NormalisedCode } from './normalise.ts';
import type { CodePattern } from './pattern.ts';
import { readCode } from './read-code.ts';
import { createCodeWriter, type GeneratedCode } from './write-code.ts';

/** NIST SP 800-38G Rev. 1 allows FF1 only over domains of at least a million. */
const SMALLEST_DOMAIN = 1_000_000;

/**
 * A batch whose codes are not stored: code number `index` is the index, written with the pattern's random
 * symbols, encrypted by FF1 (NIST SP 800-38G, AES). Encryption is a permutation, so codes never repeat, and
 * without the key they cannot be told from random ones.
 */
export interface SealedBatch {
  readonly size: number;
  /**
   * The code of an index, 0 ≤ index < size; RangeError otherwise. About 50 µs. A sealed code cannot be drawn
   * again, so one that a profanity filter objects to is left out when the batch is exported.
   */
  readonly codeAt: (index: number) => GeneratedCode;
  /** The index of a typed code; undefined when it is not a code of this batch. */
  readonly indexOf: (code: NormalisedCode) => number | undefined;
}

/**
 * Opens a batch. `key` is the batch's own AES key (16, 24 or 32 bytes), `tweak` bytes that name the batch,
 * such as its id. A random text of the pattern's shape is a code of the batch with odds of `size` in
 * `symbols ** symbolCount`, so leave room. Refusals: `sealed_size_invalid` (not a whole number above zero),
 * `sealed_pattern_too_short` (fewer than a million codes, or fewer than `size`).
 */
export function createSealedBatch(
  pattern: CodePattern,
  size: number,
  key: Uint8Array,
  tweak: Uint8Array,
): Result<SealedBatch> {
  const radix = pattern.alphabet.symbols.length;
  if (!Number.isSafeInteger(size) || size < 1)
    return refuse('sealed_size_invalid', 'A batch has a whole number of codes, at least one.');
  if (radix ** pattern.symbolCount < Math.max(size, SMALLEST_DOMAIN))
    return refuse(
      'sealed_pattern_too_short',
      'The pattern has too few random symbols for a batch of this size.',
    );

  const cipher = FF1(radix, key, tweak);
  const write = createCodeWriter(pattern);
  return ok({
    size,
    codeAt: (index) => {
      if (!Number.isSafeInteger(index) || index < 0 || index >= size)
        throw new RangeError(`index ${index} is outside a batch of ${size}`);
      return write(cipher.encrypt(toNumerals(index, radix, pattern.symbolCount)));
    },
    indexOf: (code) => {
      const reading = readCode(pattern, code);
      if (reading.kind !== 'fits') return undefined;
      const index = fromNumerals(cipher.decrypt([...reading.values]), radix);
      return index < size ? index : undefined;
    },
  });
}

/** The index in base `radix`, most significant numeral first, padded with zeros to the whole domain. */
function toNumerals(index: number, radix: number, length: number): number[] {
  const numerals = new Array<number>(length).fill(0);
  for (let place = length - 1, rest = index; rest > 0; place--, rest = Math.floor(rest / radix))
    numerals[place] = rest % radix;
  return numerals;
}

/** May exceed the safe integers for texts that are no code; such a value is above any size, which is all it is asked. */
function fromNumerals(numerals: readonly number[], radix: number): number {
  return numerals.reduce((value, numeral) => value * radix + numeral, 0);
}
