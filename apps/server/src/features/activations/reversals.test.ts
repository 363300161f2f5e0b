import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import {
  activate,
  deposit,
  eventCounts,
  eventsOf,
  expectBalanced,
  grantsOf,
  reverse,
} from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { betEvent, bonusesOf, expectBooked, moneyEvent, tell } from '../../testing/money.ts';
import { freshSetAside } from '../../testing/set-aside.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { lapseOverdue } from './lapse.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

const wagering = { multiplier: 3_500 };
const DEPOSIT = {
  kind: 'deposit' as const,
  matchBps: 10_000,
  cap: { EUR: 20_000 },
  minDeposit: { EUR: 2_000 },
  wagering,
};

/** One use per player and code, out of a budget. */
const direct = () =>
  createOffer(app, {
    maxUses: 1,
    definition: {
      limits: [
        { scope: 'player', max: 1 },
        { scope: 'campaign', period: 'day', max: 1 },
      ],
      budget: { EUR: 2_000 },
    },
  });
const onDeposit = () =>
  createOffer(app, {
    maxUses: 1,
    definition: { rewards: [DEPOSIT], limits: [{ scope: 'player', max: 1 }], budget: { EUR: 20_000 } },
  });

let players = 0;
const newPlayer = () => `reversals-${++players}`;
const outcomeOf = async (activationId: string) =>
  (await app.request('GET', `/v1/activations/${activationId}`)).body.outcome;
async function counters(campaignId: string) {
  const { rows } = await app.db.query<{ used: number; reserved: number }>(
    'select sum(used)::int as used, sum(reserved)::int as reserved from counters where campaign_id = $1',
    [campaignId],
  );
  return rows[0] ?? { used: 0, reserved: 0 };
}

