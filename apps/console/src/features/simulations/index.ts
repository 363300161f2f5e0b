import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/simulations',
  validateSearch: searchOf('campaign'),
  component: lazyRouteComponent(() => import('./simulations-page.tsx'), 'SimulationsPage'),
});

const simulationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/simulations/$simulationId',
  component: lazyRouteComponent(() => import('./simulation/simulation-page.tsx'), 'SimulationPage'),
});

export const simulationRoutes = [listRoute, simulationRoute] as const;
