import { ok, type Result, refuse } from '../result.ts';
import { isAlphabetSymbol } from './code-text.ts';
import { foldText, mixesDirections } from './fold-text.ts';

/** The symbols random codes are made of, folded to upper case. A symbol's value is its position. */
export interface Alphabet {
  readonly symbols: string;
  readonly values: ReadonlyMap<string, number>;
  /** Whether O, I and L can be read as 0, 1 and 1: true when the alphabet has none of the three letters. */
  readonly forgivesLookalikes: boolean;
}

export const MIN_ALPHABET = 2;
export const MAX_ALPHABET = 64;

/** Crockford's base32: no I, L, O (mistaken for digits) and no U (fewer accidental words). 5 bits a symbol. */
export const CROCKFORD: Alphabet = fromSymbols([...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']);

/**
 * An operator's own alphabet: 2 to 64 letters or digits of any script, none twice after folding case. Refused
 * as `alphabet_invalid` with one error per symbol, its position in the field.
 */
export function createAlphabet(text: string): Result<Alphabet> {
  const symbols = [...text.slice(0, 4 * MAX_ALPHABET)];
  if (symbols.length < MIN_ALPHABET || symbols.length > MAX_ALPHABET)
    return refuse('alphabet_invalid', `An alphabet has ${MIN_ALPHABET} to ${MAX_ALPHABET} symbols.`);
  const folded = symbols.map(foldText);
  const errors = folded.flatMap((symbol, position) => {
    const reason = whyUnfit(symbol, folded.indexOf(symbol) < position);
    return reason ? [{ field: `alphabet.${position}`, reason }] : [];
  });
  if (errors.length > 0)
    return refuse('alphabet_invalid', 'Some symbols of the alphabet cannot be used.', errors);
  if (mixesDirections(folded.join('')))
    return refuse('alphabet_invalid', 'An alphabet is written in one direction.');
  return ok(fromSymbols(folded));
}

function whyUnfit(folded: string, repeated: boolean): string | undefined {
  if (folded === '') return 'spaces, dashes and invisible characters are ignored in codes';
  if (!isAlphabetSymbol(folded)) return 'not a single letter or digit';
  if (repeated) return 'stands in the alphabet already, case aside';
  return undefined;
}

function fromSymbols(folded: readonly string[]): Alphabet {
  const symbols = folded.join('');
  return {
    symbols,
    values: new Map(folded.map((symbol, value) => [symbol, value])),
    forgivesLookalikes: !/[OIL]/.test(symbols),
  };
}
