import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const bonusesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/bonuses',
  validateSearch: searchOf(
    'tab',
    'player',
    'campaign',
    'status',
    'kind',
    'from',
    'to',
    'state',
    'target',
    'operation',
    'provider',
    'delivery',
  ),
  component: lazyRouteComponent(() => import('./bonuses-page.tsx'), 'BonusesPage'),
});

const bonusRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/bonuses/$grantId',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./bonus-page.tsx'), 'BonusPage'),
});

export const bonusRoutes = [bonusesRoute, bonusRoute] as const;
