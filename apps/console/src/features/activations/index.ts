import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const activationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activations',
  validateSearch: searchOf('outcome', 'key', 'player', 'campaignId', 'codeId', 'from', 'to'),
  component: lazyRouteComponent(() => import('./list/activations-page.tsx'), 'ActivationsPage'),
});

const activationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activations/$activationId',
  component: lazyRouteComponent(() => import('./explanation/activation-page.tsx'), 'ActivationPage'),
});

export const activationRoutes = [activationsRoute, activationRoute] as const;
