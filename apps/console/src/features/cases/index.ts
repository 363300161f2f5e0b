import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const deskRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/fraud',
  component: lazyRouteComponent(() => import('./desk/desk-page.tsx'), 'DeskPage'),
});

const casesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/cases',
  validateSearch: searchOf('whose', 'state', 'kind', 'minPriority', 'player', 'campaignId', 'codeId'),
  component: lazyRouteComponent(() => import('./queue/cases-page.tsx'), 'CasesPage'),
});

const caseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/cases/$caseId',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./case/case-page.tsx'), 'CasePage'),
});

export const caseRoutes = [deskRoute, casesRoute, caseRoute] as const;
