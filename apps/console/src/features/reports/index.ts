import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  component: lazyRouteComponent(() => import('./reports-page.tsx'), 'ReportsPage'),
});

const newRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/new',
  validateSearch: searchOf('kind', 'campaign'),
  component: lazyRouteComponent(() => import('./form/new-report-page.tsx'), 'NewReportPage'),
});

const reportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/$reportId',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./report/report-page.tsx'), 'ReportPage'),
});

const editRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/$reportId/edit',
  component: lazyRouteComponent(() => import('./form/edit-report-page.tsx'), 'EditReportPage'),
});

export const reportRoutes = [listRoute, newRoute, reportRoute, editRoute] as const;
