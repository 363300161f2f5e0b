import { expect, vi } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import type { TestApp, TestResponse } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A tournament, a player's ticket for it, a prize draw that was held, and an endpoint for special promotions. */
export interface Prizes {
  tournamentId: string;
  ticketId: string;
  drawId: string;
  endpointName: string;
}

/** Makes them over HTTP. @param mark tells them from those of other worlds. */
export async function buildPrizes(
  app: TestApp,
  key: string,
  { mark, player }: { mark: string; player: string },
): Promise<Prizes> {
  const post = (path: string, body: unknown): Promise<TestResponse['body']> =>
    done(app.request('POST', path, { key, body }));
  const endpointName = `gifts-${mark}`;
  const url = 'https://hooks.invalid/gifts';
  await done(app.request('PUT', `/v1/special-endpoints/${endpointName}`, { key, body: { url } }));
  const { id: drawId } = await post('/v1/draws', {
    key: `draw-${mark}`,
    name: mark,
    closesAt: '2999-01-01T00:00:00Z',
    prizes: [{ name: 'A mug', winners: 2 }],
  });
  await post(`/v1/draws/${drawId}/close`, undefined);
  const tournament = `race-${mark}`;
  const { id: tournamentId } = await post('/v1/tournaments', {
    key: tournament,
    name: mark,
    endsAt: '2999-01-01T00:00:00Z',
  });
  const rewards = [{ kind: 'tournament_entry' as const, tournament }];
  const { id: campaignId } = await post('/v1/campaigns', validCampaign({ name: `Race ${mark}`, rewards }));
  const code = `RACE${mark}`;
  await post(`/v1/campaigns/${campaignId}/codes`, { kind: 'shared', code, maxUses: 1_000 });
  await post(`/v1/campaigns/${campaignId}/submit`, {});
  await post('/v1/activations', { code, player: { id: player } });
  const { items } = await done(app.request('GET', `/v1/tickets?tournament=${tournament}`, { key }));
  // The background has nothing left to do about them.
  await vi.waitFor(
    async () => {
      const { rows } = await app.db.query(
        `select 1 from tickets where not announced
         union all select 1 from draws where status <> 'open' and completed_at is null`,
      );
      expect(rows).toEqual([]);
    },
    { timeout: 60_000 },
  );
  return { tournamentId, ticketId: items[0].id, drawId, endpointName };
}
