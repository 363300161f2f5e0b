import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activate, expectBalanced } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { betEvent, bonusesOf, expectBooked, moneyEvent, tell, walletOf } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
let players = 0;
let player: string;
beforeEach(() => {
  player = `refused-${++players}`;
});
afterEach(async () => {
  await expectBooked(app, player);
  await expectBalanced(app);
});

const MOST = Number.MAX_SAFE_INTEGER;
const NOW = Date.now() - 60_000;

interface Told {
  id?: string;
  amount?: number;
  currency?: string;
  /** Seconds later than anything else. */
  after?: number;
}
const about = (
  type: string,
  id: string,
  { id: eventId, amount = 500, currency = 'EUR', after = 0 }: Told,
) => {
  const name = type.startsWith('deposit') ? 'depositId' : 'withdrawalId';
  const data = { [name]: id, amount, currency, ...(type === 'deposit.succeeded' && { method: 'card' }) };
  return moneyEvent(type, data, { player, time: NOW + after * 1_000, id: eventId ?? randomUUID() });
};
const deposit = (id: string, told: Told = {}) => about('deposit.succeeded', id, told);
const reversal = (id: string, told: Told = {}) => about('deposit.reversed', id, told);
const withdrawal = (what: 'requested' | 'cancelled' | 'paid', id: string, told: Told = {}) =>
  about(`withdrawal.${what}`, id, told);

describe('money that was told of before', () => {
  it.each(['requested', 'cancelled', 'paid'] as const)(
    'with another amount or currency is a conflict: a withdrawal %s',
    async (what) => {
      await tell(app, deposit('d', { amount: 2_000 }));
      if (what !== 'requested') await tell(app, withdrawal('requested', 'w', { after: 1 }));
      expect(await tell(app, withdrawal(what, 'w', { after: 2 }))).toEqual(['accepted']);
      const real = await walletOf(app, player);
      const others = [{ amount: 501 }, { currency: 'USD' }].map((told) =>
        withdrawal(what, 'w', { ...told, after: 3 }),
      );
      expect(await tell(app, ...others, deposit('e', { amount: 7, after: 4 }))).toEqual([
        'conflict',
        'conflict',
        'accepted',
      ]);
      expect(await walletOf(app, player)).toBe((real ?? 0) + 7);
    },
  );

  it('is answered in the same way when it is told again', async () => {
    await tell(app, deposit('d', { amount: 2_000 }), withdrawal('requested', 'w'));
    const other = withdrawal('requested', 'w', { amount: 501 });
    expect([await tell(app, other), await tell(app, other)]).toEqual([['conflict'], ['conflict']]);
    expect(await tell(app, withdrawal('requested', 'w'))).toEqual(['accepted']);
    expect(await walletOf(app, player)).toBe(1_500);
  });
});

describe('money past what is exact', () => {
  it('is refused, one event at a time, and taken once there is room for it', async () => {
    const tooMuch = deposit('e', { amount: 11, after: 1 });
    expect(
      await tell(app, deposit('d', { amount: MOST - 10 }), tooMuch, deposit('f', { amount: 10, after: 2 })),
    ).toEqual(['accepted', 'amount_too_large', 'accepted']);
    expect(await walletOf(app, player)).toBe(MOST);
    const paid = withdrawal('paid', 'w', { amount: 11, after: 3 });
    expect(await tell(app, paid)).toEqual(['accepted']);
    expect(await tell(app, deposit('e', { amount: 11, after: 4 }))).toEqual(['accepted']);
    expect(await walletOf(app, player)).toBe(MOST);
  });

  it('pays no bonus, counts as no deposit, and leaves its code waiting', async () => {
    const { code } = await createOffer(app, {
      definition: {
        rewards: [
          {
            kind: 'deposit',
            matchBps: 10_000,
            cap: { EUR: 2_000 },
            minDeposit: { EUR: 10 },
            wagering: { multiplier: 100 },
          },
        ],
      },
    });
    await tell(app, deposit('d', { amount: MOST - 100 }));
    const event = deposit('e', { amount: 1_000, after: 1 });
    const withCode = { ...event, data: { ...event.data, code } };
    const { body } = await app.request('POST', '/v1/events', { body: { events: [withCode] } });
    expect(body.results).toMatchObject([{ status: 'rejected', reason: { key: 'amount_too_large' } }]);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'pending', balance: 0 }]);
    expect((await app.request('GET', `/v1/players/${player}`)).body).toMatchObject({ depositCount: 1 });
    expect(await tell(app, withdrawal('paid', 'w', { amount: 10_000, after: 2 }))).toEqual(['accepted']);
    expect(await tell(app, { ...withCode, time: new Date(NOW + 3_000).toISOString() })).toEqual(['accepted']);
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 1_000 }]);
  });

  it('keeps a round that was to be rolled back as it is', async () => {
    await tell(app, deposit('d', { amount: 100 }));
    const bets = [
      betEvent({ player, id: `lost-${player}`, stake: 100, time: NOW + 1_000 }),
      betEvent({ player, win: MOST, time: NOW + 2_000 }),
    ];
    expect(await tell(app, ...bets)).toEqual(['accepted', 'accepted']);
    const rollback = moneyEvent('round.rolled_back', { roundId: `lost-${player}` }, { player });
    expect(await tell(app, rollback)).toEqual(['amount_too_large']);
    expect(await walletOf(app, player)).toBe(MOST);
  });

  it('is refused when it comes late, too', async () => {
    await tell(app, deposit('d', { amount: 1_000 }), withdrawal('paid', 'w', { amount: 1_000, after: 20 }));
    await tell(app, deposit('e', { amount: MOST, after: 30 }));
    const late = [deposit('f', { amount: 1_000, after: 10 }), reversal('d', { amount: 1_000, after: 5 })];
    expect(await tell(app, ...late)).toEqual(['amount_too_large', 'accepted']);
    expect(await walletOf(app, player)).toBe(MOST);
  });

  it('is refused from before a bonus that ended for good, and opens no case', async () => {
    const reward = { kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 100 } } as const;
    const { code } = await createOffer(app, { definition: { rewards: [reward] } });
    await activate(app, code, player);
    await app.db.query(
      'update grants set granted_at = $2 from players p where p.player_id = grants.player_id and external_id = $1',
      [player, new Date(NOW)],
    );
    await tell(app, betEvent({ player, stake: 1_000, win: 1_000, time: NOW + 10_000 }));
    expect(await bonusesOf(app, player)).toMatchObject([{ status: 'completed', converted: 1_000 }]);
    await tell(app, deposit('d', { amount: MOST - 1_000, after: 11 }));
    const late = [
      deposit('e', { amount: 1, after: 5 }),
      betEvent({ id: `${player}-1`, player, win: 1, time: NOW + 6_000 }),
      betEvent({ id: `${player}-2`, player, stake: 1, time: NOW + 7_000 }),
    ];
    expect(await tell(app, ...late)).toEqual(['amount_too_large', 'amount_too_large', 'accepted']);
    expect(await walletOf(app, player)).toBe(MOST - 1);
    expect((await app.request('GET', `/v1/adjustments?player=${player}`)).body.items).toHaveLength(1);
  });
});
