import type { CSSProperties } from 'react';
import type { Colours } from '../document/types.ts';

/** Colours and corners for what is drawn inside. @param radius pixels. */
export const lookOf = ({ background, text, accent, onAccent }: Colours, radius: number): CSSProperties => ({
  ...({
    '--drawn-bg': background,
    '--drawn-fg': text,
    '--drawn-accent': accent,
    '--drawn-on-accent': onAccent,
    '--drawn-round': `${radius}px`,
  } as CSSProperties),
});

/** Of channels that have no colours of their own. */
export const PLAIN: Colours = {
  background: '#ffffff',
  text: '#1b1d28',
  accent: '#5b21b6',
  onAccent: '#ffffff',
};
