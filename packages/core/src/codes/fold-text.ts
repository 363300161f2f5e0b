/** Dashes, spaces of every kind, and what cannot be seen: zero-width characters and direction marks. */
const SEPARATORS = /[\p{Pd}\u2212\u2043\u02D7\s\p{Z}\p{Default_Ignorable_Code_Point}]+/gu;

const LETTERS_LIKE_DIGITS = /[OIL]/g;

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/**
 * One spelling for all the ways of typing a text: compatibility forms folded (NFKC), separators dropped, upper
 * case. Folding a folded text changes nothing.
 */
export function foldText(text: string): string {
  return text.normalize('NFKC').replace(SEPARATORS, '').toUpperCase().normalize('NFKC');
}

/** Reads the letters that Crockford's base32 leaves out as the digits they are mistaken for. */
export function foldLookalikes(folded: string): string {
  return folded.replace(LETTERS_LIKE_DIGITS, (letter) => (letter === 'O' ? '0' : '1'));
}

/**
 * Whether a text holds letters of both directions. Such a text is shown in another order than it is stored
 * in, so nobody can copy it from a screen reliably.
 */
export function mixesDirections(text: string): boolean {
  return RIGHT_TO_LEFT.test(text) && LEFT_TO_RIGHT.test(text);
}
