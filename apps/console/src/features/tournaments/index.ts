import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const tournamentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tournaments',
  validateSearch: searchOf('tab', 'key', 'status', 'player'),
  component: lazyRouteComponent(() => import('./tournaments-page.tsx'), 'TournamentsPage'),
});

const tournamentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tournaments/$tournamentId',
  validateSearch: searchOf('status', 'player'),
  component: lazyRouteComponent(() => import('./tournament/tournament-page.tsx'), 'TournamentPage'),
});

const drawRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/draws/$drawId',
  component: lazyRouteComponent(() => import('./draw/draw-page.tsx'), 'DrawPage'),
});

export const tournamentRoutes = [tournamentsRoute, tournamentRoute, drawRoute] as const;
