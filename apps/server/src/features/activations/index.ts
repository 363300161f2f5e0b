import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { ExclusionListener, Players } from '../players/index.ts';
import { depositConsumer } from './deposits.ts';
import { exclusionConsumer } from './exclusions.ts';
import { forgetGuesses } from './guessing.ts';
import { createCampaignCache } from './kernel/campaign-cache.ts';
import { lapseOfExcluded, lapseOverdue } from './lapse.ts';
import { createReversals } from './reversals.ts';
import { mountActivations } from './routes.ts';
import { createActivationService } from './service.ts';
import { createActivationViews } from './views.ts';

const LAPSE_EVERY_MS = 1_000;
const FORGET_GUESSES_EVERY_MS = 3_600_000;

export interface Activations {
  /** Resolves when no activation waits or is being decided. */
  drained(): Promise<unknown>;
  /** Pays deposit bonuses: to be registered with the platform's events, after the players'. */
  readonly deposits: ReturnType<typeof depositConsumer>;
  /** Ends what excluded players wait for: to be registered in the same way. */
  readonly exclusions: typeof exclusionConsumer;
  /** The same for the players' own exclusions. */
  readonly lapseOfExcluded: ExclusionListener;
}

/** Codes in, decisions out: the batched kernel, its answers, and what undoes or completes them later. */
export function createActivations(
  platform: Platform,
  earlier: { brands: Brands; players: Players },
): Activations {
  const { config, db, http, metrics, secrets, ticker } = platform;
  const campaigns = createCampaignCache(earlier.players);
  const { processes } = config;
  const service = createActivationService({
    db,
    brands: earlier.brands,
    secrets,
    metrics,
    campaigns,
    processes,
  });
  mountActivations(http, service, createReversals(db), createActivationViews(db, campaigns));
  ticker.every('lapse activations', LAPSE_EVERY_MS, () => lapseOverdue(db));
  ticker.every('forget guesses', FORGET_GUESSES_EVERY_MS, () => forgetGuesses(db));
  return {
    drained: service.drained,
    deposits: depositConsumer(campaigns),
    exclusions: exclusionConsumer,
    lapseOfExcluded,
  };
}
