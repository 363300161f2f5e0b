import { z } from 'zod';
import { Instant } from './common.ts';
import { defineRoute } from './route.ts';

/** Most of one member of staff in one brand. */
export const MOST_SAVED_VIEWS = 50;

const Page = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'the key of a page, such as activations')
  .describe('Of the page whose list it is, such as `activations`');
const Name = z
  .string()
  .trim()
  .min(1)
  .max(64)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  .regex(/^[^\u0000-\u001f\u007f]+$/, 'printable characters only');
const Query = z
  .string()
  .max(2048)
  .regex(/^[\x21-\x7e]*$/, 'the search string of an address, escaped as there')
  .describe('The search string of the page’s address, without its question mark');

/** Filters of a list, kept under a name by one member of staff for one brand. */
export const SavedView = z.object({ page: Page, name: Name, query: Query, updatedAt: Instant });
export type SavedView = z.infer<typeof SavedView>;

const own = { tag: 'Staff', access: { permission: 'brands:read' } } as const;
const one = {
  ...own,
  path: '/v1/me/views/:page/:name',
  params: z.object({ page: Page, name: Name }),
} as const;

export const listSavedViews = defineRoute({
  ...own,
  id: 'listSavedViews',
  method: 'GET',
  path: '/v1/me/views',
  summary: 'Your saved views, by page and name',
  description: 'Fifty at most; an API key has none.',
  query: z.strictObject({ page: Page.optional() }),
  success: { 200: z.object({ items: z.array(SavedView) }) },
});

export const putSavedView = defineRoute({
  ...one,
  id: 'putSavedView',
  method: 'PUT',
  summary: 'Save a view, or replace the one of that name',
  body: z.strictObject({ query: Query }),
  success: { 200: SavedView },
});

export const deleteSavedView = defineRoute({
  ...one,
  id: 'deleteSavedView',
  method: 'DELETE',
  summary: 'Forget a saved view',
  success: { 204: null },
  problems: [404],
});
