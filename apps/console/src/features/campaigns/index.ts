import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf, shellRoute } from '../../routing/index.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/campaigns',
  validateSearch: searchOf('status', 'name', 'group'),
  component: lazyRouteComponent(() => import('./list/campaigns-page.tsx'), 'CampaignsPage'),
});

const newRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/campaigns/new',
  validateSearch: searchOf('copy', 'step'),
  component: lazyRouteComponent(() => import('./editor/new-campaign-page.tsx'), 'NewCampaignPage'),
});

const campaignRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/campaigns/$campaignId',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./detail/campaign-page.tsx'), 'CampaignPage'),
});

const editRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/campaigns/$campaignId/edit',
  validateSearch: searchOf('step'),
  component: lazyRouteComponent(() => import('./editor/edit-campaign-page.tsx'), 'EditCampaignPage'),
});

export const campaignRoutes = [listRoute, newRoute, campaignRoute, editRoute] as const;
