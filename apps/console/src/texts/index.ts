import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export { dateFormat, nameFormat, numberFormat, relativeFormat, separators } from './formats.ts';
export { language, shared } from './language.ts';
export { learnToSay, type Say, sayFault, titleOf, useSay } from './said.ts';

/** Each language in its own words. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT = 'promosmith.language';
const SHARED = 'common';

/** One file for each room or shared subject and language, loaded with what needs it. */
const files = import.meta.glob<{ default: object }>([
  './*/*.json',
  '../features/*/texts/*.json',
  '../session/texts/*.json',
]);

/** @param room of a feature its folder's name. */
async function read(language: string, room: string): Promise<object> {
  const paths = [
    `./${language}/${room}.json`,
    `../features/${room}/texts/${language}.json`,
    `../${room}/texts/${language}.json`,
  ];
  const load = paths.map((path) => files[path]).find((found) => found !== undefined);
  if (!load) throw new Error(`there are no texts of ${room} in ${language}`);
  return (await load()).default;
}

const isLanguage = (text: string | null | undefined): text is Language => !!text && text in LANGUAGES;

const preferred = (): Language => {
  const kept = localStorage.getItem(KEPT);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
};

/** Reads what every page needs; the texts of a room come with it. */
export async function startTexts(): Promise<void> {
  await i18next
    .use(initReactI18next)
    .use({
      type: 'backend',
      read: (language: string, room: string, done: (error: unknown, texts?: object) => void) =>
        void read(language, room).then((texts) => done(null, texts), done),
    })
    .init({
      lng: preferred(),
      fallbackLng: false,
      ns: [SHARED],
      defaultNS: SHARED,
      fallbackNS: SHARED,
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  document.documentElement.lang = i18next.language;
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
