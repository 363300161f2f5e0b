import type { KnownNames } from '@promosmith/core/content';
import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { Players } from '../players/index.ts';
import { createKnowledge, type LabelNames, namesOf } from './known.ts';
import { mountContent } from './routes.ts';
import { createLibrary } from './service.ts';

export type { ContentVersion } from './item.ts';
export type { LabelNames } from './known.ts';
export { type MessageValues, readerOf } from './reader.ts';
export { findContents, findContentVersion } from './store.ts';

export interface Content {
  /** The names that templates of the brand can count on, in content and elsewhere, such as in the body of a webhook. */
  names(brandId: string): Promise<KnownNames>;
}

/** The library of content: documents for each channel, in versions, linted and previewed. */
export function createContent(
  { db, http }: Platform,
  { brands, players, labelNames }: { brands: Brands; players: Players; labelNames: LabelNames },
): Content {
  const know = createKnowledge(players, labelNames);
  mountContent(http, db, { brands, know, library: createLibrary(db) });
  return { names: async (brandId) => namesOf(await know(brandId)) };
}
