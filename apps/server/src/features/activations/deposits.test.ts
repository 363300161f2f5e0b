import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import {
  activate,
  deposit,
  eventCounts,
  eventsOf,
  expectBalanced,
  grantsOf,
  type TestDeposit,
} from '../../testing/actions.ts';
import { createCampaign, createCode, createOffer, type NewTestOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

type Definition = NonNullable<NewTestOffer['definition']>;
type DepositReward = Extract<NonNullable<Definition['rewards']>[number], { kind: 'deposit' }>;

/** V1: 100 % up to 200.00, from 20.00, wagered 35 times. */
const V1: DepositReward = {
  kind: 'deposit',
  matchBps: 10_000,
  cap: { EUR: 20_000 },
  minDeposit: { EUR: 2_000 },
  wagering: { multiplier: 3_500 },
};
const offer = (reward: Partial<DepositReward> = {}, definition: Definition = {}) =>
  createOffer(app, { definition: { ...definition, rewards: [{ ...V1, ...reward }] } });

let players = 0;
const newPlayer = () => `deposits-${++players}`;
const find = async (activationId: string) =>
  (await app.request('GET', `/v1/activations/${activationId}`)).body;

describe('a deposit bonus', () => {
  const { wagering } = V1;
  const plus = { ...wagering, base: 'deposit_plus_bonus' } as const;
  const kwd = { cap: { KWD: 100_000 }, minDeposit: { KWD: 1 } };
  const jpy = { cap: { JPY: 100_000 }, minDeposit: { JPY: 1 } };

  test.each<[string, Partial<DepositReward>, TestDeposit, [bonus: number, wagering: number]]>([
    ['V1 150', {}, { amount: 15_000 }, [15_000, 525_000]],
    ['V1 350', {}, { amount: 35_000 }, [20_000, 700_000]],
    ['V1 20', {}, { amount: 2_000 }, [2_000, 70_000]],
    ['V4 100', { wagering: plus }, { amount: 10_000 }, [10_000, 700_000]],
    ['V4 350 full', { wagering: plus }, { amount: 35_000 }, [20_000, 1_925_000]],
    [
      'V4 350 matched',
      { wagering: { ...plus, depositBase: 'matched' } },
      { amount: 35_000 },
      [20_000, 1_400_000],
    ],
    [
      'the cap of its currency',
      { cap: { EUR: 20_000, SEK: 90_000 }, minDeposit: { EUR: 2_000, SEK: 5_000 } },
      { amount: 100_000, currency: 'SEK' },
      [90_000, 3_150_000],
    ],
    ['V5', { matchBps: 5_000, cap: { EUR: 10_000 } }, { amount: 3_333 }, [1_666, 58_310]],
    ['V6 KWD', { matchBps: 5_000, ...kwd }, { amount: 10_005, currency: 'KWD' }, [5_002, 175_070]],
    ['V6 JPY', jpy, { amount: 5_000, currency: 'JPY' }, [5_000, 175_000]],
  ])('%s', async (_, reward, made, [bonus, wagered]) => {
    const { code, campaignId } = await offer(reward);
    const id = newPlayer();
    const { body } = await activate(app, code, { id, currency: made.currency ?? 'EUR' });
    expect(body).toMatchObject({ outcome: 'awaiting_deposit', grants: [{ status: 'pending', amount: 0 }] });
    expect(await deposit(app, id, made)).toMatchObject({ status: 'accepted' });
    expect(await find(body.id)).toMatchObject({ outcome: 'accepted', awaitingUntil: null, refusalKey: null });
    const [grant] = await grantsOf(app, id);
    expect(grant).toMatchObject({
      id: body.grants[0].id,
      status: 'active',
      amount: bonus,
      balance: bonus,
      currency: made.currency ?? 'EUR',
      wageringRequired: wagered,
    });
    const sevenDays = 7 * 86_400_000;
    expect(Date.parse(grant.expiresAt) - Date.parse(grant.grantedAt)).toBe(sevenDays);
    expect(await eventCounts(app, campaignId)).toEqual({ 'code.activated': 1, 'bonus.granted': 1 });
    expect((await eventsOf(app, campaignId)).at(-1)?.data).toMatchObject({
      grantId: grant.id,
      kind: 'deposit',
      amount: bonus,
      activationId: body.id,
      player: id,
    });
  });

  it('V1 19.99 does not qualify: the activation still waits, and says why', async () => {
    const { code, campaignId } = await offer();
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    await deposit(app, id, { amount: 1_999 });
    expect(await find(body.id)).toMatchObject({
      outcome: 'awaiting_deposit',
      refusalKey: 'min_deposit_not_met',
      awaitingUntil: body.awaitingUntil,
    });
    const explained = await app.request('GET', `/v1/activations/${body.id}/explanation`);
    expect(explained.body.message).toContain('below the minimum');
    expect(await eventCounts(app, campaignId)).toEqual({ 'code.activated': 1 });
    await deposit(app, id, { amount: 2_000 });
    expect(await find(body.id)).toMatchObject({ outcome: 'accepted', refusalKey: null });
  });

  test.each<[string, Partial<DepositReward>, TestDeposit, string]>([
    ['in another currency', {}, { amount: 5_000, currency: 'USD' }, 'currency_not_eligible'],
    [
      'by a method that is not among those it is for',
      { paymentMethods: { only: ['bank'] } },
      { amount: 5_000 },
      'payment_method_excluded',
    ],
    [
      'by a method that is left out',
      { paymentMethods: { except: ['card'] } },
      { amount: 5_000 },
      'payment_method_excluded',
    ],
    ['that is the wrong one', { nthDeposit: 2 }, { amount: 5_000 }, 'audience_rules_violated'],
    [
      'that earns less than one minor unit',
      { matchBps: 100, minDeposit: { EUR: 1 } },
      { amount: 99 },
      'min_deposit_not_met',
    ],
    [
      'whose turnover could not be counted exactly',
      { wagering: { multiplier: 3_500, base: 'deposit_plus_bonus' } },
      { amount: Number.MAX_SAFE_INTEGER },
      'max_deposit_exceeded',
    ],
  ])('waits on after a deposit %s', async (_, reward, made, key) => {
    const { code } = await offer(reward);
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    await deposit(app, id, made);
    expect(await find(body.id)).toMatchObject({ outcome: 'awaiting_deposit', refusalKey: key });
    expect(await grantsOf(app, id)).toMatchObject([{ status: 'pending', amount: 0 }]);
  });

  it('is capped for the largest deposit there can be', async () => {
    const { code } = await offer({ matchBps: 1_000_000 });
    const id = newPlayer();
    await activate(app, code, id);
    await deposit(app, id, { amount: Number.MAX_SAFE_INTEGER });
    expect(await grantsOf(app, id)).toMatchObject([{ status: 'active', amount: 20_000 }]);
  });

  it('for the second deposit pays with the second, as counted here or by the platform', async () => {
    const { code } = await offer({ nthDeposit: 2 });
    const counted = newPlayer();
    await activate(app, code, counted);
    await deposit(app, counted, { amount: 5_000 });
    await deposit(app, counted, { amount: 6_000 });
    expect(await grantsOf(app, counted)).toMatchObject([{ status: 'active', amount: 6_000 }]);
    const told = newPlayer();
    await activate(app, code, told);
    await deposit(app, told, { amount: 7_000, index: 2 });
    expect(await grantsOf(app, told)).toMatchObject([{ status: 'active', amount: 7_000 }]);
  });

  it('comes with the other rewards of its offer', async () => {
    const extra = { kind: 'bonus_balance' as const, amount: { EUR: 500 }, wagering: V1.wagering };
    const { code } = await createOffer(app, {
      definition: { rewards: [extra, V1], budget: { EUR: 100_000 } },
    });
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    expect(body.grants).toMatchObject([
      { kind: 'bonus_balance', status: 'pending' },
      { kind: 'deposit', status: 'pending' },
    ]);
    await deposit(app, id, { amount: 5_000 });
    const amounts = (await grantsOf(app, id)).map(({ kind, status, amount }) => [kind, status, amount]);
    expect(amounts.sort()).toEqual([
      ['bonus_balance', 'active', 500],
      ['deposit', 'active', 5_000],
    ]);
  });
});

describe('which deposit counts', () => {
  it('one told twice pays once', async () => {
    const { code, campaignId } = await offer();
    const id = newPlayer();
    await activate(app, code, id);
    await activate(app, code, id);
    const made = { amount: 5_000, id: 'told-twice', time: new Date().toISOString() };
    expect([await deposit(app, id, made), await deposit(app, id, made)]).toMatchObject([
      { status: 'accepted' },
      { status: 'duplicate' },
    ]);
    expect((await grantsOf(app, id)).map(({ status }) => status).sort()).toEqual(['active', 'pending']);
    expect(await eventCounts(app, campaignId)).toEqual({ 'code.activated': 2, 'bonus.granted': 1 });
  });

  it('one told again under other event ids pays once, also at once', async () => {
    const { code, campaignId } = await offer();
    const id = newPlayer();
    for (let i = 0; i < 5; i++) await activate(app, code, id);
    const tell = () => deposit(app, id, { amount: 5_000, depositId: `d-${id}` });
    const results = await Promise.all(Array.from({ length: 10 }, tell));
    expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    expect(await tell()).toMatchObject({ status: 'duplicate' });
    expect((await eventCounts(app, campaignId))['bonus.granted']).toBe(1);
    const { body } = await app.request('GET', `/v1/players/${id}`);
    expect(body).toMatchObject({ depositCount: 1, totalDeposits: 5_000 });
  });

  it('two deposits pay two activations, the older first', async () => {
    const { code } = await offer();
    const id = newPlayer();
    const first = await activate(app, code, id);
    const second = await activate(app, code, id);
    await deposit(app, id, { amount: 5_000 });
    expect([await find(first.body.id), await find(second.body.id)]).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'awaiting_deposit' },
    ]);
    await deposit(app, id, { amount: 6_000 });
    expect((await grantsOf(app, id)).map(({ amount }) => amount)).toEqual([6_000, 5_000]);
  });

  it('one that does not qualify for the older activation may for the younger', async () => {
    const large = await offer({ minDeposit: { EUR: 10_000 } });
    const small = await offer();
    const id = newPlayer();
    const older = await activate(app, large.code, id);
    const younger = await activate(app, small.code, id);
    await deposit(app, id, { amount: 5_000 });
    expect([await find(older.body.id), await find(younger.body.id)]).toMatchObject([
      { outcome: 'awaiting_deposit', refusalKey: 'min_deposit_not_met' },
      { outcome: 'accepted' },
    ]);
  });

  it('two of one player in one call pay two', async () => {
    const { code } = await offer();
    const id = newPlayer();
    await activate(app, code, id);
    await activate(app, code, id);
    const event = (n: number) => ({
      id: `both-${n}`,
      type: 'deposit.succeeded',
      time: new Date().toISOString(),
      player: id,
      data: { depositId: `both-${n}`, amount: 3_000 + n, currency: 'EUR', method: 'card' },
    });
    await app.request('POST', '/v1/events', { body: { events: [event(1), event(2)] } });
    expect((await grantsOf(app, id)).map(({ amount }) => amount)).toEqual([3_002, 3_001]);
  });

  it('one made before the code was entered does not', async () => {
    const { code } = await offer();
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    await deposit(app, id, { amount: 5_000, time: new Date(Date.now() - 5_000).toISOString() });
    expect(await find(body.id)).toMatchObject({ outcome: 'awaiting_deposit', refusalKey: null });
  });

  it('one told in whole seconds does, of the second the code was entered in', async () => {
    const { code } = await offer();
    const id = newPlayer();
    const { body } = await activate(app, code, id);
    await deposit(app, id, { amount: 5_000, time: `${body.createdAt.slice(0, 19)}Z` });
    expect(await find(body.id)).toMatchObject({ outcome: 'accepted' });
  });

  it('one of another player does not', async () => {
    const { code } = await offer();
    const { body } = await activate(app, code, newPlayer());
    await deposit(app, newPlayer(), { amount: 5_000 });
    expect(await find(body.id)).toMatchObject({ outcome: 'awaiting_deposit' });
  });

  it('one that is told again while being applied is applied once', async () => {
    const { code, campaignId } = await offer();
    const id = newPlayer();
    for (let i = 0; i < 5; i++) await activate(app, code, id);
    const made = { amount: 5_000, id: 'at-once', time: new Date().toISOString() };
    const results = await Promise.all(Array.from({ length: 10 }, () => deposit(app, id, made)));
    expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    expect((await eventCounts(app, campaignId))['bonus.granted']).toBe(1);
  });
});

