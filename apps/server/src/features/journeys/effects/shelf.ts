import type { Queryable } from '../../../platform/db.ts';
import type { MessageRequest } from '../../channels/index.ts';
import { type ContentVersion, findContentVersion } from '../../content/index.ts';
import type { Book } from '../definitions/book.ts';
import type { Claim } from './effect.ts';

/** What messages of versions of journeys say: the version of their content that was published with them. */
export interface Shelf {
  find(
    claim: Claim<'message'>,
  ): Promise<{ readonly content: ContentVersion; readonly product: MessageRequest['product'] }>;
}

/** Most versions of content kept in memory; the one asked for longest ago goes first. */
const CAPACITY = 500;

export function createShelf(db: Queryable, book: Book): Shelf {
  const kept = new Map<string, ContentVersion>();
  return {
    async find({ brandId, journeyId, version, effect: { contentId } }) {
      const { contents, product } = await book.version(db, brandId, journeyId, version);
      const name = `${contentId}/${contents[contentId]}`;
      const content =
        kept.get(name) ?? (await findContentVersion(db, brandId, contentId, contents[contentId]));
      if (!content) throw new Error(`content ${name} of journey ${journeyId} is not there`);
      kept.delete(name);
      kept.set(name, content);
      const [oldest] = kept.keys();
      if (kept.size > CAPACITY && oldest !== undefined) kept.delete(oldest);
      return { content, product };
    },
  };
}
