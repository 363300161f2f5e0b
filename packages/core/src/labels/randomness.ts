import { duplicateLikelyAfter } from '../codes/index.ts';

/**
 * How random the values of a function are, as far as a sample of them tells. Everything is in bits, and said of one value.
 */
export interface Randomness {
  /** Values looked at. */
  readonly samples: number;
  /** Pairs among them that were the same. */
  readonly duplicates: number;
  /** Shannon entropy: the usual measure, an upper bound of the others. */
  readonly shannonBits: number;
  /** Collision entropy (Rényi, order 2), which decides how soon values repeat. */
  readonly collisionBits: number;
  /** With a confidence of 95 %, `collisionBits` is no further off than this. */
  readonly marginBits: number;
  /** Min-entropy: what is left against someone who tries the likeliest values first. A little less than there is. */
  readonly guessBits: number;
  /**
   * `symbols`: worked out symbol by symbol, which takes them to be drawn independently of each other; `pairs`: from the
   * duplicates seen, which are more than independent symbols would give.
   */
  readonly basis: 'symbols' | 'pairs';
  /** With a confidence of 95 % and whatever the function does, there are at least so many bits of collision entropy. */
  readonly atLeastBits: number;
  /** About how many values it takes until a duplicate among them is likelier than not. */
  readonly duplicateLikelyAfter: number;
}

const Z95 = 1.96;

/**
 * Estimates from a sample what no reading of a program could tell in general: how hard its values are to guess and how
 * soon they repeat. It sees what the values look like, not where they come from: of values counted up, or made from a
 * clock, it says more than there is.
 * @param values at least two, of as many runs.
 * @throws RangeError when there are fewer.
 */
export function estimateRandomness(values: readonly string[]): Randomness {
  if (values.length < 2) throw new RangeError('randomness is estimated from at least two values');
  const whole = counts(values);
  const pairs = pairsOf(values.length);
  const duplicates = samePairs(whole);
  const symbols = symbolsByPosition(values).map((symbols) => partOf(counts(symbols), values.length));
  const expected = pairs * 2 ** -total(symbols, 'collisionBits');
  const independent = duplicates <= expected + 3 * Math.sqrt(expected) + 3;
  const parts = independent ? symbols : [partOf(whole, values.length)];

  const collisionBits = total(parts, 'collisionBits');
  return {
    samples: values.length,
    duplicates,
    shannonBits: Math.max(collisionBits, total(parts, 'shannonBits')),
    collisionBits,
    marginBits: Z95 * Math.sqrt(total(parts, 'variance')),
    guessBits: Math.min(collisionBits, total(parts, 'guessBits')),
    basis: independent ? 'symbols' : 'pairs',
    atLeastBits: Math.max(0, Math.log2(pairs / mostExpected(duplicates))),
    duplicateLikelyAfter: duplicateLikelyAfter({ bits: collisionBits }),
  };
}

const total = (parts: readonly Part[], of: keyof Part): number =>
  parts.reduce((sum, part) => sum + part[of], 0);

/** What is drawn at once: one symbol of a value, or all of it. */
interface Part {
  readonly shannonBits: number;
  readonly collisionBits: number;
  /** Of `collisionBits`. */
  readonly variance: number;
  readonly guessBits: number;
}

function partOf(seen: ReadonlyMap<string, number>, samples: number): Part {
  const shares = [...seen.values()].map((count) => count / samples);
  const pairs = pairsOf(samples);
  // Of symbols that never came twice no more is known than that.
  const same = Math.min(1, Math.max(samePairs(seen), 1) / pairs);
  const cubes = shares.reduce((sum, share) => sum + share ** 3, 0);
  const spread = (4 / samples) * Math.max(0, cubes - same ** 2) + (same - same ** 2) / pairs;
  return {
    shannonBits: shannonOf(seen, samples),
    collisionBits: -Math.log2(same),
    variance: spread / (same * Math.LN2) ** 2,
    guessBits: guessOf(seen, samples),
  };
}

/** With the correction of Miller and Madow: a sample shows less variety than there is. */
function shannonOf(seen: ReadonlyMap<string, number>, samples: number): number {
  const plain = [...seen.values()].reduce(
    (sum, count) => sum - (count / samples) * Math.log2(count / samples),
    0,
  );
  return Math.min(Math.log2(seen.size), plain + (seen.size - 1) / (2 * samples * Math.LN2));
}

const guessOf = (seen: ReadonlyMap<string, number>, samples: number): number =>
  -Math.log2(Math.max(...seen.values()) / samples) || 0;

const pairsOf = (count: number): number => (count * (count - 1)) / 2;

const samePairs = (seen: ReadonlyMap<string, number>): number =>
  [...seen.values()].reduce((sum, count) => sum + pairsOf(count), 0);

/** At 95 %: the most a Poisson variable of which so much was seen can have been expected to be. */
const mostExpected = (seen: number): number => seen + 3 + 1.65 * Math.sqrt(seen);

function counts(symbols: Iterable<string>): Map<string, number> {
  const seen = new Map<string, number>();
  for (const symbol of symbols) seen.set(symbol, (seen.get(symbol) ?? 0) + 1);
  return seen;
}

/** Values of different lengths are told apart by the nothing at the end of the shorter ones. */
function symbolsByPosition(values: readonly string[]): string[][] {
  const texts = values.map((value) => Array.from(value));
  const length = Math.max(...texts.map((text) => text.length));
  return Array.from({ length }, (_, at) => texts.map((text) => text[at] ?? ''));
}
