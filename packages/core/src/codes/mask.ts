import { foldText } from './fold-text.ts';

const SHOWN = 4;

/**
 * A code as staff see it: the last four symbols, and of a code shorter than eight at most half, so that a mask
 * never gives a code away. Separators are not symbols: `SPRING-7K2M-9XQ4` → `••••9XQ4`.
 */
export function maskCode(text: string): string {
  const symbols = [...foldText(text)];
  const shown = Math.min(SHOWN, Math.floor(symbols.length / 2));
  return `••••${symbols.slice(symbols.length - shown).join('')}`;
}
