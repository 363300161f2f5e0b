import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const watchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/code-watch',
  validateSearch: searchOf('tab', 'campaignId'),
  component: lazyRouteComponent(() => import('./list/watch-page.tsx'), 'WatchPage'),
});

const codeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/code-watch/$codeId',
  component: lazyRouteComponent(() => import('./code/code-page.tsx'), 'CodePage'),
});

export const codeWatchRoutes = [watchRoute, codeRoute] as const;
