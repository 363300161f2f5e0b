import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const journeysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/journeys',
  validateSearch: searchOf('status', 'name'),
  component: lazyRouteComponent(() => import('./list/journeys-page.tsx'), 'JourneysPage'),
});

const journeyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/journeys/$journeyId',
  validateSearch: searchOf('tab', 'version', 'from', 'to', 'status', 'node', 'player', 'test', 'days'),
  component: lazyRouteComponent(() => import('./journey/journey-page.tsx'), 'JourneyPage'),
});

const editorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/journeys/$journeyId/edit',
  component: lazyRouteComponent(() => import('./editor/editor-page.tsx'), 'EditorPage'),
});

const enrolmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/journeys/$journeyId/enrolments/$enrolmentId',
  component: lazyRouteComponent(() => import('./enrolment/enrolment-page.tsx'), 'EnrolmentPage'),
});

export const journeyRoutes = [journeysRoute, journeyRoute, editorRoute, enrolmentRoute] as const;