describe('a player who is out when the deposit comes', () => {
  const block = (id: string) =>
    app.request('POST', `/v1/players/${id}/bonus-block`, { body: { blocked: true, reason: 'abuse' } });
  /** Exclusions end what waits; only one that crossed with the activation itself leaves it waiting. */
  const exclude = (id: string) =>
    app.db.query(`update players set self_excluded_until = now() + interval '1 day' where external_id = $1`, [
      id,
    ]);

  test.each<[string, (id: string) => Promise<unknown>, string]>([
    ['blocked', block, 'bonus_blocked'],
    ['excluded while the code was entered', exclude, 'self_excluded'],
  ])('%s gets nothing, and the activation says why', async (_, barred, key) => {
    const { code } = await offer();
    const id = newPlayer();
    const activation = await activate(app, code, id);
    await barred(id);
    await deposit(app, id, { amount: 5_000 });
    expect(await find(activation.body.id)).toMatchObject({ outcome: 'awaiting_deposit', refusalKey: key });
    expect(await grantsOf(app, id)).toMatchObject([{ status: 'pending', amount: 0 }]);
  });
});

describe('the budget of a deposit offer', () => {
  it('V18b: holds the most a bonus can be until the deposit says what it is', async () => {
    const { campaignId } = await createCampaign(app, { rewards: [V1], budget: { EUR: 100_000 } });
    const { code } = await createCode(app, { campaignId });
    const ids = Array.from({ length: 6 }, newPlayer);
    const [first = '', second = ''] = ids;
    const sixth = ids.at(-1) ?? '';
    for (const id of ids.slice(0, 5)) expect((await activate(app, code, id)).status).toBe(201);
    expect((await activate(app, code, sixth)).body).toMatchObject({
      key: 'budget_exceeded',
      reasons: [{ check: 'campaign.budget', saw: 0, needs: 20_000 }],
    });

    await deposit(app, first, { amount: 5_000 });
    expect((await activate(app, code, sixth)).body).toMatchObject({
      key: 'budget_exceeded',
      reasons: [{ check: 'campaign.budget', saw: 15_000, needs: 20_000 }],
    });
    await deposit(app, second, { amount: 5_000 });
    expect((await activate(app, code, sixth)).status).toBe(201);
    const { rows } = await app.db.query('select used, reserved from counters where campaign_id = $1', [
      campaignId,
    ]);
    expect(rows).toEqual([{ used: 10_000, reserved: 80_000 }]);
  });
});
