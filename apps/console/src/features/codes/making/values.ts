export interface PatternValues {
  pattern: string;
  alphabet: string;
  allowOffensive: boolean;
}

/** Of a pattern what is not the house's own: an empty field asks for that. */
export const patternOf = ({ pattern, alphabet, allowOffensive }: PatternValues) => ({
  ...(pattern.trim() === '' ? {} : { pattern: pattern.trim() }),
  ...(alphabet.trim() === '' ? {} : { alphabet: alphabet.trim() }),
  allowOffensive,
});

/** What was pasted as a column or a row, each once. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,;\t]/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

/** How much a pattern holds off who guesses, by how many tries one of its codes costs. */
export type Strength = 'weak' | 'fair' | 'strong';

/**
 * Guessing is slowed to some tries a minute per player and address: a million of them is within reach of a botnet in days,
 * a thousand times as many is not.
 */
export const strengthOf = (guessesPerHit: number): Strength => {
  if (guessesPerHit < 1e6) return 'weak';
  return guessesPerHit < 1e9 ? 'fair' : 'strong';
};

/** Bits at which the meter is full. */
const FULL_BITS = 80;
export const meterOf = (bits: number): number => Math.max(2, Math.min(100, (bits / FULL_BITS) * 100));
