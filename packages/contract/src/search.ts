import { z } from 'zod';
import { defineRoute } from './route.ts';

/** In the order in which they are answered. */
export const SEARCH_KINDS = [
  'player',
  'code',
  'campaign',
  'activation',
  'grant',
  'journey',
  'content',
  'label',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** Something that was found, with what its page is opened by. */
export const SearchHit = z.object({
  kind: z.enum(SEARCH_KINDS),
  id: z.string().describe("What the kind's own operations take: the platform's own id of a player"),
  title: z.string().describe('Codes are masked'),
  detail: z.string().nullable().describe('Its state; the kind of a grant; the e-mail address of a player'),
  player: z.string().nullable().describe("The platform's own id of the player it is of"),
  campaignId: z.string().nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const search = defineRoute({
  id: 'search',
  method: 'POST',
  path: '/v1/search',
  tag: 'Search',
  summary: 'Find a thing of any kind by name, id or code',
  description:
    'Campaigns, journeys, content and label tags by a part of their name, whatever its case; players by the beginning of their id or their e-mail address; codes by their text; all but players by their id as well. Kinds that the caller may not read are left out. At most five of a kind, the best first; of names, the 5,000 newest of a kind are looked through. A POST, so that codes stay out of access logs.',
  access: { permission: 'brands:read' },
  body: z.strictObject({ q: z.string().trim().min(1).max(128) }),
  success: { 200: z.object({ items: z.array(SearchHit) }) },
});
