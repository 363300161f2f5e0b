import { ok, type Result, refuse } from '@promosmith/core';
import { type CodePattern, createSealedBatch } from '@promosmith/core/codes';
import type { Queryable } from '../../../platform/db.ts';
import { readPattern } from '../generation/pattern.ts';
import { patternsOf } from '../store/sealed.ts';
import { patternsOverlap } from './overlap.ts';

const ANY_KEY = new Uint8Array(32);

/** Whether a pattern has symbols enough for a sealed batch of so many codes: the cipher asks for a million possible ones. */
export const checkSealable = (pattern: CodePattern, count: number): Result<unknown> =>
  createSealedBatch(pattern, count, ANY_KEY, ANY_KEY);

/**
 * Whether no sealed batch of the brand makes codes of this pattern too; for a sealed batch, whether no batch does at all.
 */
export async function checkOwnPattern(
  tx: Queryable,
  brandId: string,
  pattern: CodePattern,
  isSealed: boolean,
): Promise<Result<unknown>> {
  for (const { sealed, ...choice } of await patternsOf(tx, brandId)) {
    if (!sealed && !isSealed) continue;
    const other = readPattern(choice);
    if (!other.ok || !patternsOverlap(pattern, other.value)) continue;
    return refuse(
      'pattern_taken',
      'Another batch makes codes of this pattern, and one of the two is sealed.',
      [
        {
          field: 'pattern',
          reason: `can make the same codes as ${choice.pattern}, which a batch has`,
          fix: 'begin it with a text of its own',
        },
      ],
    );
  }
  return ok(undefined);
}
