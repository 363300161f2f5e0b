import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const ratesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/currency-rates',
  validateSearch: searchOf('currency', 'rate'),
  component: lazyRouteComponent(() => import('./rates-page.tsx'), 'RatesPage'),
});

export const rateRoutes = [ratesRoute] as const;
