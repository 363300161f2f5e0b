import { expect, vi } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import type { TestApp, TestResponse } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A provider of free spins, and spins of a player that are ordered there. */
export interface FreeSpinsThings {
  provider: string;
  /** The grant's id. */
  freeSpinsId: string;
}

/** Makes them over HTTP. Nobody answers for the provider, so the order waits. @param mark tells them from others. */
export async function buildFreeSpins(
  app: TestApp,
  key: string,
  { mark, player }: { mark: string; player: string },
): Promise<FreeSpinsThings> {
  const post = (path: string, body: unknown): Promise<TestResponse['body']> =>
    done(app.request('POST', path, { key, body }));
  const provider = `games-${mark}`;
  await connectProvider(app, key, provider);
  const rewards = [
    {
      kind: 'free_spins' as const,
      count: 20,
      provider,
      games: ['fruit-parade'],
      spinValue: { EUR: 10 },
      winnings: 'cash' as const,
    },
  ];
  const { id: campaignId } = await post('/v1/campaigns', validCampaign({ name: `Spins ${mark}`, rewards }));
  const code = `SPINS${mark}`;
  await post(`/v1/campaigns/${campaignId}/codes`, { kind: 'shared', code, maxUses: 1_000 });
  await post(`/v1/campaigns/${campaignId}/submit`, {});
  const { grants } = await post('/v1/activations', { code, player: { id: player } });
  const freeSpinsId = grants[0].id;
  await settled(app, freeSpinsId);
  return { provider, freeSpinsId };
}

/** Connects a provider that nobody answers for. */
export const connectProvider = (app: TestApp, key: string, name: string): Promise<unknown> =>
  done(
    app.request('PUT', `/v1/free-round-providers/${name}`, {
      key,
      body: { shape: 'hmac256', baseUrl: 'https://games.invalid', accountId: 'lucky-star', secret: name },
    }),
  );

/** The first attempt has come to nothing, and the next is far off: nothing changes by itself meanwhile. */
const settled = ({ db }: TestApp, grantId: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const { rowCount } = await db.query(
        `update deliveries set next_attempt_at = now() + interval '1 day' where grant_id = $1 and last_error is not null`,
        [grantId],
      );
      expect(rowCount).toBe(1);
    },
    { timeout: 60_000, interval: 100 },
  );
