import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const labelsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/labels',
  validateSearch: searchOf('kind', 'archived'),
  component: lazyRouteComponent(() => import('./labels-page.tsx'), 'LabelsPage'),
});

const labelRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/labels/$labelName',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./label/label-page.tsx'), 'LabelPage'),
});

export const labelRoutes = [labelsRoute, labelRoute] as const;
