import { createAgent } from '../../../platform/outbound/agent.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { BonusDesk } from '../../bonusdesk/index.ts';
import type { Brands } from '../../brands/index.ts';
import type { Channels } from '../../channels/index.ts';
import type { CodesService } from '../../codes/index.ts';
import type { Labels } from '../../labels/index.ts';
import type { Book } from '../definitions/book.ts';
import { propertyWorker } from './actions/change-property.ts';
import { bonusWorker } from './actions/give-bonus.ts';
import { codeWorker } from './actions/send-code.ts';
import { createDispatcher, type Workers } from './dispatcher.ts';
import type { Move } from './effect.ts';
import { createLooks } from './looks.ts';
import { messageWorker } from './messages.ts';
import { mountSecrets } from './secrets/routes.ts';
import { createSecretService } from './secrets/service.ts';
import { createShelf } from './shelf.ts';
import { deleteOldCalls } from './webhook/calls.ts';
import { webhookWorker } from './webhook/worker.ts';

export interface Effects {
  /** Looks for effects that are due soon: called by whoever writes some, or lets some be tried again. */
  wake(): void;
  /** Waits for the attempts under way. */
  settle(): Promise<void>;
  /** After the ticker has stopped: waits for the attempts under way, and disconnects. */
  close(): Promise<void>;
}

export interface EffectParts {
  readonly bonusDesk: BonusDesk;
  readonly book: Book;
  readonly brands: Brands;
  readonly channels: Channels;
  readonly codes: CodesService;
  readonly labels: Labels;
  readonly move: Move;
}

export interface Timing {
  /** Pauses after tries of webhooks that failed: three quarters of an hour altogether. */
  readonly webhookBackoffMs: readonly number[];
}

const SECOND = 1000;
const TIMING: Timing = {
  webhookBackoffMs: [5 * SECOND, 30 * SECOND, 120 * SECOND, 600 * SECOND, 1_800 * SECOND],
};

const DO = 'do effects of journeys';
const DO_EVERY_MS = 500;
const CLEAN_EVERY_MS = 60_000;
const CLEANED_AT_ONCE = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** What journeys do outside of themselves: messages, webhooks, bonuses, codes, properties; and the secrets for it. */
export function createEffects(
  platform: Platform,
  { bonusDesk, book, brands, channels, codes, labels, move }: EffectParts,
  timing: Partial<Timing> = {},
): Effects {
  const { config, db, http, secrets, ticker } = platform;
  const { webhookBackoffMs: backoffMs } = { ...TIMING, ...timing };
  const agent = createAgent({
    allowPrivate: config.outboundAllowPrivate,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  });
  const inside = { places: 4, batch: 25, leaseMs: 60_000 };
  const workers: Workers = {
    message: {
      ...{ places: 2, batch: 200, leaseMs: 120_000 },
      ...messageWorker(db, { brands, channels, labels, move, shelf: createShelf(db, book) }),
    },
    webhook: {
      ...{ places: 10, batch: 1, leaseMs: 120_000 },
      ...webhookWorker(platform, { brands, move, agent, backoffMs }),
    },
    give_bonus: { ...inside, ...bonusWorker(db, move, bonusDesk) },
    send_code: { ...inside, ...codeWorker(db, move, codes) },
    change_property: { ...inside, ...propertyWorker(db, move, brands) },
  };
  const dispatcher = createDispatcher(platform, workers, () => ticker.nudge(DO));
  const looks = createLooks(() => ticker.nudge(DO));

  mountSecrets(http, createSecretService(db, secrets));
  ticker.every(DO, DO_EVERY_MS, () => dispatcher.start());
  ticker.every('delete old calls of journeys', CLEAN_EVERY_MS, async () => {
    return (await deleteOldCalls(db, CLEANED_AT_ONCE)) >= CLEANED_AT_ONCE;
  });

  return {
    wake: looks.soon,
    settle: dispatcher.settle,
    async close() {
      looks.stop();
      await dispatcher.settle();
      await agent.destroy();
    },
  };
}
