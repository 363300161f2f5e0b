/** Kinds of gambling that regulators tell apart. */
export const PRODUCTS = ['betting', 'casino', 'bingo', 'lottery'] as const;
