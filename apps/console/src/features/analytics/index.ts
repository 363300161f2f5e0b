import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/overview',
  validateSearch: searchOf('from', 'to'),
  component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
});

const performanceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/performance',
  validateSearch: searchOf('from', 'to', 'sort', 'order'),
  component: lazyRouteComponent(() => import('./performance/performance-page.tsx'), 'PerformancePage'),
});

export const analyticsRoutes = [overviewRoute, performanceRoute] as const;
