import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import {
  cashbackCampaign,
  endPeriod,
  grantCashback,
  grantLastMonth,
  lastMonth,
  placeBets,
  settlementsOf,
  TEN_PERCENT,
} from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'UTC' } });
});
afterAll(() => app.close());

const { midst, over } = lastMonth();

const preview = (query: string, key = app.ownerKey) =>
  app.request('GET', `/v1/cashback/preview${query}`, { key });
const list = (query: string, key = app.ownerKey) =>
  app.request('GET', `/v1/cashback/settlements${query}`, { key });

describe('the preview', () => {
  it('is what is paid if the period closes now, with what was told late', async () => {
    await placeBets(app, 'anna', [{ at: midst, stake: 35_000 }]);
    const campaignId = await cashbackCampaign(app, { period: 'month', periods: 4 });
    const grant = await grantLastMonth(app, campaignId, 'anna');
    await settlementsOf(app, grant, 1);
    await placeBets(app, 'anna', [
      { at: midst, stake: 4_000 },
      { at: over, stake: 3_000, win: 500 },
    ]);
    const { status, body } = await preview('?player=anna');
    expect(status).toBe(200);
    const shown = {
      grantId: grant.grantId,
      player: 'anna',
      campaignId,
      number: 2,
      from: over.toISOString(),
      currency: 'EUR',
      sums: { basis: 'game_net_loss', stakes: 7_000, wins: 500 },
      netLoss: 6_500,
      amount: 650,
      paidAs: 'bonus',
      reason: null,
    };
    expect(body.items).toMatchObject([{ ...shown, periods: 4, payout: 'automatic' }]);
    expect((await preview('', await app.playerToken('anna'))).body).toEqual(body);
    await endPeriod(app, grant);
    expect((await settlementsOf(app, grant, 2))[1]).toMatchObject(shown);
  });

  it('shows a bonus from the moment it was activated', async () => {
    const { code } = await createOffer(app, {
      definition: { rewards: [{ ...TEN_PERCENT, period: 'week' }] },
    });
    const { body } = await activate(app, code, 'ben');
    const shown = (await preview('?player=ben')).body.items;
    expect(shown).toMatchObject([
      { grantId: body.grants[0].id, number: 1, periods: 1, netLoss: 0, amount: 0, reason: 'no_loss' },
    ]);
    expect(Date.parse(shown[0].from)).toBeLessThanOrEqual(Date.now());
    expect(new Date(shown[0].to).getUTCDay()).toBe(1);
  });

  it('follows real money through the books (V14e)', async () => {
    let n = 0;
    const tell = async (type: string, data: object) => {
      const event = { id: `e-${++n}`, type, time: new Date().toISOString(), player: 'dora', data };
      const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
      expect(body.results).toMatchObject([{ status: 'accepted' }]);
    };
    const bet = { roundId: 'round', game: 'book', currency: 'EUR' };
    await tell('deposit.succeeded', { depositId: 'd-1', amount: 10_000, currency: 'EUR', method: 'card' });
    await delay(5);
    const terms = { period: 'month', basis: 'cash_flow', rateBps: 500, minLoss: { EUR: 0 } } as const;
    await grantCashback(app, await cashbackCampaign(app, terms), ['dora'], new Date());
    await tell('deposit.succeeded', { depositId: 'd-2', amount: 30_000, currency: 'EUR', method: 'card' });
    await tell('bet.settled', { ...bet, betId: 'b-1', stake: 40_000, win: 25_000 });
    await tell('withdrawal.requested', { withdrawalId: 'w-1', amount: 20_000, currency: 'EUR' });
    expect((await preview('?player=dora')).body.items).toMatchObject([
      {
        sums: {
          basis: 'cash_flow',
          startBalance: 10_000,
          deposits: 30_000,
          withdrawals: 20_000,
          endBalance: 5_000,
        },
        netLoss: 15_000,
        amount: 750,
      },
    ]);
  });

  it('says why nothing would be paid', async () => {
    await placeBets(app, 'cleo', [{ at: over, stake: 35_000 }]);
    await app.request('POST', '/v1/players/cleo/self-exclusion', {
      body: { excluded: true, reason: 'test' },
    });
    const grant = await grantLastMonth(
      app,
      await cashbackCampaign(app, { period: 'month', periods: 2 }),
      'cleo',
    );
    await settlementsOf(app, grant, 1);
    expect((await preview('?player=cleo')).body.items).toMatchObject([
      { netLoss: 35_000, amount: 0, reason: 'self_excluded' },
    ]);
  });

  it('is empty for players without cashback, and for those of another brand', async () => {
    const { ownerKey } = await app.anotherBrand();
    const none = { items: [], nextCursor: null };
    expect((await preview('?player=nobody')).body).toEqual(none);
    expect((await preview('?player=anna', ownerKey)).body).toEqual(none);
    expect((await preview('', ownerKey)).body).toEqual(none);
  });

  it('is of everybody when nobody is named, page by page', async () => {
    const campaignId = await cashbackCampaign(app, { period: 'month', periods: 2 });
    const grants = await grantCashback(app, campaignId, ['q1', 'q2', 'q3'], over);
    const newestFirst = grants.map(({ grantId }) => grantId).toReversed();
    const first = (await preview(`?campaignId=${campaignId}&limit=2`)).body;
    const second = (await preview(`?campaignId=${campaignId}&limit=2&cursor=${first.nextCursor}`)).body;
    const shown = [...first.items, ...second.items].map(({ grantId }) => grantId);
    expect([shown, second.nextCursor]).toEqual([newestFirst, null]);
  });

  it('is for those who may see bonuses; a token names its player by itself', async () => {
    const token = await app.playerToken('anna');
    expect(await preview('?player=anna', token)).toMatchObject({
      status: 422,
      body: { key: 'invalid_request' },
    });
    expect((await preview('?player=anna', await app.key(['campaigns:read']))).status).toBe(403);
  });
});

describe('the list of closed periods', () => {
  it('is filtered and paged, newest first', async () => {
    const campaignId = await cashbackCampaign(app, { period: 'month' });
    const players = ['p1', 'p2', 'p3'];
    await placeBets(app, 'p2', [{ at: midst, stake: 35_000 }]);
    const grants = await grantCashback(app, campaignId, players, midst);
    for (const grant of grants) await settlementsOf(app, grant, 1);

    const all = (await list(`?campaignId=${campaignId}`)).body.items;
    expect(all.map(({ player }: { player: string }) => player).sort()).toEqual(players);
    const ids = all.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(ids.toSorted().reverse());
    expect((await list(`?campaignId=${campaignId}&state=paid`)).body.items).toMatchObject([{ player: 'p2' }]);
    expect((await list(`?campaignId=${campaignId}&player=p1`)).body.items).toMatchObject([{ player: 'p1' }]);

    const first = (await list(`?campaignId=${campaignId}&limit=2`)).body;
    const second = (await list(`?campaignId=${campaignId}&limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(all);
    expect(second.nextCursor).toBeNull();
    expect((await list('?cursor=bm9uZQ')).status).toBe(422);
  });

  it('shows players their own, and brands theirs', async () => {
    const { ownerKey } = await app.anotherBrand();
    const own = (await list('', await app.playerToken('p2'))).body.items;
    expect(own).toMatchObject([{ player: 'p2', amount: 3_500 }]);
    expect((await list('?player=p1', await app.playerToken('p2'))).status).toBe(422);
    expect((await list('', ownerKey)).body.items).toEqual([]);
  });
});
