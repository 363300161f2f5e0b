import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/experiments',
  validateSearch: searchOf('status'),
  component: lazyRouteComponent(() => import('./experiments-page.tsx'), 'ExperimentsPage'),
});

const newRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/experiments/new',
  component: lazyRouteComponent(() => import('./form/new-experiment-page.tsx'), 'NewExperimentPage'),
});

const experimentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/experiments/$experimentId',
  component: lazyRouteComponent(() => import('./experiment/experiment-page.tsx'), 'ExperimentPage'),
});

export const experimentRoutes = [listRoute, newRoute, experimentRoute] as const;
