import { maskCode } from '@promosmith/core/codes';

const DOTS = maskCode('');

/** The symbols a mask leaves visible: what is stored beside an encrypted code. */
export const lastSymbols = (text: string): string => maskCode(text).slice(DOTS.length);

/** The mask again, from what is stored. */
export const masked = (symbols: string): string => `${DOTS}${symbols}`;
