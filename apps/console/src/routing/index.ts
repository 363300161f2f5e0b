export { oneOf, type SearchOf, searchOf, useFilters } from './search.ts';
export { rootRoute, shellRoute } from './shell-route.ts';
