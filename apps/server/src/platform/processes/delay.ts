const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 30_000;

/** Milliseconds until a server process is replaced: none at first, ever more while one after the other ends at once. */
export const delayAfter = (shortLives: number): number =>
  shortLives === 0 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (shortLives - 1), LONGEST_DELAY_MS);
