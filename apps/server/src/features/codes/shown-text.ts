/** What has no place in a text people read: controls, invisible characters, direction marks. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{Cf}|[\p{Cc}--\s]/gv;

/** A code as an operator wrote it, fit to be shown: the text a player copies holds nothing that cannot be seen. */
export const shownText = (typed: string): string =>
  typed.normalize('NFKC').replace(UNSEEN, '').replace(/\s+/g, ' ').trim();
