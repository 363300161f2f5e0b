import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const listsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/risk-lists',
  validateSearch: searchOf('list', 'kind', 'player'),
  component: lazyRouteComponent(() => import('./lists/lists-page.tsx'), 'ListsPage'),
});

const linksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/links',
  validateSearch: searchOf('player'),
  component: lazyRouteComponent(() => import('./links/links-page.tsx'), 'LinksPage'),
});

const weightsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/risk-weights',
  validateSearch: searchOf('tab', 'from', 'to'),
  component: lazyRouteComponent(() => import('./weights/weights-page.tsx'), 'WeightsPage'),
});

export const riskRoutes = [listsRoute, linksRoute, weightsRoute] as const;
