import { createRoute, createRouter, Navigate } from '@tanstack/react-router';
import { BRAND, homeOf } from '../api/index.ts';
import { accountRoutes } from '../features/account/index.ts';
import { ErrorBox, Skeletons } from '../kit/index.ts';
import { rootRoute, shellRoute } from '../routing/index.ts';
import { useMember } from '../session/index.ts';
import { NotFound } from './not-found.tsx';
import { deskOf } from './shell/navigation.ts';
import { Shell } from './shell/shell.tsx';

function Desk() {
  const { role } = useMember();
  return <Navigate to={deskOf(role)} replace />;
}

const deskRoute = createRoute({ getParentRoute: () => shellRoute, path: '/', component: Desk });

shellRoute.update({ component: Shell });
rootRoute.update({ notFoundComponent: NotFound });

const routeTree = rootRoute.addChildren([shellRoute.addChildren([deskRoute, ...accountRoutes])]);

/** Every page of the console, under the brand of the address. */
export const router = createRouter({
  routeTree,
  basepath: BRAND === undefined ? import.meta.env.BASE_URL : homeOf(BRAND),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: () => <Skeletons />,
  defaultErrorComponent: ({ error, reset }) => (
    <ErrorBox error={error instanceof Error ? error : new Error(String(error))} again={reset} />
  ),
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
