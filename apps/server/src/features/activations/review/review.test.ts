import { randomUUID } from 'node:crypto';
import type { RefusalKey } from '@promosmith/core/activation';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { activate, deposit, eventsOf, expectBalanced, grantsOf } from '../../../testing/actions.ts';
import { createOffer, type NewTestOffer } from '../../../testing/fixtures.ts';
import { moneyEvent, tell } from '../../../testing/money.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import type { Reviews } from './index.ts';
import { suspect as aSuspect, decide as decideOf, TWENTY_MATCHED, WATCHFUL } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

/** One use, and money for one bonus. */
const single = (definition: NonNullable<NewTestOffer['definition']> = {}) =>
  createOffer(app, {
    maxUses: 1,
    definition: {
      ...WATCHFUL,
      limits: [{ scope: 'player', max: 1 }],
      budget: { EUR: 20_000 },
      ...definition,
    },
  });

const suspect = () => aSuspect(app);
const decide = (name: keyof Reviews, activationId: string, key?: RefusalKey) =>
  decideOf(app, name, activationId, key);

const find = async (activationId: string) =>
  (await app.request('GET', `/v1/activations/${activationId}`)).body;
const casesOf = async (activationId: string) =>
  (await app.db.query('select kind, score, band from risk_cases where activation_id = $1', [activationId]))
    .rows;
const told = async (campaignId: string) => (await eventsOf(app, campaignId)).map(({ type }) => type);

describe('an activation that is held', () => {
  it('is promised: nobody else gets its use, and nothing is issued', async () => {
    const { code, campaignId } = await single();
    const player = await suspect();
    const { status, body } = await activate(app, code, player);
    expect(status).toBe(201);
    expect(body).toMatchObject({ outcome: 'in_review', grants: [{ status: 'pending', amount: 0 }] });
    expect((await activate(app, code, 'somebody-else')).body.key).toBe('quantity_exceeded');
    expect(await grantsOf(app, player)).toMatchObject([{ status: 'pending', amount: 0 }]);
    expect(await casesOf(body.id)).toEqual([{ kind: 'activation_held', score: 70, band: 'hold' }]);
    expect(await told(campaignId)).toEqual(
      expect.arrayContaining(['activation.held', 'risk.case_opened', 'code.limit_reached']),
    );
    expect(await told(campaignId)).not.toContain('code.activated');
  });

  it('answers the same key with the same, whatever became of it', async () => {
    const { code } = await single();
    const player = await suspect();
    const { body } = await activate(app, code, player, { idempotencyKey: 'once' });
    await decide('release', body.id);
    expect((await activate(app, code, player, { idempotencyKey: 'once' })).body).toEqual(body);
    expect(await casesOf(body.id)).toHaveLength(1);
  });

  it('cannot be reversed, as it took nothing yet', async () => {
    const { code } = await single();
    const { body } = await activate(app, code, await suspect());
    const reversal = await app.request('POST', `/v1/activations/${body.id}/reversals`, {
      body: { reason: 'x' },
    });
    expect(reversal.body).toMatchObject({
      key: 'nothing_to_reverse',
      detail: expect.stringContaining('review'),
    });
  });

  it('is refused at once when its player is excluded', async () => {
    const { code, campaignId } = await single();
    const player = await suspect();
    const { body } = await activate(app, code, player);
    await app.request('POST', `/v1/players/${player}/self-exclusion`, {
      body: { excluded: true, reason: 'asked' },
    });
    expect(await find(body.id)).toMatchObject({ outcome: 'refused', refusalKey: 'self_excluded' });
    expect(await grantsOf(app, player)).toMatchObject([{ status: 'cancelled' }]);
    expect(await told(campaignId)).toContain('activation.refused');
    expect(await decide('release', body.id)).toMatchObject({ ok: false, refusal: { key: 'not_in_review' } });
    expect((await activate(app, code, 'the-next')).status).toBe(201);
  });
});

