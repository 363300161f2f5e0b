import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Route } from '@promosmith/contract';
import { createActivations, type Reviews } from './features/activations/index.ts';
import { type Analytics, createAnalytics } from './features/analytics/index.ts';
import { createApprovals } from './features/approvals/index.ts';
import { createAttentionList } from './features/attention/index.ts';
import { createAudit } from './features/audit/index.ts';
import { createBonusDesk } from './features/bonusdesk/index.ts';
import { createBonuses } from './features/bonuses/index.ts';
import { type Brands, createBrands } from './features/brands/index.ts';
import { type Campaigns, createCampaigns } from './features/campaigns/index.ts';
import { createCaseDesk } from './features/casedesk/index.ts';
import { createCashback } from './features/cashback/index.ts';
import { type Channels, createChannels } from './features/channels/index.ts';
import { type CodesService, createCodes } from './features/codes/index.ts';
import { createCodeWatch } from './features/codewatch/index.ts';
import { type Cohorts, createCohorts } from './features/cohorts/index.ts';
import { createContent } from './features/content/index.ts';
import { createEngines } from './features/engines/index.ts';
import { createEvents } from './features/events/index.ts';
import { createExperiments } from './features/experiments/index.ts';
import { createFreeSpins, type Providers } from './features/freespins/index.ts';
import { counterpartTold, createFunds } from './features/funds/index.ts';
import { createJourneys, type Journeys } from './features/journeys/index.ts';
import { createLabels, type Labels } from './features/labels/index.ts';
import { createLedger } from './features/ledger/index.ts';
import { createPlayers, excludedPlayers, playerEvents } from './features/players/index.ts';
import { createProperties } from './features/properties/index.ts';
import { createReports, type Reports } from './features/reports/index.ts';
import { createRisk } from './features/risk/index.ts';
import { createSearch } from './features/search/index.ts';
import { createSimulations } from './features/simulations/index.ts';
import { createSpecials, type Specials } from './features/specials/index.ts';
import { createStaff, type Staff } from './features/staff/index.ts';
import { createSystem } from './features/system/index.ts';
import { createTournaments, type Tournaments } from './features/tournaments/index.ts';
import { createWallet } from './features/wallet/index.ts';
import { createWebhooks } from './features/webhooks/index.ts';
import { seal } from './platform/chain.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db.ts';
import { mountConsole } from './platform/http/console.ts';
import { mountReference } from './platform/http/reference.ts';
import { createHttpServer } from './platform/http/server.ts';
import { mountSystemRoutes } from './platform/http/system.ts';
import { mountWidget } from './platform/http/widget.ts';
import { createJobs } from './platform/jobs/index.ts';
import { bindToKey } from './platform/key-check.ts';
import { createLog } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import type { Platform } from './platform/platform.ts';
import { isServerProcess } from './platform/processes/index.ts';
import { openSecrets } from './platform/secrets.ts';
import { createSetAsides } from './platform/set-aside.ts';
import { createTicker } from './platform/ticker.ts';
import { VERSION } from './platform/version.ts';

const SEAL_EVERY_MS = 100;
/** So many requests that change something at once, and what may be late steps back. */
const BUSY_CHANGES = 16;
/** Made by `apps/console/build`. */
const CONSOLE = fileURLToPath(new URL('../../console/dist', import.meta.url));
/** Made by `apps/widget/build`. */
const WIDGET = fileURLToPath(new URL('../../widget/dist/widget.js', import.meta.url));

export interface App {
  /** The faces that the command line, the demo and the tests' set-up use. */
  readonly analytics: Analytics;
  readonly biReaders: Reports['readers'];
  readonly brands: Brands;
  readonly campaigns: Campaigns;
  readonly channels: Channels;
  readonly codes: CodesService;
  readonly cohorts: Pick<Cohorts, 'count' | 'recount' | 'refresh'>;
  readonly freeRoundProviders: Providers;
  readonly draws: Specials['draws'];
  readonly journeys: Pick<Journeys, 'enrolments' | 'hear'>;
  readonly labels: Labels;
  readonly reviews: Reviews;
  readonly staff: Staff;
  readonly tournaments: Tournaments;
  /** Every route of the contract that is mounted. */
  readonly routes: readonly Route[];
  /** @returns the base URL it listens on. */
  listen(): Promise<string>;
  /** Does all that is due, as the background work would by and by, and waits for what it set off. */
  catchUp(except?: readonly string[]): Promise<void>;
  /** Waits for what requests and background work have set off here. */
  settle(): Promise<void>;
  /** Stops taking requests, finishes those under way and the background work, in that order. */
  close(): Promise<void>;
}

/**
 * The one composition root: builds every feature from the platform, in the order of the imports.
 * @throws WrongSecretKeyError when the database was made with another secret key.
 */
