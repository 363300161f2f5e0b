import { createRootRoute, createRoute } from '@tanstack/react-router';

/** Above everything: the frame with navigation. The app says how it looks. */
export const rootRoute = createRootRoute();

/** Where features hang their pages. */
export const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell' });
