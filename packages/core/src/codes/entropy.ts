import type { Alphabet } from './alphabet.ts';
import { foldText } from './fold-text.ts';
import type { CodePattern } from './pattern.ts';

/** How often each different symbol comes up, relative to the others: all 1 for an even choice. */
export type SymbolWeights = readonly number[];

/** What guessing and chance can do against codes of one kind. */
export interface CodeStrength {
  /** How many different codes there are. */
  readonly possibleCodes: bigint;
  /** Collision entropy (Rényi, order 2), which decides how soon codes repeat. The usual bits for even symbols. */
  readonly bits: number;
  /** Min-entropy: the bits left against someone who tries the likeliest codes first. */
  readonly guessBits: number;
}

/** Weights of an alphabet whose symbols are drawn evenly. */
export function evenWeights({ symbols }: Alphabet): SymbolWeights {
  return Array.from(symbols, () => 1);
}

/**
 * Weights of symbols picked evenly from a text and folded to upper case afterwards: from `A…Za…z0…9` each
 * letter comes up twice as often as a digit.
 */
export function weightsAfterFolding(characters: string): SymbolWeights {
  const counts = new Map<string, number>();
  for (const symbol of foldText(characters)) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  return [...counts.values()];
}

/** Strength of codes of `length` symbols, each drawn independently with the given weights. */
export function codeStrength(weights: SymbolWeights, length: number): CodeStrength {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sameTwice = weights.reduce((sum, weight) => sum + (weight / total) ** 2, 0);
  return {
    possibleCodes: BigInt(weights.length) ** BigInt(length),
    bits: -length * Math.log2(sameTwice),
    guessBits: -length * Math.log2(Math.max(...weights) / total),
  };
}

/** Strength of a pattern's codes: of its random symbols alone, as text and check symbol can be worked out. */
export function patternStrength({ alphabet, symbolCount }: CodePattern): CodeStrength {
  return codeStrength(evenWeights(alphabet), symbolCount);
}

/** The X of "one guess in X hits", for the best guesser, when `liveCodes` codes work. At least 1. */
export function guessesPerHit({ guessBits }: CodeStrength, liveCodes: number): number {
  return Math.max(1, 2 ** guessBits / liveCodes);
}

/** How many pairs among `count` codes are expected to be the same code. */
export function expectedDuplicates({ bits }: CodeStrength, count: number): number {
  return ((count * (count - 1)) / 2) * 2 ** -bits;
}

/** About how many codes it takes until a duplicate among them is likelier than not (the birthday bound). */
export function duplicateLikelyAfter({ bits }: Pick<CodeStrength, 'bits'>): number {
  return Math.ceil(0.5 + Math.sqrt(0.25 + 2 * Math.LN2 * 2 ** bits));
}
