import { type Finding, type KnownNames, lintDocument } from '@promosmith/core/content';
import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { Players } from '../players/index.ts';
import type { ContentVersion } from './item.ts';
import { createKnowledge, type LabelNames, namesOf } from './known.ts';
import { mountContent } from './routes.ts';
import { createLibrary } from './service.ts';

export type { ContentVersion } from './item.ts';
export type { LabelNames } from './known.ts';
export { type MessageValues, readerOf } from './reader.ts';
export { findContentVersion } from './store.ts';

export interface Content {
  /** What there is to say of content before it is sent: errors keep a journey that sends it from being published. */
  lint(content: ContentVersion, brandId: string, event?: readonly string[]): Promise<readonly Finding[]>;
  /** The names that templates of the brand can count on, for what is a template and no document, such as a webhook's body. */
  names(brandId: string, event?: readonly string[]): Promise<KnownNames>;
}

/** The library of content: documents for each channel, in versions, linted and previewed. */
export function createContent(
  { db, http }: Platform,
  { brands, players, labelNames }: { brands: Brands; players: Players; labelNames: LabelNames },
): Content {
  const know = createKnowledge(players, labelNames);
  mountContent(http, db, { brands, know, library: createLibrary(db) });
  const names: Content['names'] = async (brandId, event) => namesOf(await know(brandId), event);
  return {
    names,
    lint: async ({ document }, brandId, event) => lintDocument(document, await names(brandId, event)),
  };
}
