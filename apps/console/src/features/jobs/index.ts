import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  validateSearch: searchOf('status', 'job'),
  component: lazyRouteComponent(() => import('./jobs-page.tsx'), 'JobsPage'),
});

export const jobRoutes = [listRoute] as const;
