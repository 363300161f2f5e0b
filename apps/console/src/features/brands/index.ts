import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const brandRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/brand',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./brand/brand-page.tsx'), 'BrandPage'),
});

const policiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies',
  component: lazyRouteComponent(() => import('./policies/policies-page.tsx'), 'PoliciesPage'),
});

export const brandRoutes = [brandRoute, policiesRoute] as const;
