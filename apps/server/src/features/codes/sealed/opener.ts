import {
  type CodePattern,
  createSealedBatch,
  keyOf,
  type NormalisedCode,
  type SealedBatch,
} from '@promosmith/core/codes';
import { parse } from 'uuid';
import type { Database } from '../../../platform/db.ts';
import { createFreshCache } from '../../../platform/fresh-cache.ts';
import type { Secrets } from '../../../platform/secrets.ts';
import { codeKey } from '../code-key.ts';
import { type PatternChoice, readPattern } from '../generation/pattern.ts';
import { listSealed, type SealedBatchRecord } from '../store/sealed.ts';
import type { SealedCode } from './code.ts';

const MAX_AGE_MS = 1000;
const CAPACITY = 1000;

/** A sealed batch under its key. @throws when its pattern was never checked. */
export function openBatch(
  secrets: Secrets,
  batchId: string,
  size: number,
  choice: PatternChoice,
): { pattern: CodePattern; codes: SealedBatch } {
  const pattern = readPattern(choice);
  if (!pattern.ok) throw new Error(`the pattern of batch ${batchId} is refused: ${pattern.refusal.message}`);
  const codes = createSealedBatch(
    pattern.value,
    size,
    secrets.key(`sealed batch ${batchId}`),
    parse(batchId),
  );
  if (!codes.ok) throw new Error(`batch ${batchId} cannot be sealed: ${codes.refusal.message}`);
  return { pattern: pattern.value, codes: codes.value };
}

export interface SealedOpener {
  /**
   * The code of a sealed batch a typed text is, if it is one. Batches are known as they were at most a second ago; a
   * text of another shape, or with a wrong check symbol, costs next to nothing.
   */
  open(brandId: string, typed: NormalisedCode): Promise<SealedCode | undefined>;
  /** Codes of one batch by their indexes. */
  codesAt(batch: SealedBatchRecord, indexes: readonly number[]): SealedCode[];
}

export function createSealedOpener(db: Database, secrets: Secrets): SealedOpener {
  const opened = new Map<string, ReturnType<typeof openBatch>>();
  const batches = createFreshCache({
    maxAgeMs: MAX_AGE_MS,
    capacity: CAPACITY,
    load: (brandId: string) => listSealed(db, brandId),
  });

  function opening({ batchId, size, pattern, alphabet }: SealedBatchRecord) {
    const found = opened.get(batchId) ?? openBatch(secrets, batchId, size, { pattern, alphabet });
    opened.set(batchId, found);
    return found;
  }

  const codeOf = (batch: SealedBatchRecord, index: number, key: string, text: string): SealedCode => ({
    codeKey: codeKey(secrets, batch.brandId, key),
    brandId: batch.brandId,
    campaignId: batch.campaignId,
    batchId: batch.batchId,
    index,
    text,
    disabled: batch.status === 'disabled',
    startsAt: batch.startsAt,
    endsAt: batch.endsAt,
    createdAt: batch.createdAt,
  });

  return {
    async open(brandId, typed) {
      for (const batch of (await batches.get(brandId)) ?? []) {
        const { pattern, codes } = opening(batch);
        const index = codes.indexOf(typed);
        if (index !== undefined) return codeOf(batch, index, keyOf(pattern, typed), codes.codeAt(index).text);
      }
      return undefined;
    },
    codesAt: (batch, indexes) =>
      indexes.map((index) => {
        const { key, text } = opening(batch).codes.codeAt(index);
        return codeOf(batch, index, key, text);
      }),
  };
}
