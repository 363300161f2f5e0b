import type { FreeSpins } from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { RequestContext } from '../../platform/http/context.ts';
import { createAgent } from '../../platform/outbound/agent.ts';
import { attempt } from '../../platform/outbound/attempt.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Bonuses } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import type { Campaigns } from '../campaigns/index.ts';
import type { ExclusionListener } from '../players/index.ts';
import { createCallbacks } from './callbacks.ts';
import { cancelSpins, cancelSpinsOfExcluded } from './cancelling.ts';
import { doDue } from './due.ts';
import { createSender } from './ordering/sender.ts';
import { createProviders, type Providers } from './providers/service.ts';
import { providerCheck } from './reward-check.ts';
import { mountFreeSpins, mountProviders } from './routes.ts';
import type { Ask } from './shapes/index.ts';
import { createFreeSpinsViews } from './views.ts';

export { findUnplayed } from './packages/store.ts';
export type { Providers } from './providers/service.ts';

export interface FreeSpinsFace {
  readonly providers: Providers;
  /** Ends the spins of excluded players. */
  readonly cancelSpinsOfExcluded: ExclusionListener;
  /** Cancels what is left of free spins; `not_found` while they were never ordered. */
  cancel(grantId: string, reason: string, context: RequestContext): Promise<Result<FreeSpins>>;
  /** After the deliveries have settled. */
  close(): Promise<void>;
}

/** For one call to a provider as a whole. */
const TIMEOUT_MS = 10_000;
/** How long a provider's last word is awaited once spins were cancelled or have expired. */
const LAST_WORD_MS = 3_600_000;
const LARGEST_ANSWER_BYTES = 65_536;
const DUE_EVERY_MS = 1_000;
const DUE = 'end and pay free spins';

/** Free spins: ordered at providers of games, told of by them, and paid out as cash or as a bonus. */
export function createFreeSpins(
  platform: Platform,
  { bonuses, brands, campaigns }: { bonuses: Bonuses; brands: Brands; campaigns: Campaigns },
): FreeSpinsFace {
  const { config, db, http, log, ticker } = platform;
  const agent = createAgent({
    allowPrivate: config.outboundAllowPrivate,
    connectTimeoutMs: TIMEOUT_MS,
    largestAnswerBytes: LARGEST_ANSWER_BYTES,
  });
  const ask: Ask = ({ url, headers, body }) =>
    attempt(agent, url, { 'user-agent': USER_AGENT, ...headers }, body, TIMEOUT_MS, LARGEST_ANSWER_BYTES);
  const providers = createProviders(platform, brands);
  const knowledge = { brands, providers };
  const views = createFreeSpinsViews(db);
  const pay = () => ticker.nudge(DUE);

  campaigns.checkRewards(providerCheck(providers));
  mountProviders(http, providers);
  const onCancelled = () => {
    bonuses.deliveries.wake();
    pay();
  };
  mountFreeSpins(http, db, views, createCallbacks(platform, knowledge, pay), onCancelled);
  bonuses.deliveries.handle('freespins', createSender({ ...knowledge, db, ask, lastWordMs: LAST_WORD_MS }));
  const { budgets } = bonuses;
  const due = { ...knowledge, budgets, db, log, ask, lastWordMs: LAST_WORD_MS };
  ticker.every(DUE, DUE_EVERY_MS, () => doDue(due));

  return {
    providers,
    cancelSpinsOfExcluded,
    async cancel(grantId, reason, context) {
      const cancelled = await cancelSpins(db, views, grantId, reason, context);
      if (cancelled.ok) onCancelled();
      return cancelled;
    },
    close: () => agent.destroy(),
  };
}

const USER_AGENT = 'Promosmith-FreeSpins/1';
