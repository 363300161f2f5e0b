import { createAgent } from '../../platform/outbound/agent.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Bonuses } from '../bonuses/index.ts';
import type { Campaigns } from '../campaigns/index.ts';
import { specialSender } from './delivery.ts';
import { createDraws, type Draws } from './draws/index.ts';
import { createEndpointService } from './endpoints/service.ts';
import { bindHandler } from './handlers/handler.ts';
import { optIn } from './handlers/opt-in.ts';
import { prizeDraw } from './handlers/prize-draw.ts';
import { webhook } from './handlers/webhook.ts';
import { rewardCheck } from './reward-check.ts';
import { mountSpecials } from './routes.ts';

const CONNECT_TIMEOUT_MS = 10_000;

export interface Specials {
  readonly draws: Draws;
  /** After deliveries have settled. */
  close(): Promise<void>;
}

/** Special promotions: handlers by name, each with a payload of its own shape, and the prize draws one of them enters. */
export function createSpecials(
  platform: Platform,
  { bonuses, campaigns }: { bonuses: Bonuses; campaigns: Campaigns },
): Specials {
  const { config, db, http } = platform;
  const agent = createAgent({
    allowPrivate: config.outboundAllowPrivate,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  });
  const all = [bindHandler(optIn(db)), bindHandler(prizeDraw(db)), bindHandler(webhook(platform, agent))];
  const handlers = new Map(all.map((handler) => [handler.view.name, handler]));

  mountSpecials(
    http,
    db,
    all.map(({ view }) => view),
    createEndpointService(platform),
  );
  const draws = createDraws(platform);
  campaigns.checkRewards(rewardCheck(handlers));
  bonuses.deliveries.handle('special', specialSender(db, handlers));
  return { draws, close: () => agent.destroy() };
}
