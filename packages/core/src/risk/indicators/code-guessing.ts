import { GUESSES_PER_PLAYER } from '../guessing.ts';
import type { Indicator } from '../indicator.ts';
import type { RiskKnown } from '../known.ts';

/** Counts on after the lock-out, which refuses by itself while it lasts. */
export const codeGuessing: Indicator<RiskKnown> = {
  name: 'code_guessing',
  version: 1,
  points: 40,
  reach: 'decline',
  describe: 'The player was locked out for trying unknown codes within the last day.',
  find: ({ guessing: { misses, lockouts } }) =>
    lockouts > 0 || misses >= GUESSES_PER_PLAYER ? { misses, lockouts } : null,
};
