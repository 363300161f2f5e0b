import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const cohortsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/cohorts',
  validateSearch: searchOf('by', 'of', 'measure', 'campaign', 'experiment'),
  component: lazyRouteComponent(() => import('./cohorts-page.tsx'), 'CohortsPage'),
});

export const cohortRoutes = [cohortsRoute] as const;