describe('released', () => {
  it('gets what was promised, counted from then on', async () => {
    const { code, campaignId } = await single();
    const player = await suspect();
    const { body } = await activate(app, code, player);
    expect(await decide('release', body.id)).toEqual({ ok: true, value: 'accepted' });
    expect(await find(body.id)).toMatchObject({ outcome: 'accepted', refusalKey: null });
    const [grant] = await grantsOf(app, player);
    expect(grant).toMatchObject({
      status: 'active',
      amount: 1_000,
      balance: 1_000,
      wageringRequired: 35_000,
    });
    expect(Date.parse(grant.grantedAt)).toBeGreaterThan(Date.parse(body.createdAt));
    expect((await told(campaignId)).slice(-2)).toEqual(['code.activated', 'bonus.granted']);
  });

  it('does what its kind takes only then', async () => {
    const { code } = await single({
      budget: null,
      rewards: [{ kind: 'tournament_entry', tournament: 'cup' }],
    });
    const player = await suspect();
    const { body } = await activate(app, code, player);
    const tickets = async () =>
      (await app.db.query('select from tickets where player_id = $1', [playerId(app.brand.brandId, player)]))
        .rowCount;
    expect(await tickets()).toBe(0);
    await decide('release', body.id);
    expect(await tickets()).toBe(1);
    expect(await grantsOf(app, player)).toMatchObject([{ kind: 'tournament_entry', status: 'active' }]);
  });

  it('is not issued to who is blocked meanwhile: for that it can be refused', async () => {
    const { code } = await single();
    const player = await suspect();
    const { body } = await activate(app, code, player);
    const block = { blocked: true, reason: 'abuse' };
    await app.request('POST', `/v1/players/${player}/bonus-block`, { body: block });
    expect(await decide('release', body.id)).toMatchObject({ ok: false, refusal: { key: 'bonus_blocked' } });
    expect((await find(body.id)).outcome).toBe('in_review');
    expect(await decide('refuse', body.id, 'bonus_blocked')).toEqual({ ok: true, value: 'refused' });
    expect(await find(body.id)).toMatchObject({ outcome: 'refused', refusalKey: 'bonus_blocked' });
    expect(await grantsOf(app, player)).toMatchObject([{ status: 'cancelled' }]);
    expect((await activate(app, code, 'not-blocked')).status).toBe(201);
  });

  describe('an offer that needs a deposit', () => {
    const onDeposit = () => single({ rewards: [TWENTY_MATCHED] });

    it('waits for it, with all its time', async () => {
      const { code } = await onDeposit();
      const player = await suspect();
      const { body } = await activate(app, code, player);
      expect(body).toMatchObject({ outcome: 'in_review', awaitingUntil: null });
      expect(await decide('release', body.id)).toEqual({ ok: true, value: 'awaiting_deposit' });
      const { awaitingUntil, changedAt } = await find(body.id);
      expect(Date.parse(awaitingUntil) - Date.parse(changedAt)).toBe(7 * 86_400_000);
      await deposit(app, player, { amount: 5_000 });
      expect(await grantsOf(app, player)).toMatchObject([{ status: 'active', amount: 5_000 }]);
    });

    it('is paid by the first that qualified while it was held', async () => {
      const { code } = await onDeposit();
      const player = await suspect();
      const { body } = await activate(app, code, player);
      await deposit(app, player, { amount: 1_999, id: `${player}-small` });
      await deposit(app, player, { amount: 3_000, id: `${player}-first` });
      await deposit(app, player, { amount: 9_000, id: `${player}-second` });
      expect(await grantsOf(app, player)).toMatchObject([{ status: 'pending' }]);
      expect(await decide('release', body.id)).toEqual({ ok: true, value: 'accepted' });
      expect(await grantsOf(app, player)).toMatchObject([{ status: 'active', amount: 3_000 }]);
      expect(await find(body.id)).toMatchObject({
        outcome: 'accepted',
        refusalKey: null,
        awaitingUntil: null,
      });
    });

    describe('of a certain number', () => {
      const offerTo = async (nthDeposit: number) => {
        const { code } = await single({ rewards: [{ ...TWENTY_MATCHED, nthDeposit }] });
        const player = await suspect();
        return { player, hold: async () => (await activate(app, code, player)).body.id as string };
      };
      const reverse = (player: string, depositId: string, amount: number) =>
        tell(app, moneyEvent('deposit.reversed', { depositId, amount, currency: 'EUR' }, { player }));
      const paidBy = async (player: string) =>
        (await grantsOf(app, player)).map(({ status, amount }) => [status, amount]);

      it.each([
        [1, 5_000],
        [2, 2_000],
        [3, 4_000],
      ])('is paid by the one that was told as that: %i', async (nth, amount) => {
        const { player, hold } = await offerTo(nth);
        const activationId = await hold();
        for (const one of [5_000, 2_000, 4_000]) await deposit(app, player, { amount: one });
        expect(await decide('release', activationId)).toEqual({ ok: true, value: 'accepted' });
        expect(await paidBy(player)).toEqual([['active', amount]]);
      });

      it('counts those that were told before it was held, in the order they were told', async () => {
        const { player, hold } = await offerTo(2);
        await deposit(app, player, { amount: 9_000 });
        const activationId = await hold();
        await deposit(app, player, { amount: 3_000 });
        // Made before it, but told later: it is the third.
        const time = new Date(Date.now() - 60_000).toISOString();
        await deposit(app, player, { amount: 4_000, time });
        await decide('release', activationId);
        expect(await paidBy(player)).toEqual([['active', 3_000]]);
      });

      it('counts no deposit that was taken back, whichever was told first', async () => {
        const { player, hold } = await offerTo(2);
        const activationId = await hold();
        await deposit(app, player, { amount: 3_000, depositId: `${player}-back` });
        await deposit(app, player, { amount: 4_000 });
        await reverse(player, `${player}-early`, 6_000);
        await deposit(app, player, { amount: 6_000, depositId: `${player}-early` });
        await deposit(app, player, { amount: 5_000 });
        await reverse(player, `${player}-back`, 3_000);
        await decide('release', activationId);
        expect(await paidBy(player)).toEqual([['active', 5_000]]);
      });

      it('believes a platform that counts by itself', async () => {
        const { player, hold } = await offerTo(7);
        const activationId = await hold();
        await deposit(app, player, { amount: 5_000, index: 6 });
        await deposit(app, player, { amount: 4_000, index: 7 });
        await deposit(app, player, { amount: 3_000, index: 8 });
        await decide('release', activationId);
        expect(await paidBy(player)).toEqual([['active', 4_000]]);
      });

      it('waits on where none was', async () => {
        const { player, hold } = await offerTo(2);
        const activationId = await hold();
        await deposit(app, player, { amount: 5_000 });
        expect(await decide('release', activationId)).toEqual({ ok: true, value: 'awaiting_deposit' });
        await deposit(app, player, { amount: 4_000 });
        expect(await paidBy(player)).toEqual([['active', 4_000]]);
      });
    });

    it('is paid by the deposit its code came with', async () => {
      const { code } = await onDeposit();
      const player = await suspect();
      const data = { depositId: `${player}-d`, amount: 4_000, currency: 'EUR', method: 'card', code };
      const event = {
        id: randomUUID(),
        type: 'deposit.succeeded',
        time: new Date().toISOString(),
        player,
        data,
      };
      const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
      expect(body.results[0]).toMatchObject({ status: 'accepted', code: { outcome: 'in_review' } });
      await decide('release', body.results[0].code.activationId);
      expect(await grantsOf(app, player)).toMatchObject([{ status: 'active', amount: 4_000 }]);
    });

    it('is not paid by one that was taken back', async () => {
      const { code } = await onDeposit();
      const player = await suspect();
      const { body } = await activate(app, code, player);
      await deposit(app, player, { amount: 3_000, id: `${player}-gone` });
      const data = { depositId: `${player}-gone`, amount: 3_000, currency: 'EUR' };
      await tell(app, moneyEvent('deposit.reversed', data, { player }));
      expect(await decide('release', body.id)).toEqual({ ok: true, value: 'awaiting_deposit' });
    });
  });
});

