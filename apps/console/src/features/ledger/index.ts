import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const transactionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/transactions',
  validateSearch: searchOf(
    'tab',
    'player',
    'campaign',
    'bonus',
    'kind',
    'from',
    'to',
    'state',
    'transaction',
    'case',
    'job',
  ),
  component: lazyRouteComponent(() => import('./transactions-page.tsx'), 'TransactionsPage'),
});

export const ledgerRoutes = [transactionsRoute] as const;
