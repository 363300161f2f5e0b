import { expect, vi } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import type { TestApp, TestResponse } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A closed period of a player's cashback; the next one is open. */
export interface Cashback {
  settlementId: string;
}

/** Makes it over HTTP, but for the end of the period, which is brought forward. @param mark tells it from other worlds'. */
export async function buildCashback(
  app: TestApp,
  key: string,
  { mark, player }: { mark: string; player: string },
): Promise<Cashback> {
  const post = (path: string, body: unknown): Promise<TestResponse['body']> =>
    done(app.request('POST', path, { key, body }));
  const reward = {
    kind: 'cashback' as const,
    rateBps: 1_000,
    period: 'month' as const,
    periods: 2,
    cap: { EUR: 20_000 },
    paidAs: 'cash' as const,
  };
  const { id } = await post('/v1/campaigns', validCampaign({ name: `Cashback ${mark}`, rewards: [reward] }));
  const code = `CASHBACK${mark}`;
  await post(`/v1/campaigns/${id}/codes`, { kind: 'shared', code, maxUses: 1_000 });
  await post(`/v1/campaigns/${id}/submit`, {});
  await post('/v1/activations', { code, player: { id: player } });
  return vi.waitFor(
    async () => {
      await app.db.query(
        `update cashback_periods set ends_at = now() - interval '1 minute' where campaign_id = $1 and number = 1 and state = 'open'`,
        [id],
      );
      const { items } = await done(app.request('GET', `/v1/cashback/settlements?campaignId=${id}`, { key }));
      expect(items).toHaveLength(1);
      return { settlementId: items[0].id };
    },
    { timeout: 60_000 },
  );
}
