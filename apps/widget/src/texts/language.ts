import { createListeners, type Listeners } from '../listeners.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type TextKey, type Texts } from './en.ts';

/** How the widget speaks to this player. */
export interface Language {
  readonly changed: Listeners;
  /** BCP 47, for `lang`: of the texts. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  say(key: TextKey, values?: Readonly<Record<string, string | number>>): string;
  use(locale: string): void;
  /** Adds a language, or other words of one. */
  add(locale: string, texts: Partial<Texts>): void;
  /** @param minor minor units. */
  money(minor: number, currency: string): string;
  date(instant: string): string;
}

const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/i;

export function createLanguage(wanted: string, decimals: Readonly<Record<string, number>>): Language {
  const changed = createListeners();
  const known: Record<string, Partial<Texts>> = { en, de, ar };

  let locale: string;
  let texts: Texts;
  function use(next: string): void {
    wanted = next;
    const [canonical = 'en'] = canonicalOf(next);
    // `de`, then `de-AT`.
    const parts = canonical.split('-').map((_, n, all) => all.slice(0, n + 1).join('-'));
    locale = parts.some((part) => known[part]) ? canonical : 'en';
    texts = Object.assign({}, en, ...parts.map((part) => known[part]));
    changed.tell();
  }
  use(wanted);

  return {
    changed,
    get locale() {
      return locale;
    },
    get direction() {
      return RIGHT_TO_LEFT.test(locale) ? 'rtl' : 'ltr';
    },
    say: (key, values = {}) =>
      (texts[key] ?? '').replace(/\{(\w+)\}/g, (_, name) => isolated(String(values[name] ?? ''))),
    use,
    add(language, more) {
      const [name] = canonicalOf(language);
      if (!name) return;
      known[name] = { ...known[name], ...more };
      use(wanted);
    },
    money(minor, currency) {
      const ofIso = /^[A-Z]{3}$/.test(currency) && decimals[currency] === undefined;
      const plain = new Intl.NumberFormat(locale, ofIso ? { style: 'currency', currency } : {});
      const digits = decimals[currency] ?? plain.resolvedOptions().maximumFractionDigits ?? 2;
      if (ofIso) return plain.format(`${minor}e-${digits}` as `${number}`);
      const exact = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      return `${new Intl.NumberFormat(locale, exact).format(`${minor}e-${digits}` as `${number}`)} ${currency}`;
    },
    date: (instant) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant)),
  };
}

/** Nothing for what is no locale: pages pass on what they were told. */
function canonicalOf(locale: string): string[] {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'));
  } catch {
    return [];
  }
}

/** A value of another direction does not turn the sentence around it (first strong isolate). */
const isolated = (value: string): string => `\u2068${value}\u2069`;
