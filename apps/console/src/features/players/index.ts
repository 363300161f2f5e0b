import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const playersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/players',
  validateSearch: searchOf('q'),
  component: lazyRouteComponent(() => import('./players-page.tsx'), 'PlayersPage'),
});

const playerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/players/$externalId',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./player/player-page.tsx'), 'PlayerPage'),
});

export const playerRoutes = [playersRoute, playerRoute] as const;
