import type { CampaignDefinition } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { activate, deposit } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

type Rewards = z.input<typeof CampaignDefinition>['rewards'];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const liabilityOf = async (campaignId: string, key = app.ownerKey) =>
  app.request('GET', `/v1/campaigns/${campaignId}/liability`, { key });
const offer = (rewards: Rewards, budget: Record<string, number> | null = null) =>
  createOffer(app, { definition: { rewards, budget } });

const capped = { multiplier: 3_500, maxConversion: { timesBonus: 500, amounts: { EUR: 4_000 } } };
const match = (wagering: object): Rewards[number] => ({
  kind: 'deposit',
  matchBps: 10_000,
  cap: { EUR: 20_000, SEK: 90_000 },
  minDeposit: { EUR: 100, SEK: 100 },
  wagering: { multiplier: 3_500, ...wagering },
});

describe('what a campaign may still cost', () => {
  it('is nothing before anybody used it', async () => {
    const { campaignId } = await offer([match({})], { EUR: 100_000, SEK: 0 });
    const { status, body } = await liabilityOf(campaignId);
    const nothing = {
      pending: { count: 0, maximum: 0 },
      outstanding: { count: 0, balance: 0 },
      worstCase: 0,
    };
    expect(status).toBe(200);
    expect(body).toEqual({
      campaignId,
      currencies: [
        { currency: 'EUR', budget: { maximum: 100_000, used: 0, reserved: 0 }, ...nothing },
        { currency: 'SEK', budget: { maximum: 0, used: 0, reserved: 0 }, ...nothing },
      ],
    });
  });

  it('is the largest bonus while a deposit is awaited, and the bonus once it came', async () => {
    const { campaignId, code } = await offer([match({})], { EUR: 100_000, SEK: 900_000 });
    for (const player of ['ann', 'bob']) await activate(app, code, player);
    await activate(app, code, { id: 'sven', currency: 'SEK' });
    await deposit(app, 'ann', { amount: 5_000 });
    expect((await liabilityOf(campaignId)).body.currencies).toEqual([
      {
        currency: 'EUR',
        budget: { maximum: 100_000, used: 5_000, reserved: 20_000 },
        pending: { count: 1, maximum: 20_000 },
        outstanding: { count: 1, balance: 5_000 },
        worstCase: null,
      },
      {
        currency: 'SEK',
        budget: { maximum: 900_000, used: 0, reserved: 90_000 },
        pending: { count: 1, maximum: 90_000 },
        outstanding: { count: 0, balance: 0 },
        worstCase: null,
      },
    ]);
  });

  it('is bounded by the largest conversion, where the terms have one', async () => {
    const bonus = (maxConversion: object): Rewards => [
      { kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 3_500, maxConversion } },
    ];
    const worst = async (rewards: Rewards) => {
      const { campaignId, code } = await offer(rewards);
      for (const player of ['ann', 'bob']) expect((await activate(app, code, player)).status).toBe(201);
      return (await liabilityOf(campaignId)).body.currencies[0].worstCase;
    };
    expect(await worst(bonus({ timesBonus: 300 }))).toBe(6_000);
    expect(await worst(bonus({ timesBonus: 300, amounts: { EUR: 2_500 } }))).toBe(5_000);
    expect(await worst(bonus({ timesBonus: 200, amounts: { EUR: 2_500 } }))).toBe(4_000);
    expect(await worst(bonus({ amounts: { SEK: 1 } }))).toBeNull();
    expect(await worst([match(capped)])).toBe(8_000);
  });

  it('counts spins and cashback at the most they may pay, without a budget as well', async () => {
    const { campaignId, code } = await offer([
      {
        kind: 'free_spins',
        count: 20,
        provider: 'spinner',
        games: ['book'],
        spinValue: { EUR: 10 },
        winnings: 'cash',
        winCap: { EUR: 700 },
      },
      {
        kind: 'cashback',
        rateBps: 1_000,
        period: 'week',
        cap: { EUR: 900 },
        paidAs: 'bonus',
        wagering: capped,
      },
      { kind: 'tournament_entry', tournament: 'spring' },
    ]);
    await activate(app, code, 'ann');
    expect((await liabilityOf(campaignId)).body.currencies).toMatchObject([
      { budget: null, pending: { count: 2, maximum: 1_600 }, worstCase: 700 + 4_000 },
    ]);
  });

  it('is refused where it is past what can be told exactly', async () => {
    const { campaignId, code } = await offer([
      { kind: 'bonus_balance', amount: { EUR: Number.MAX_SAFE_INTEGER }, wagering: { multiplier: 0 } },
    ]);
    for (const player of ['ann', 'bob']) expect((await activate(app, code, player)).status).toBe(201);
    expect(await liabilityOf(campaignId)).toMatchObject({ status: 422, body: { key: 'amount_too_large' } });
  });

  it('is for those who may read the ledger, of their brand', async () => {
    const { campaignId } = await offer([match({})]);
    expect((await liabilityOf(campaignId, await app.key(['campaigns:read']))).status).toBe(403);
    expect((await liabilityOf(campaignId, await app.key(['ledger:read']))).status).toBe(200);
    const { ownerKey } = await app.anotherBrand();
    expect((await liabilityOf(campaignId, ownerKey)).status).toBe(404);
  });
});
