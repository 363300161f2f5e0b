import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activate, eventCounts, expectBalanced } from '../../testing/actions.ts';
import { createOffer, type NewTestOffer } from '../../testing/fixtures.ts';
import { betEvent, bonusesOf, expectBooked, moneyEvent, tell, walletOf } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

let players = 0;
let player: string;
beforeEach(() => {
  player = `deposit-money-${++players}`;
});

/** 100 % up to 200.00, from 20.00, to be wagered once, out of a budget. */
const offer = (definition: NewTestOffer['definition'] = {}) =>
  createOffer(app, {
    definition: {
      budget: { EUR: 20_000 },
      rewards: [
        {
          kind: 'deposit',
          matchBps: 10_000,
          cap: { EUR: 20_000 },
          minDeposit: { EUR: 2_000 },
          wagering: { multiplier: 100, fundsOrder: 'bonus_first' },
        },
      ],
      ...definition,
    },
  });

interface Given {
  amount?: number;
  time?: number;
  code?: string;
  id?: string;
}
const deposit = ({ amount = 5_000, time = Date.now(), code, id = player }: Given = {}) =>
  moneyEvent(
    'deposit.succeeded',
    { depositId: id, amount, currency: 'EUR', method: 'card', ...(code && { code }) },
    { player, time, id: `d-${id}` },
  );
/** Made two seconds later than anything else. */
const reversal = () =>
  moneyEvent(
    'deposit.reversed',
    { depositId: player, amount: 5_000, currency: 'EUR' },
    { player, time: Date.now() + 2_000, id: `r-${player}` },
  );
const budgetOf = async (campaignId: string) => {
  const { rows } = await app.db.query<{ used: number; reserved: number }>(
    `select used, reserved from counters where campaign_id = $1 and counter_key like '%:b:%'`,
    [campaignId],
  );
  return rows[0];
};
/** The results of events, as they are. */
const results = async (...events: unknown[]) =>
  (await app.request('POST', '/v1/events', { body: { events } })).body.results;

describe('a deposit', () => {
  it('is real money, and bets count for its bonus from its own time on, whenever it is told', async () => {
    const { code } = await offer();
    await activate(app, code, player);
    await app.db.query(
      `update activations set created_at = now() - interval '1 hour' where player_external_id = $1`,
      [player],
    );
    const made = Date.now() - 60_000;
    const bets = [-1, 1].map((seconds) =>
      betEvent({ player, stake: 1_000, win: 1_000, time: made + seconds * 1_000 }),
    );
    expect(await tell(app, ...bets)).toEqual(['accepted', 'accepted']);
    expect(await tell(app, deposit({ time: made }))).toEqual(['accepted']);
    expect(await bonusesOf(app, player)).toMatchObject([
      { status: 'active', balance: 5_000, wagered: 1_000 },
    ]);
    await expectBooked(app, player);
  });

  it('does not count bets from before its code was used', async () => {
    const { code } = await offer();
    await activate(app, code, player);
    const now = Date.now();
    await tell(app, deposit({ time: now }), betEvent({ player, stake: 100, time: now - 1_500 }));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', wagered: 0 }]);
  });
});

