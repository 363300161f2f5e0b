import type { AttentionItem } from '@promosmith/contract';
import { useRead } from '../../api/index.ts';

const LOOK_MS = 30_000;

/** What waits for whoever is signed in; undefined until it is known. */
export const useAttention = (): readonly AttentionItem[] | undefined =>
  useRead('getAttention', {}, { every: LOOK_MS }).data?.items;
