import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const propertiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/properties',
  validateSearch: searchOf('tab', 'source', 'find', 'event'),
  component: lazyRouteComponent(() => import('./properties-page.tsx'), 'PropertiesPage'),
});

export const propertyRoutes = [propertiesRoute] as const;
