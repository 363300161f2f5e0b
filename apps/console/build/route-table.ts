import type { Route } from '@promosmith/contract';
import { ALL_ROUTES } from '@promosmith/contract/routes';
import type { Plugin } from 'vite';

const NAME = 'virtual:route-table';

/**
 * Of a route what a browser must know to call it: the schemas stay behind, they are most of the contract. Every page
 * loads all of it, so that what nearly all routes have in common is left out.
 */
function entryOf({ method, path, streamBody, rawBody }: Route) {
  const bodyType = streamBody?.contentType ?? rawBody?.contentTypes[0];
  return { method, path, ...(bodyType === undefined ? {} : { bodyType }) };
}

/** Gives the console every route of the API by its id, as the contract has it. */
export const routeTable: Plugin = {
  name: 'route table',
  resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
  load: (id) =>
    id === `\0${NAME}`
      ? `export default ${JSON.stringify(Object.fromEntries(ALL_ROUTES.map((route) => [route.id, entryOf(route)])))}`
      : undefined,
};
