import { localeName } from '../../kit/locale-name.ts';

/** Of a text that is the same in every language. */
const NONE = 'und';

/** @returns the name of a language in the reader's own; nothing for a text of no language. */
export const languageName = (locale: string): string | undefined =>
  locale === NONE ? undefined : localeName(locale);
