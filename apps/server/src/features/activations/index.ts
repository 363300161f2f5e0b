import type { Platform } from '../../platform/platform.ts';
import type { Bonuses, BudgetReturns } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import type { DepositCodes } from '../events/index.ts';
import type { ExclusionListener, Players } from '../players/index.ts';
import type { Risk } from '../risk/index.ts';
import { findAssessed } from './assessed.ts';
import { budgetReturns } from './budget-returns.ts';
import { createDepositCodes } from './deposit-codes.ts';
import { depositReversals } from './deposit-reversals.ts';
import { depositConsumer } from './deposits.ts';
import { endOffersOfExcluded } from './exclusions.ts';
import { createGuessDefence } from './guesses/index.ts';
import { createCampaignCache } from './kernel/campaign-cache.ts';
import { lapseOverdue } from './lapse.ts';
import { createReversals, type Reversals } from './reversals.ts';
import { createReviews, type Reviews } from './review/index.ts';
import { mountActivations } from './routes.ts';
import { createActivationService } from './service.ts';
import { createActivationViews } from './views.ts';

export { type BudgetTake, takeBudget } from './budget.ts';
export type { Reversals } from './reversals.ts';
export type { ReviewOrder, Reviews } from './review/index.ts';
export { findDeclined } from './risk-check.ts';

const LAPSE = 'lapse activations';
const LAPSE_EVERY_MS = 1_000;

export interface Activations {
  /** Resolves when no activation waits or is being decided. */
  drained(): Promise<unknown>;
  /** Pays deposit bonuses: to be registered with the platform's events, after the players'. */
  readonly deposits: ReturnType<typeof depositConsumer>;
  /** Uses codes that come with deposits. */
  readonly depositCodes: DepositCodes;
  /** Takes back what deposits earned that were reversed: to be registered in the same way. */
  readonly depositReversals: typeof depositReversals;
  /** Ends what is offered to excluded players. */
  readonly endOffersOfExcluded: ExclusionListener;
  /** For the bonuses: what they held is on the activations' records. */
  readonly budgetReturns: BudgetReturns;
  readonly reversals: Reversals;
  /** Ends the review of activations that are held. */
  readonly reviews: Reviews;
}

/** Codes in, decisions out: the batched kernel, its answers, and what undoes or completes them later. */
export function createActivations(
  platform: Platform,
  earlier: { bonuses: Bonuses; brands: Brands; players: Players; risk: Risk },
): Activations {
  const { config, db, http, metrics, secrets, ticker } = platform;
  const campaigns = createCampaignCache(earlier.players);
  const service = createActivationService({
    db,
    brands: earlier.brands,
    keeper: earlier.bonuses.keeper,
    risk: earlier.risk,
    guesses: createGuessDefence(platform),
    secrets,
    metrics,
    campaigns,
    processes: config.processes,
  });
  earlier.risk.readAssessedBy(findAssessed);
  const reversals = createReversals(db);
  mountActivations(http, service, reversals, createActivationViews(db, campaigns));
  const aside = platform.setAside(LAPSE);
  ticker.every(LAPSE, LAPSE_EVERY_MS, () => lapseOverdue(db, aside));
  return {
    drained: service.drained,
    deposits: depositConsumer(campaigns),
    depositCodes: createDepositCodes(db, service),
    depositReversals,
    endOffersOfExcluded,
    budgetReturns,
    reversals,
    reviews: createReviews(campaigns),
  };
}
