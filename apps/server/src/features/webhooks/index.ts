import { createAgent } from '../../platform/outbound/agent.ts';
import { BACKOFF_MS } from '../../platform/outbound/backoff.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import { clean } from './delivery/cleaner.ts';
import { fanOut } from './delivery/fan-out.ts';
import { createSender, type Timing } from './delivery/sender.ts';
import { mountWebhookRoutes } from './routes.ts';
import { createWebhookService } from './service.ts';

export interface Webhooks {
  /** Waits for the attempts under way. */
  settle(): Promise<void>;
  /** After the ticker has stopped: waits for the attempts under way, so that their results are kept. */
  close(): Promise<void>;
}

const TIMING: Timing = { backoffMs: BACKOFF_MS, timeoutMs: 10_000, leaseMs: 60_000, perEndpoint: 10 };

const FAN_OUT_EVERY_MS = 200;
const SEND_EVERY_MS = 500;
const CLEAN_EVERY_MS = 600_000;

/**
 * Webhooks by Standard Webhooks. Every event is delivered at least once; a subscriber knows repetitions by
 * `webhook-id` and the order by `sequence`.
 */
export function createWebhooks(platform: Platform, brands: Brands, timing: Partial<Timing> = {}): Webhooks {
  const { config, db, http, secrets, ticker } = platform;
  const allowPrivate = config.outboundAllowPrivate;
  const chosen = { ...TIMING, ...timing };
  const agent = createAgent({ allowPrivate, connectTimeoutMs: chosen.timeoutMs });
  const sender = createSender(platform, brands, agent, chosen, () => ticker.nudge('send webhooks'));

  mountWebhookRoutes(http, db, createWebhookService(db, secrets, allowPrivate));
  ticker.every('fan out webhooks', FAN_OUT_EVERY_MS, async () => {
    const more = await fanOut(db, brands);
    if (more) ticker.nudge('send webhooks');
    return more;
  });
  ticker.every('send webhooks', SEND_EVERY_MS, () => sender.send());
  ticker.every('clean webhook deliveries', CLEAN_EVERY_MS, () => clean(db));

  return {
    settle: sender.settle,
    async close() {
      await sender.settle();
      await agent.destroy();
    },
  };
}
