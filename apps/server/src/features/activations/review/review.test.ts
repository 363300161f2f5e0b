import { randomUUID } from 'node:crypto';
import type { Result } from '@promosmith/core';
import { type Finding, INDICATOR_NAMES } from '@promosmith/core/risk';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { activate, deposit, eventsOf, expectBalanced, grantsOf } from '../../../testing/actions.ts';
import { createOffer, type NewTestOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import type { Reviews } from './index.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

const WATCHFUL = { risk: { indicators: [...INDICATOR_NAMES] } };
const TWENTY_MATCHED = {
  kind: 'deposit',
  matchBps: 10_000,
  cap: { EUR: 20_000 },
  minDeposit: { EUR: 2_000 },
  wagering: { multiplier: 3_500 },
} as const;

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

let players = 0;

/** Somebody whose past speaks for itself: 70 points. */
async function suspect(indicator: Finding['indicator'] = 'payment_shared'): Promise<string> {
  const player = `suspect-${++players}`;
  await app.request('PUT', `/v1/players/${player}`, { body: { country: 'DE', currency: 'EUR' } });
  const finding: Finding = { indicator, version: 1, evidence: { others: 2 } };
  await app.db.query(
    `insert into risk_profiles (player_id, brand_id, findings) values ($1, $2, $3)
     on conflict (player_id) do update set findings = excluded.findings, due_at = null`,
    [playerId(app.brand.brandId, player), app.brand.brandId, JSON.stringify([finding])],
  );
  return player;
}

const decide = (name: keyof Reviews, activationId: string): Promise<Result<string>> =>
  app.db.transaction<Result<string>>((tx) =>
    app.reviews[name](tx, {
      brandId: app.brand.brandId,
      activationId,
      actor: { kind: 'staff', id: 'frida' },
      requestId: randomUUID(),
      reason: 'looked at it',
    }),
  );

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

  it('is not issued to who is blocked meanwhile', async () => {
    const { code } = await single();
    const player = await suspect();
    const { body } = await activate(app, code, player);
    const block = { blocked: true, reason: 'abuse' };
    await app.request('POST', `/v1/players/${player}/bonus-block`, { body: block });
    expect(await decide('release', body.id)).toMatchObject({ ok: false, refusal: { key: 'bonus_blocked' } });
    expect((await find(body.id)).outcome).toBe('in_review');
    expect(await decide('refuse', body.id)).toMatchObject({ ok: true });
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
      const event = {
        id: randomUUID(),
        type: 'deposit.reversed',
        time: new Date().toISOString(),
        player,
        data,
      };
      await app.request('POST', '/v1/events', { body: { events: [event] } });
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