test('refused, it gives back what it held', async () => {
  const { code, campaignId } = await single();
  const player = await suspect();
  const { body } = await activate(app, code, player);
  expect(await decide('refuse', body.id)).toEqual({ ok: true, value: 'refused' });
  expect(await find(body.id)).toMatchObject({ outcome: 'refused', refusalKey: 'risk_declined' });
  expect(await grantsOf(app, player)).toMatchObject([{ status: 'cancelled', amount: 0 }]);
  expect((await told(campaignId)).at(-1)).toBe('activation.refused');
  expect((await activate(app, code, 'after-refusal')).status).toBe(201);
});

test.each(['release', 'refuse'] as const)(
  'of decisions at once, %s first among them, one takes effect',
  async (first) => {
    const { code, campaignId } = await single();
    const { body } = await activate(app, code, await suspect());
    const second = first === 'release' ? 'refuse' : 'release';
    const names = Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? first : second));
    const decisions = await Promise.all(names.map((name) => decide(name, body.id)));
    expect(decisions.filter(({ ok }) => ok)).toHaveLength(1);
    const ends = (await told(campaignId)).filter((type) =>
      ['code.activated', 'activation.refused'].includes(type),
    );
    expect(ends).toHaveLength(1);
  },
);

test('another brand finds nothing to decide', async () => {
  const { code } = await single();
  const { body } = await activate(app, code, await suspect());
  const { brand } = await app.anotherBrand();
  const order = {
    activationId: body.id,
    actor: { kind: 'staff', id: 'x' },
    requestId: 'x',
    reason: 'x',
  } as const;
  const decided = await app.db.transaction((tx) =>
    app.reviews.release(tx, { brandId: brand.brandId, ...order }),
  );
  expect(decided).toMatchObject({ ok: false, refusal: { key: 'not_found' } });
});

test('accounts of one mailbox meet in a limit per person, however many try at once', async () => {
  const { code } = await createOffer(app, { definition: { limits: [{ scope: 'person', max: 2 }] } });
  const spellings = [
    'ringo@gmail.com',
    'r.i.n.g.o@googlemail.com',
    'Ringo+1@gmail.com',
    'ringo+bonus@gmail.com',
  ];
  const attempts = Array.from({ length: 24 }, (_, n) =>
    activate(app, code, { id: `ring-${n}`, currency: 'EUR', email: spellings[n % spellings.length]! }),
  );
  const outcomes = (await Promise.all(attempts)).map(({ body }) => body.outcome ?? body.key).sort();
  expect(outcomes).toEqual([...Array(2).fill('accepted'), ...Array(22).fill('person_quantity_exceeded')]);
});
