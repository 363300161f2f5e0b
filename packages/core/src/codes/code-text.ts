/** Longest code, counted in characters after folding. */
export const MAX_CODE_LENGTH = 64;

/**
 * A letter or decimal digit of any script, after folding. Loose Hangul jamo are left out: they would melt into
 * the character beside them.
 */
const LETTER_OR_DIGIT = String.raw`[[\p{L}\p{Nd}]--[\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF]]`;

const PUNCTUATION = String.raw`[_.+\&%\!\$\#@\*]`;

const SYMBOL = new RegExp(`^${LETTER_OR_DIGIT}$`, 'v');
const CHARACTER = new RegExp(`^[${LETTER_OR_DIGIT}${PUNCTUATION}]$`, 'v');
const UNSUPPORTED = new RegExp(`[^[${LETTER_OR_DIGIT}${PUNCTUATION}\\p{Mn}\\p{Mc}]]|^[\\p{Mn}\\p{Mc}]`, 'v');

/** Whether a folded character can be a symbol of an alphabet: one letter or digit, stored in one UTF-16 unit. */
export function isAlphabetSymbol(folded: string): boolean {
  return folded.length === 1 && SYMBOL.test(folded);
}

/** Whether a folded character can stand in a pattern as it is: a letter, a digit, or one of `_.+&%!$#@*`. */
export function isLiteralCharacter(folded: string): boolean {
  return CHARACTER.test(folded);
}

/** The first character of a folded text that no code can contain, such as an emoji or a quote. */
export function unsupportedCharacter(folded: string): string | undefined {
  return UNSUPPORTED.exec(folded)?.[0];
}
