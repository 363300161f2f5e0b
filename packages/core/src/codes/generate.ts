import { ok, type Result, refuse } from '../result.ts';
import type { CodePattern } from './pattern.ts';
import { createOffenceTest, type ProfanityFilter } from './profanity.ts';
import { createCodeWriter, type GeneratedCode } from './write-code.ts';

/**
 * A source of `n` unpredictable bytes, n at most 4,096: `crypto.getRandomValues` or `randomBytes` in
 * production. Codes are worth money, so nothing weaker will do.
 */
export type RandomBytes = (n: number) => Uint8Array;

/** Draws a number of random codes. They may repeat, at the odds `codeStrength` tells: storing decides. */
export type CodeGenerator = (count: number) => GeneratedCode[];

const BLOCK = 4_096;

/** A pattern that yields nothing fit to print in this many tries is refused before a job is started with it. */
const TRIES = 1_000;

/**
 * A generator of codes of one pattern, every code equally likely. With a filter, codes in which the random
 * symbols spell something offensive are drawn again; words in the pattern's own text are the operator's
 * choice. Refusal: `pattern_always_offensive`, when a thousand codes in a row were filtered out.
 */
export function createCodeGenerator(
  pattern: CodePattern,
  randomBytes: RandomBytes,
  filter?: ProfanityFilter,
): Result<CodeGenerator> {
  const write = createCodeWriter(pattern);
  const nextValue = uniformValues(pattern.alphabet.symbols.length, randomBytes);
  const values = new Uint8Array(pattern.symbolCount);
  const offends = filter && createOffenceTest(filter, pattern);
  const draw = (): GeneratedCode => {
    for (let i = 0; i < values.length; i++) values[i] = nextValue();
    return write(values);
  };
  const drawClean = (): GeneratedCode => {
    for (;;) {
      const code = draw();
      if (!offends?.(code.key)) return code;
    }
  };
  if (offends && !Array.from({ length: TRIES }, draw).some(({ key }) => !offends(key)))
    return refuse('pattern_always_offensive', 'Nearly every code of this pattern spells an offensive word.');
  return ok((count) => Array.from({ length: count }, drawClean));
}

/**
 * Uniform values below `size` (at most 64). Bytes at or above the largest multiple of `size` are thrown away:
 * taking them modulo `size` would favour the first symbols.
 */
function uniformValues(size: number, randomBytes: RandomBytes): () => number {
  const fair = 256 - (256 % size);
  let block: Uint8Array = new Uint8Array(0);
  let next = 0;
  return () => {
    for (;;) {
      if (next === block.length) {
        block = randomBytes(BLOCK);
        next = 0;
      }
      const byte = block[next++]!;
      if (byte < fair) return byte % size;
    }
  };
}
