import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const cashbackRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/cashback',
  validateSearch: searchOf('tab', 'player', 'campaign', 'state'),
  component: lazyRouteComponent(() => import('./cashback-page.tsx'), 'CashbackPage'),
});

export const cashbackRoutes = [cashbackRoute] as const;