describe('a reversal', () => {
  it('gives back uses, budget and bonus, so that the next player finds the code unused', async () => {
    const { code, campaignId } = await direct();
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    expect((await activate(app, code, newPlayer())).body.key).toBe('quantity_exceeded');

    const answer = await reverse(app, body.id);
    expect(answer).toMatchObject({
      status: 200,
      body: { id: body.id, outcome: 'reversed', cancelledGrants: [body.grants[0].id] },
    });
    expect(await outcomeOf(body.id)).toBe('reversed');
    expect(await grantsOf(app, id)).toMatchObject([{ status: 'cancelled', amount: 1_000, balance: 0 }]);
    expect(await counters(campaignId)).toEqual({ used: 0, reserved: 0 });
    const reversal = (await eventsOf(app, campaignId)).slice(-2);
    expect(reversal).toMatchObject([
      { type: 'activation.reversed', data: { activationId: body.id, player: id, reason: 'test' } },
      { type: 'bonus.reversed', data: { grantId: body.grants[0].id, amount: 1_000, currency: 'EUR' } },
    ]);

    expect((await activate(app, code, id)).status).toBe(201);
    expect(await grantsOf(app, id)).toMatchObject([{ status: 'active' }, { status: 'cancelled' }]);
  });

  it('leaves nothing that a withdrawal cancelled later could bring back', async () => {
    const { code } = await direct();
    const id = newPlayer();
    await deposit(app, id, { amount: 5_000 });
    const { body } = await activate(app, code, id);
    const withdrawal = (what: string, seconds: number) =>
      moneyEvent(
        `withdrawal.${what}`,
        { withdrawalId: id, amount: 1_000, currency: 'EUR' },
        { player: id, time: Date.now() + seconds * 1_000 },
      );
    await tell(app, withdrawal('requested', 1));
    expect(await bonusesOf(app, id)).toMatchObject([{ status: 'forfeited' }]);
    expect(await reverse(app, body.id)).toMatchObject({ status: 200, body: { cancelledGrants: [] } });
    expect(await tell(app, withdrawal('cancelled', 60))).toEqual(['accepted']);
    expect(await bonusesOf(app, id)).toMatchObject([{ status: 'forfeited', balance: 0 }]);
    await tell(app, betEvent({ player: id, stake: 100, time: Date.now() + 1_500 }));
    expect(await bonusesOf(app, id)).toMatchObject([{ status: 'forfeited', balance: 0 }]);
    await expectBooked(app, id);
  });

  it('leaves nothing that a round rolled back later could bring back', async () => {
    const { code } = await direct();
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    await tell(app, betEvent({ id: `all-${id}`, player: id, stake: 1_000, time: Date.now() + 1_000 }));
    expect(await bonusesOf(app, id)).toMatchObject([{ status: 'lost' }]);
    await reverse(app, body.id);
    expect(
      await tell(app, moneyEvent('round.rolled_back', { roundId: `all-${id}` }, { player: id })),
    ).toEqual(['accepted']);
    expect(await bonusesOf(app, id)).toMatchObject([{ status: 'cancelled', balance: 0 }]);
    await expectBooked(app, id);
  });

  it('books the bonus back in a transaction of its own', async () => {
    const { code } = await direct();
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    await reverse(app, body.id);
    const { items } = (await app.request('GET', `/v1/ledger/postings?player=${id}`)).body;
    const account = `player:bonus:${body.grants[0].id}`;
    expect(items).toMatchObject([
      { kind: 'bonus_reversed', debit: account, credit: 'house:bonus_expense', amount: 1_000 },
      { kind: 'bonus_granted', debit: 'house:bonus_expense', credit: account, amount: 1_000 },
    ]);
    expect(items[0].transactionId).not.toBe(items[1].transactionId);
  });

  it('tells of what came of the player’s other bonuses meanwhile', async () => {
    const taken = await direct();
    const over = await direct();
    const free = await createOffer(app, {
      definition: {
        rewards: [{ kind: 'bonus_balance', amount: { EUR: 700 }, wagering: { multiplier: 0 } }],
      },
    });
    const id = newPlayer();
    const { body } = await activate(app, taken.code, id);
    const { grants } = (await activate(app, over.code, id)).body;
    await activate(app, free.code, id);
    await app.db.query('update grants set expires_at = now() where grant_id = $1', [grants[0].id]);
    expect((await reverse(app, body.id)).body.cancelledGrants).toEqual([body.grants[0].id]);

    expect((await grantsOf(app, id)).map(({ status }) => status)).toEqual([
      'completed',
      'expired',
      'cancelled',
    ]);
    const told = async ({ campaignId }: { campaignId: string }) =>
      (await eventsOf(app, campaignId)).map(({ type }) => type).filter((type) => /^(bonus|wager)/.test(type));
    expect(await told(over)).toEqual(['bonus.granted', 'bonus.expired']);
    expect(await told(free)).toEqual(['bonus.granted', 'wagering.completed', 'bonus.converted']);
    expect(await told(taken)).toEqual(['bonus.granted', 'bonus.reversed']);
    await expectBooked(app, id);
  });

  it('is written down, with its reason', async () => {
    const { code } = await direct();
    const { body } = await activate(app, code, newPlayer());
    await reverse(app, body.id);
    await reverse(app, body.id);
    const { rows } = await app.db.query(
      'select action, before, after, reason from audit_log where target_id = $1',
      [body.id],
    );
    expect(rows).toEqual([
      {
        action: 'activation.reversed',
        before: { outcome: 'accepted' },
        after: { outcome: 'reversed', cancelledGrants: [body.grants[0].id] },
        reason: 'test',
      },
    ]);
  });

  it('leaves a bonus that has ended, and the money it cost', async () => {
    const once = { kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 100 } } as const;
    const { code, campaignId } = await createOffer(app, {
      definition: { budget: { EUR: 2_000 }, rewards: [once] },
    });
    const player = newPlayer();
    const { body } = await activate(app, code, player);
    const played = betEvent({ player, stake: 1_000, win: 1_000, time: Date.now() + 1_000 });
    expect(await tell(app, played)).toEqual(['accepted']);
    expect((await reverse(app, body.id)).body).toMatchObject({ outcome: 'reversed', cancelledGrants: [] });
    expect(await counters(campaignId)).toEqual({ used: 1_000, reserved: 0 });
  });

  it('takes back what is left of a bonus, and leaves spent what was played away', async () => {
    const { code, campaignId } = await createOffer(app, { definition: { budget: { EUR: 2_000 } } });
    const player = newPlayer();
    const { body } = await activate(app, code, player);
    expect(await tell(app, betEvent({ player, stake: 300, time: Date.now() + 1_000 }))).toEqual(['accepted']);
    expect((await reverse(app, body.id)).body).toMatchObject({ cancelledGrants: [body.grants[0].id] });
    expect(await grantsOf(app, player)).toMatchObject([{ status: 'cancelled', balance: 0 }]);
    expect(await counters(campaignId)).toEqual({ used: 300, reserved: 0 });
    expect((await eventsOf(app, campaignId)).at(-1)).toMatchObject({
      type: 'bonus.reversed',
      data: { amount: 700, activationId: body.id },
    });
  });

  it('of an activation that waits for its deposit lets it lapse', async () => {
    const { code, campaignId } = await onDeposit();
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    const answer = await reverse(app, body.id);
    expect(answer.body).toMatchObject({ outcome: 'lapsed', cancelledGrants: [body.grants[0].id] });
    expect(await counters(campaignId)).toEqual({ used: 0, reserved: 0 });
    expect(await eventCounts(app, campaignId)).toEqual({
      'code.activated': 1,
      'code.limit_reached': 1,
      'budget.threshold_crossed': 3,
      'activation.lapsed': 1,
    });
    await deposit(app, id, { amount: 5_000 });
    expect(await grantsOf(app, id)).toMatchObject([{ status: 'cancelled', amount: 0 }]);
  });

  test.each([
    ['an accepted activation', direct],
    ['a waiting one', onDeposit],
  ])('of %s gives the same answer twice, and has one effect', async (_, offer) => {
    const { code, campaignId } = await offer();
    const { body } = await activate(app, code, newPlayer());
    const first = await reverse(app, body.id);
    const published = await eventCounts(app, campaignId);
    const second = await reverse(app, body.id);
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(await eventCounts(app, campaignId)).toEqual(published);
  });

  test.each([
    ['an accepted activation', direct],
    ['a waiting one', onDeposit],
  ])('of %s twenty times at once has one effect', async (_, offer) => {
    const { code, campaignId } = await offer();
    const { body } = await activate(app, code, newPlayer());
    const answers = await Promise.all(Array.from({ length: 20 }, () => reverse(app, body.id)));
    expect(new Set(answers.map(({ status, body: answer }) => JSON.stringify([status, answer]))).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    const { 'activation.reversed': reversed = 0, 'activation.lapsed': lapsed = 0 } = await eventCounts(
      app,
      campaignId,
    );
    expect(reversed + lapsed).toBe(1);
    expect(await counters(campaignId)).toEqual({ used: 0, reserved: 0 });
  });

  it('of a refused activation, an unknown one, or another brand’s is refused', async () => {
    const { code } = await direct();
    const { body } = await activate(app, code, newPlayer());
    const refused = (await activate(app, code, newPlayer())).body.activationId;
    expect(await reverse(app, refused)).toMatchObject({ status: 422, body: { key: 'nothing_to_reverse' } });
    const path = (id: string) => `/v1/activations/${id}/reversals`;
    const unknown = await reverse(app, '01930000-0000-7000-8000-00000000dead');
    expect(unknown.status).toBe(404);
    const other = await app.anotherBrand();
    const foreign = await app.request('POST', path(body.id), { key: other.ownerKey, body: { reason: 'x' } });
    expect(foreign.status).toBe(404);
    expect(await outcomeOf(body.id)).toBe('accepted');
  });
});

