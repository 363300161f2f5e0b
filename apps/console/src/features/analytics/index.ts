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

const campaignRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/performance/$campaignId',
  validateSearch: searchOf('from', 'to', 'compare', 'in', 'by', 'line'),
  component: lazyRouteComponent(() => import('./campaign/campaign-page.tsx'), 'CampaignPerformancePage'),
});

const rowsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/performance/$campaignId/rows',
  validateSearch: searchOf('from', 'to', 'measure', 'currency', 'detail', 'by', 'value', 'only', 'name'),
  component: lazyRouteComponent(() => import('./rows/rows-page.tsx'), 'RowsPage'),
});

export const analyticsRoutes = [overviewRoute, performanceRoute, campaignRoute, rowsRoute] as const;
