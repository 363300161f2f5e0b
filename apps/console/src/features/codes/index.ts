import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const codesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/codes',
  validateSearch: searchOf(
    'tab',
    'act',
    'campaignId',
    'batchId',
    'kind',
    'state',
    'holder',
    'last4',
    'status',
  ),
  component: lazyRouteComponent(() => import('./codes-page.tsx'), 'CodesPage'),
});

const codeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/codes/$codeId',
  validateSearch: searchOf('outcome'),
  component: lazyRouteComponent(() => import('./code/code-page.tsx'), 'CodePage'),
});

const batchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/code-batches/$batchId',
  validateSearch: searchOf('state', 'holder', 'last4'),
  component: lazyRouteComponent(() => import('./batch/batch-page.tsx'), 'BatchPage'),
});

export const codeRoutes = [codesRoute, codeRoute, batchRoute] as const;
