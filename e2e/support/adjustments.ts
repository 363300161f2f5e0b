import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A case for a person, by the name of the path parameter that names it. */
export interface AdjustmentThings {
  adjustmentId: string;
}

/** Rolls back the round that made a bonus real money: too late to be put right by itself. */
export async function buildAdjustment(app: TestApp, key: string, mark: string): Promise<AdjustmentThings> {
  const post = (path: string, body: unknown) => done(app.request('POST', path, { key, body }));
  const player = `case-${mark}`;
  const { id } = await post(
    '/v1/campaigns',
    validCampaign({
      rewards: [{ kind: 'bonus_balance', amount: { EUR: 100 }, wagering: { multiplier: 100 } }],
    }),
  );
  await post(`/v1/campaigns/${id}/codes`, { kind: 'shared', code: `CASE${mark}` });
  await post(`/v1/campaigns/${id}/submit`, {});
  const { createdAt } = await post('/v1/activations', {
    code: `CASE${mark}`,
    player: { id: player, country: 'DE', currency: 'EUR' },
  });
  const tell = (type: string, afterMs: number, data: object) =>
    post('/v1/events', {
      events: [
        {
          id: `${type}-${mark}`,
          type,
          time: new Date(Date.parse(createdAt) + afterMs).toISOString(),
          player,
          data,
        },
      ],
    });
  const round = { roundId: `round-${mark}` };
  const money = { stake: 100, win: 50, currency: 'EUR' };
  await tell('bet.settled', 1, { ...round, ...money, betId: `bet-${mark}`, game: 'book', category: 'slots' });
  await tell('round.rolled_back', 2, round);
  const { items } = await done(app.request('GET', `/v1/adjustments?player=${player}`, { key }));
  return { adjustmentId: items[0].id };
}
