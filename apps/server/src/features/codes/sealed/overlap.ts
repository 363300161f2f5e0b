import type { CodePattern, PatternPart } from '@promosmith/core/codes';

/**
 * Whether two patterns can make the same code. A sealed batch has no rows in which a second batch would find its codes
 * taken, so its pattern has to be its own.
 */
export function patternsOverlap(one: CodePattern, other: CodePattern): boolean {
  const [places, others] = [placesOf(one), placesOf(other)];
  return (
    places.length === others.length &&
    places.every((symbols, at) => [...symbols].some((symbol) => others[at]?.includes(symbol)))
  );
}

/** The characters a code can have at each of its places. */
const placesOf = ({ parts, alphabet }: CodePattern): string[] =>
  parts.flatMap((part: PatternPart) => {
    if (part.kind !== 'literal') return [alphabet.symbols];
    return part.key === '' ? [] : [part.key];
  });
