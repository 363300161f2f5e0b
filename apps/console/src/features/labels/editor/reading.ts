/** What a test run says, as people take it. */

import type { Answer } from '../../../api/index.ts';

type Run = Answer<'testLabelFunction'>;
type Problem = Run['problems'][number];

/** The line a problem is in, from 1: `label.promo_code: line 3: …`. */
export function lineOf({ message }: Problem): number | undefined {
  const found = /^label\.[a-z0-9_]+: line (\d+): /.exec(message)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The message without the name that stands above it anyway. */
export const bareMessage = ({ message }: Problem): string => message.replace(/^label\.[a-z0-9_]+: /, '');

/** Bits of the likeliest values below which codes are guessed, or repeat, in no time. */
const WEAK_BITS = 20;
const GOOD_BITS = 40;

export type Strength = 'same' | 'weak' | 'fair' | 'good';

/** How much the values are worth as codes that nobody should guess. */
export function strengthOf({ guessBits, collisionBits }: NonNullable<Run['randomness']>): Strength {
  const bits = Math.min(guessBits, collisionBits);
  if (bits < 1) return 'same';
  if (bits < WEAK_BITS) return 'weak';
  return bits < GOOD_BITS ? 'fair' : 'good';
}
