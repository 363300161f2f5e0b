import i18next from 'i18next';

/** The language of the page. */
export const language = (): string => i18next.language;

/** Whether every page has such a text. */
export const knows = (key: string): boolean => i18next.exists(key);

/** A text that every page has, where no component asks for it. */
export const shared = (key: string): string => i18next.t(key);
