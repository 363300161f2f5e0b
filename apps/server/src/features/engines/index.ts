import { createAgent } from '../../platform/outbound/agent.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Bonuses, ENGINE } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { reportTaker } from './reports.ts';
import { mountEngines } from './routes.ts';
import { engineSender } from './sender.ts';
import { createEngineService } from './service.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const LARGEST_ANSWER_BYTES = 64 * 1024;

export interface Engines {
  /** After the deliveries have settled. */
  close(): Promise<void>;
}

/** Outside engines that keep brands' bonuses of money: connected, sent bonuses, and listened to. */
export function createEngines(
  platform: Platform,
  { brands, bonuses }: { brands: Brands; bonuses: Bonuses },
): Engines {
  const agent = createAgent({
    allowPrivate: platform.config.outboundAllowPrivate,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    largestAnswerBytes: LARGEST_ANSWER_BYTES,
  });
  const { deliveries, keeper } = bonuses;
  deliveries.handle(ENGINE, engineSender(platform, brands, agent));
  mountEngines(
    platform.http,
    createEngineService(platform, { brands, keeper, agent }),
    reportTaker(platform),
  );
  return { close: () => agent.destroy() };
}
