import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { activate, eventsOf } from '../../testing/actions.ts';
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
  player = `player-${++players}`;
});

/** An offer of a bonus of 20.00 EUR to be wagered twice, with other terms as given. */
const offer = (wagering: Record<string, unknown> = {}, amount = 2_000) =>
  createOffer(app, {
    definition: {
      rewards: [
        { kind: 'bonus_balance', amount: { EUR: amount }, wagering: { multiplier: 200, ...wagering } },
      ],
    },
  });

const deposit = (amount: number, time: number) =>
  moneyEvent(
    'deposit.succeeded',
    { depositId: `d-${player}`, amount, currency: 'EUR', method: 'card' },
    { player, time },
  );

const ROULETTE_AT_10 = { contributions: { categories: { slots: 10_000, roulette: 1_000 } } };

/** Vector V9: [category, stake, win] */
const V9: [string, number, number][] = [
  ['slots', 500, 0],
  ['slots', 500, 1_250],
  ['roulette', 500, 0],
  ['slots', 500, 0],
  ['slots', 500, 0],
  ['slots', 500, 0],
  ['slots', 500, 333],
  ['slots', 500, 0],
  ['slots', 450, 900],
];

/** Uses the code, and tells of a deposit of 20.00 and the bets of V9, a millisecond each from the bonus on. */
async function playV9(code: string): Promise<{ from: number; results: string[] }> {
  await activate(app, code, player);
  const { rows } = await app.db.query<{ at: Date }>(
    'select granted_at as at from grants join players using (player_id) where external_id = $1',
    [player],
  );
  const from = rows[0]?.at.getTime() ?? Number.NaN;
  const bets = V9.map(([category, stake, win], n) =>
    betEvent({ id: `${player}-${n}`, player, category, stake, win, time: from + 10 + n }),
  );
  return { from, results: await tell(app, deposit(2_000, from + 1), ...bets) };
}

describe('bets', () => {
  it('play a bonus through: vector V9', async () => {
    const { code, campaignId } = await offer(ROULETTE_AT_10);
    const { results } = await playV9(code);
    expect(new Set(results)).toEqual(new Set(['accepted']));
    expect(await bonusesOf(app, player)).toEqual([
      { status: 'completed', balance: 0, wagered: 4_000, converted: 2_033 },
    ]);
    expect(await walletOf(app, player)).toBe(2_033);
    await expectBooked(app, player);
    const types = (await eventsOf(app, campaignId)).map(({ type }) => type);
    expect(types).toEqual([
      'code.activated',
      'bonus.granted',
      'wagering.progressed',
      'wagering.progressed',
      'wagering.progressed',
      'wagering.completed',
      'bonus.converted',
    ]);
  });
});

describe('a bet above the largest that the terms allow', () => {
  /** At most 5.00 a bet. */
  const limited = (onBreach: string) => offer({ maxBet: { amounts: { EUR: 500 }, onBreach } });
  const flagged = async (campaignId: string) =>
    (await eventsOf(app, campaignId)).filter(({ type }) => type === 'risk.flagged').map(({ data }) => data);
  const bet = (id: string, stake: number, time: number) =>
    betEvent({ id: `${player}-${id}`, player, stake, time });

  it.each(['flag', 'no_contribution', 'reject'])('is told of, where the terms say %s', async (reaction) => {
    const { code, campaignId } = await limited(reaction);
    const { body } = await activate(app, code, player);
    const now = Date.now();
    await tell(app, bet('1', 500, now + 1), bet('2', 501, now + 2));
    expect(await flagged(campaignId)).toEqual([
      {
        ...{
          indicator: 'max_bet_breach',
          player,
          campaignId,
          grantId: body.grants[0].id,
          kind: 'bonus_balance',
        },
        ...{ betId: `${player}-2`, stake: 501, limit: 500, currency: 'EUR', reaction },
        at: new Date(now + 2).toISOString(),
      },
    ]);
  });

  it('is told of once, however often the bets before it are folded again', async () => {
    const { code, campaignId } = await limited('flag');
    await activate(app, code, player);
    const now = Date.now();
    const late = [bet('1', 600, now + 1), bet('2', 100, now + 2), bet('3', 700, now + 3)];
    await tell(app, bet('4', 501, now + 4), bet('5', 800, now + 5));
    for (const one of late.toReversed()) await tell(app, one);
    await tell(app, ...late);
    const bets = (await flagged(campaignId)).map(({ betId }) => betId);
    expect(bets).toEqual(['4', '5', '3', '1'].map((id) => `${player}-${id}`));
  });

  it('is told to webhooks that ask for it', async () => {
    const body = { url: 'https://example.com/hook', description: 'risk', eventTypes: ['risk.flagged'] };
    const created = await app.request('POST', '/v1/webhooks', { body });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ eventTypes: ['risk.flagged'] });
  });
});
