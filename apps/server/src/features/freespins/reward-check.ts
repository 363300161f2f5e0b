import type { RewardCheck } from '../campaigns/index.ts';
import type { Providers } from './providers/service.ts';
import { ADAPTERS } from './shapes/index.ts';

/** A campaign may be drafted before its provider is connected, but not run: its spins could never be played. */
export const providerCheck = (providers: Providers): RewardCheck => ({
  async runnable(tx, brandId, reward) {
    if (reward.kind !== 'free_spins') return [];
    const account = await providers.account(tx, brandId, reward.provider);
    if (!account)
      return [
        {
          field: 'provider',
          reason: `there is no free-round provider ${reward.provider}`,
          fix: 'connect it first, with PUT /v1/free-round-providers/{name}',
        },
      ];
    if (reward.games.length > 1 && !ADAPTERS[account.shape].severalGames)
      return [
        {
          field: 'games',
          reason: `${reward.provider} takes one game in an order`,
          fix: 'name one game, or make a reward of each',
        },
      ];
    return [];
  },
});