export async function createApp(config: Config, db: Database): Promise<App> {
  const log = createLog(config.logLevel);
  const secrets = openSecrets(config.secretKey);
  await bindToKey(db, secrets);
  const ticker = createTicker(log, {
    looksForWork: config.backgroundWork,
    isBusy: () => http.changesUnderWay() > BUSY_CHANGES,
  });
  if (isServerProcess && config.backgroundWork) log.info('this process does the work in the background');
  const metrics = createMetrics();
  let draining = false;
  const http = createHttpServer({
    log,
    metrics,
    trustProxy: config.trustProxy,
    https: config.publicUrl.startsWith('https:'),
    corsOrigins: config.corsOrigins,
    authenticate: (request, access) => staff.authenticate(request, access),
  });
  const setAside = createSetAsides({ log, metrics });
  const platform: Platform = { config, db, http, log, metrics, secrets, setAside, ticker };

  mountSystemRoutes(http.fastify, { db, metrics, isDraining: () => draining });
  mountReference(http.fastify, { version: VERSION, serverUrl: config.publicUrl });
  mountConsole(http.fastify, CONSOLE);
  mountWidget(http.fastify, { file: WIDGET, publicUrl: config.publicUrl });

  const jobs = createJobs(platform);
  const brands = createBrands(platform);
  const staff = createStaff(platform, brands);
  const approvals = createApprovals(platform, brands, staff);
  const players = createPlayers(platform, brands);
  const events = createEvents(platform, brands);
  const properties = createProperties(platform, events);
  createLedger(platform, jobs);
  const bonuses = createBonuses(platform);
  const campaigns = createCampaigns(platform, { brands, approvals, players });
  const codes = createCodes(platform, { brands, approvals, jobs });
  const engines = createEngines(platform, { brands, bonuses });
  const freeSpins = createFreeSpins(platform, { bonuses, brands, campaigns });
  const tournaments = createTournaments(platform, campaigns);
  const specials = createSpecials(platform, { bonuses, campaigns });
  createCashback(platform, { bonuses, brands });
  const risk = createRisk(platform, jobs);
  const activations = createActivations(platform, { bonuses, brands, players, risk });
  const bonusDesk = createBonusDesk(platform, {
    ...{ activations, approvals, bonuses, brands },
    kindEndings: { free_spins: freeSpins.cancel },
  });
  const { takeBacks } = createCaseDesk(platform, { activations, approvals, codes, jobs, risk });
  createCodeWatch(platform, { approvals, codes, jobs, takeBacks });
  const labels = createLabels(platform, { brands, codes, players });
  const content = createContent(platform, { brands, players, labelNames: labels.names });
  const channels = createChannels(platform, { brands, events, properties });
  const journeys = createJourneys(platform, {
    bonusDesk,
    brands,
    channels,
    codes,
    content,
    jobs,
    labels,
    players,
  });
  const webhooks = createWebhooks(platform, brands);
  const analytics = createAnalytics(platform, brands);
  const cohorts = createCohorts(platform, brands);
  const experiments = createExperiments(platform, { brands, cohorts });
  const reports = createReports(platform, { brands, channels, cohorts, experiments });
  createSimulations(platform, { brands, jobs });
  createAudit(platform);
  createSearch(platform, codes);
  createAttentionList(platform, staff);
  createSystem(platform);

  bonuses.returnBudgetsBy(activations.budgetReturns);
  events.consume(playerEvents(counterpartTold));
  events.consume(risk.sightings);
  createFunds(platform, events);
  createWallet(platform, { brands, events });
  events.useCodes(activations.depositCodes);
  events.consume(activations.deposits);
  events.consume(activations.depositReversals);
  players.onExclusion(risk.lookAtExcluded);
  players.onDescription(risk.lookAt);
  for (const listener of [
    activations.endOffersOfExcluded,
    freeSpins.cancelSpinsOfExcluded,
    journeys.exitExcluded,
  ]) {
    events.consume(excludedPlayers(listener));
    players.onExclusion(listener);
  }

  journeys.listenTo(events);

  async function settle(): Promise<void> {
    await ticker.idle();
    await jobs.settle();
    for (const { settle } of [bonuses.deliveries, channels, journeys, webhooks]) await settle();
  }

  ticker.every('seal outbox', SEAL_EVERY_MS, () => seal(db, 'outbox'));
  ticker.every('seal audit log', SEAL_EVERY_MS, () => seal(db, 'audit'));

  return {
    analytics,
    biReaders: reports.readers,
    brands,
    campaigns,
    channels,
    codes,
    cohorts,
    freeRoundProviders: freeSpins.providers,
    draws: specials.draws,
    journeys,
    labels,
    reviews: activations.reviews,
    staff,
    tournaments,
    routes: http.routes,
    async listen() {
      await http.fastify.listen({ host: config.host, port: config.port });
      const { address, port } = http.fastify.server.address() as AddressInfo;
      return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
    },
    async catchUp(except) {
      await ticker.runAll(except);
      jobs.wake();
      await settle();
    },
    settle,
    async close() {
      draining = true;
      channels.drain();
      await http.close();
      await activations.drained();
      await ticker.stop();
      await jobs.stop();
      await bonuses.deliveries.settle();
      await specials.close();
      await engines.close();
      await freeSpins.close();
      await journeys.close();
      await labels.close();
      await channels.close();
      await webhooks.close();
    },
  };
}
