import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const messagesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/messages',
  validateSearch: searchOf('player', 'channel', 'state', 'message'),
  component: lazyRouteComponent(() => import('./messages-page.tsx'), 'MessagesPage'),
});

export const messageRoutes = [messagesRoute] as const;