describe('races', () => {
  const RUNS = 15;

  /** A waiting activation with two things happening to it at once; @returns how it ended. */
  async function race(
    one: (id: string) => Promise<unknown>,
    two: (activationId: string) => Promise<unknown>,
  ) {
    const { code, campaignId } = await onDeposit();
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    await Promise.all([one(id), two(body.id)]);
    const { 'bonus.granted': granted = 0 } = await eventCounts(app, campaignId);
    return { outcome: await outcomeOf(body.id), granted, ...(await counters(campaignId)) };
  }
  const runs = <T>(run: () => Promise<T>) => Promise.all(Array.from({ length: RUNS }, run));

  it('reversal against deposit: the bonus came and went, or never came', async () => {
    const ends = await runs(() =>
      race(
        (id) => deposit(app, id, { amount: 5_000 }),
        (a) => reverse(app, a),
      ),
    );
    for (const { outcome, granted, used, reserved } of ends) {
      expect([outcome, granted]).toEqual(outcome === 'reversed' ? ['reversed', 1] : ['lapsed', 0]);
      expect({ used, reserved }).toEqual({ used: 0, reserved: 0 });
    }
  });

  it('lapse against deposit: one of the two happened', async () => {
    const lapse = async (activationId: string) => {
      await app.db.query(
        `update activations set awaiting_until = clock_timestamp() where activation_id = $1 and outcome = 'awaiting_deposit'`,
        [activationId],
      );
      await lapseOverdue(app.db, freshSetAside());
    };
    const ends = await runs(() => race((id) => deposit(app, id, { amount: 5_000 }), lapse));
    while (await lapseOverdue(app.db, freshSetAside())) {}
    for (const { outcome, granted, used, reserved } of ends) {
      if (outcome === 'accepted')
        expect({ granted, used, reserved }).toEqual({ granted: 1, used: 5_001, reserved: 0 });
      else expect(granted).toBe(0);
    }
  });

  it('reversals among new uses of the same code by the same players leave every use free again', async () => {
    const { code, campaignId, codeId } = await createOffer(app, {
      maxUses: 5,
      definition: {
        limits: [
          { scope: 'player', max: 1 },
          { scope: 'campaign', max: 5 },
        ],
      },
    });
    const ids = Array.from({ length: 10 }, newPlayer);
    const statuses = new Set<number>();
    for (let round = 0; round < 10; round++)
      await Promise.all(
        ids.map(async (id) => {
          const { status, body } = await activate(app, code, id);
          statuses.add(status);
          if (status === 201) statuses.add((await reverse(app, body.id)).status);
        }),
      );
    expect([...statuses].sort()).toEqual([200, 201, 422]);
    expect(await counters(campaignId)).toEqual({ used: 0, reserved: 0 });
    const { rows } = await app.db.query('select uses, reserved from codes where code_key = $1', [codeId]);
    expect(rows).toEqual([{ uses: 0, reserved: 0 }]);
  });
});
