import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const libraryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/content',
  validateSearch: searchOf('channel', 'name', 'archived'),
  component: lazyRouteComponent(() => import('./list/library-page.tsx'), 'LibraryPage'),
});

const newRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/content/new',
  validateSearch: searchOf('channel', 'template'),
  component: lazyRouteComponent(() => import('./list/new-content-page.tsx'), 'NewContentPage'),
});

const contentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/content/$contentId',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./item/content-page.tsx'), 'ContentPage'),
});

export const contentRoutes = [libraryRoute, newRoute, contentRoute] as const;
