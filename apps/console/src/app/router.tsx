import { createRoute, createRouter, Navigate } from '@tanstack/react-router';
import { BRAND, homeOf } from '../api/index.ts';
import { accountRoutes } from '../features/account/index.ts';
import { activationRoutes } from '../features/activations/index.ts';
import { analyticsRoutes } from '../features/analytics/index.ts';
import { approvalRoutes } from '../features/approvals/index.ts';
import { auditRoutes } from '../features/audit/index.ts';
import { bonusRoutes } from '../features/bonuses/index.ts';
import { brandRoutes } from '../features/brands/index.ts';
import { campaignRoutes } from '../features/campaigns/index.ts';
import { caseRoutes } from '../features/cases/index.ts';
import { cashbackRoutes } from '../features/cashback/index.ts';
import { codeRoutes } from '../features/codes/index.ts';
import { codeWatchRoutes } from '../features/codewatch/index.ts';
import { cohortRoutes } from '../features/cohorts/index.ts';
import { contentRoutes } from '../features/content/index.ts';
import { experimentRoutes } from '../features/experiments/index.ts';
import { integrationRoutes } from '../features/integrations/index.ts';
import { jobRoutes } from '../features/jobs/index.ts';
import { journeyRoutes } from '../features/journeys/index.ts';
import { labelRoutes } from '../features/labels/index.ts';
import { ledgerRoutes } from '../features/ledger/index.ts';
import { messageRoutes } from '../features/messages/index.ts';
import { playerRoutes } from '../features/players/index.ts';
import { propertyRoutes } from '../features/properties/index.ts';
import { rateRoutes } from '../features/rates/index.ts';
import { reportRoutes } from '../features/reports/index.ts';
import { riskRoutes } from '../features/risk/index.ts';
import { simulationRoutes } from '../features/simulations/index.ts';
import { staffRoutes } from '../features/staff/index.ts';
import { systemRoutes } from '../features/system/index.ts';
import { tournamentRoutes } from '../features/tournaments/index.ts';
import { webhookRoutes } from '../features/webhooks/index.ts';
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

shellRoute.update({ component: Shell });
const deskRoute = createRoute({ getParentRoute: () => shellRoute, path: '/', component: Desk });
const noRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound });

const routeTree = rootRoute.addChildren([
  shellRoute.addChildren([
    deskRoute,
    noRoute,
    ...accountRoutes,
    ...activationRoutes,
    ...analyticsRoutes,
    ...approvalRoutes,
    ...auditRoutes,
    ...bonusRoutes,
    ...brandRoutes,
    ...campaignRoutes,
    ...caseRoutes,
    ...cashbackRoutes,
    ...codeRoutes,
    ...codeWatchRoutes,
    ...cohortRoutes,
    ...contentRoutes,
    ...experimentRoutes,
    ...integrationRoutes,
    ...jobRoutes,
    ...journeyRoutes,
    ...labelRoutes,
    ...ledgerRoutes,
    ...messageRoutes,
    ...playerRoutes,
    ...propertyRoutes,
    ...rateRoutes,
    ...riskRoutes,
    ...reportRoutes,
    ...simulationRoutes,
    ...staffRoutes,
    ...systemRoutes,
    ...tournamentRoutes,
    ...webhookRoutes,
  ]),
]);

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
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
