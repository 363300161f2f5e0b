import type { Colours, PopupTheme } from '../document/documents.ts';

const DARK = { background: '#14161f', text: '#f4f5fa' } as const;
const LIGHT = { background: '#ffffff', text: '#1b1d28' } as const;

/** Each with at least 4.5:1 between text and what is behind it, as the linter asks. */
const ACCENTS = {
  violet: { light: ['#6d28d9', '#ffffff'], dark: ['#c4b5fd', '#1b1d28'] },
  amber: { light: ['#b45309', '#ffffff'], dark: ['#fbbf24', '#1b1d28'] },
  red: { light: ['#be123c', '#ffffff'], dark: ['#fda4af', '#1b1d28'] },
  green: { light: ['#047857', '#ffffff'], dark: ['#6ee7b7', '#1b1d28'] },
  blue: { light: ['#1d4ed8', '#ffffff'], dark: ['#93c5fd', '#1b1d28'] },
} as const;

type Accent = keyof typeof ACCENTS;

const withAccent = (
  base: typeof DARK | typeof LIGHT,
  [accent, onAccent]: readonly [string, string],
): Colours => ({
  ...base,
  accent,
  onAccent,
});

export const coloursOf = (accent: Accent): Colours => withAccent(LIGHT, ACCENTS[accent].light);

export const themeOf = (accent: Accent, position: PopupTheme['position']): PopupTheme => ({
  light: coloursOf(accent),
  dark: withAccent(DARK, ACCENTS[accent].dark),
  radius: 16,
  position,
});
