/**
 * What no text for a player may hold: controls other than tab and line feed, halves of a surrogate pair, line and
 * paragraph separators, and characters that turn the direction of the text after them, which could make a code or a link
 * read as another. Direction marks and joiners stay: Arabic, Hebrew and emoji need them.
 */
const UNPRINTABLE =
  /[\p{Cc}--[\t\n]]|\p{Cs}|\p{Noncharacter_Code_Point}|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/v;

/** The first character of the text that cannot be shown, such as `U+202E`; undefined when all can. */
export function unprintable(text: string): string | undefined {
  const found = UNPRINTABLE.exec(text)?.[0].codePointAt(0);
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Leaves out what cannot be shown, and what is beyond `length` units. */
export const shownOf = (text: string, length: number): string =>
  text.slice(0, length).replace(new RegExp(UNPRINTABLE.source, 'gv'), '\u00b7');