describe('a deposit that is reversed', () => {
  it('takes its bonus back, and what of it was not played away goes back to the budget', async () => {
    const { code, campaignId } = await offer();
    await activate(app, code, player);
    await tell(app, deposit(), betEvent({ player, stake: 1_000, time: Date.now() + 1_000 }));
    expect(await tell(app, reversal())).toEqual(['accepted']);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'cancelled', balance: 0 }]);
    expect(await walletOf(app, player)).toBe(0);
    expect(await budgetOf(campaignId)).toEqual({ used: 1_000, reserved: 0 });
    expect(await eventCounts(app, campaignId)).toMatchObject({ 'bonus.granted': 1, 'bonus.reversed': 1 });
    await expectBooked(app, player);
  });

  it('before it is told pays no bonus', async () => {
    const { code, campaignId } = await offer();
    await activate(app, code, player);
    expect(await tell(app, reversal())).toEqual(['accepted']);
    expect(await tell(app, deposit())).toEqual(['accepted']);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'pending' }]);
    expect(await budgetOf(campaignId)).toEqual({ used: 0, reserved: 20_000 });
    expect(await walletOf(app, player)).toBe(0);
    await expectBooked(app, player);
  });

  it('after its bonus became real money is a case for a person', async () => {
    const { code, campaignId } = await offer();
    await activate(app, code, player);
    await tell(app, deposit(), betEvent({ player, stake: 5_000, win: 4_000, time: Date.now() + 1_000 }));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'completed', converted: 4_000 }]);
    await tell(app, reversal());
    expect(await walletOf(app, player)).toBe(4_000);
    expect((await app.request('GET', `/v1/adjustments?player=${player}`)).body.items).toMatchObject([
      { kind: 'deposit_reversed', amount: 4_000, detail: { depositId: player } },
    ]);
    expect(await budgetOf(campaignId)).toEqual({ used: 5_000, reserved: 0 });
    await expectBooked(app, player);
  });

  it('leaves nothing that a withdrawal cancelled later could bring back', async () => {
    const { code } = await offer();
    await activate(app, code, player);
    const withdrawal = (what: string, seconds: number) =>
      moneyEvent(
        `withdrawal.${what}`,
        { withdrawalId: player, amount: 1_000, currency: 'EUR' },
        { player, time: Date.now() + seconds * 1_000, id: `${what}-${player}` },
      );
    await tell(app, deposit());
    await tell(app, withdrawal('requested', 1));
    const ended = `select ended_at, ended_reason from grants join players using (player_id) where external_id = $1`;
    const { rows: before } = await app.db.query(ended, [player]);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'forfeited' }]);
    await tell(app, reversal());
    expect(await tell(app, withdrawal('cancelled', 3))).toEqual(['accepted']);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'forfeited', balance: 0 }]);
    expect((await app.db.query(ended, [player])).rows).toEqual(before);
    await expectBooked(app, player);
  });

  it('told twice at once with its deposit, twenty times over, has one effect', async () => {
    const { code, campaignId } = await offer();
    await activate(app, code, player);
    const [made, back] = [deposit(), reversal()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => tell(app, n % 2 === 0 ? made : back)),
    );
    expect(answers.flat().filter((answer) => answer === 'accepted')).toHaveLength(2);
    expect(await walletOf(app, player)).toBe(0);
    const [bonus] = await bonusesOf(app, player);
    expect(['cancelled', 'pending']).toContain(bonus?.status);
    expect((await budgetOf(campaignId))?.used).toBe(0);
    await expectBooked(app, player);
  });
});

describe('a code given with a deposit', () => {
  it('is used and paid at once', async () => {
    const { code } = await offer();
    const [result] = await results(deposit({ code }));
    expect(result).toEqual({
      status: 'accepted',
      id: `d-${player}`,
      code: { outcome: 'accepted', activationId: expect.any(String) },
    });
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 5_000 }]);
  });

  it('counts from the deposit on, although it is told later', async () => {
    const { code } = await offer();
    const made = Date.now() - 60_000;
    await tell(app, betEvent({ player, stake: 100, time: made + 1_000 }));
    await tell(app, deposit({ code, time: made }));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', wagered: 100 }]);
    await expectBooked(app, player);
  });

  it('told again has the same result, and no further effect', async () => {
    const { code, campaignId } = await offer();
    const event = deposit({ code });
    const [first] = await results(event);
    expect(await results(event, event)).toEqual([
      { ...first, status: 'duplicate' },
      { status: 'duplicate', id: first.id, code: first.code },
    ]);
    expect(await eventCounts(app, campaignId)).toMatchObject({ 'code.activated': 1, 'bonus.granted': 1 });
  });

  it('is decided on before the deposit counts', async () => {
    const { code } = await offer({ audience: { rule: 'player.deposit_count == 0' } });
    const [result] = await results(deposit({ code }));
    expect(result.code).toMatchObject({ outcome: 'accepted' });
  });

  it('that is refused leaves the deposit as it is', async () => {
    const [result] = await results(deposit({ code: 'NO-SUCH-CODE' }));
    expect(result).toMatchObject({
      status: 'accepted',
      code: { outcome: 'refused', key: 'code_not_found', activationId: expect.any(String) },
    });
    expect(await walletOf(app, player)).toBe(5_000);
  });

  it('that the deposit does not pay goes on waiting, and says why', async () => {
    const { code } = await offer();
    const [result] = await results(deposit({ code, amount: 1_999 }));
    expect(result.code).toMatchObject({ outcome: 'awaiting_deposit', key: 'min_deposit_not_met' });
    expect(await tell(app, deposit({ id: `${player}-2`, amount: 2_000, time: Date.now() + 1_000 }))).toEqual([
      'accepted',
    ]);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 2_000 }]);
  });

  it('is the one its deposit pays, though another waits longer', async () => {
    const [older, own] = [await offer(), await offer()];
    await activate(app, older.code, player);
    await results(deposit({ code: own.code, time: Date.now() + 1_000 }));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'pending' }, { status: 'active' }]);
  });
});
