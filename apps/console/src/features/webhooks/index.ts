import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./webhooks-page.tsx'), 'WebhooksPage'),
});

const webhookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/webhooks/$webhookId',
  validateSearch: searchOf('status', 'type', 'event'),
  component: lazyRouteComponent(() => import('./webhook/webhook-page.tsx'), 'WebhookPage'),
});

export const webhookRoutes = [webhooksRoute, webhookRoute] as const;
