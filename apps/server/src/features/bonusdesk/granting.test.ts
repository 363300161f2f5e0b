import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { activate, eventsOf, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { createCampaign, createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestRequest } from '../../testing/test-app.ts';
import { signInAs, type TestMember } from '../../testing/test-staff.ts';

let app: TestApp;
let support: TestMember;
let another: TestMember;
let administrator: TestMember;
let campaignId: string;

/** Threshold of 20.00 EUR. */
beforeAll(async () => {
  app = await startTestApp();
  support = await signInAs(app, 'support');
  another = await signInAs(app, 'administrator');
  administrator = await signInAs(app, 'administrator');
  await app.request('PATCH', '/v1/approvals/thresholds', { body: { manualGrant: { EUR: 2_000 } } });
  ({ campaignId } = await createCampaign(app, {
    rewards: [
      { kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 3_500 } },
      {
        kind: 'deposit',
        matchBps: 10_000,
        cap: { EUR: 20_000 },
        minDeposit: { EUR: 2_000 },
        wagering: { multiplier: 1_000 },
      },
      { kind: 'special', handler: 'opt_in', payload: { property: 'vip_club' } },
    ],
    budget: { EUR: 1_000_000 },
  }));
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

let players = 0;

/** A player of the brand nobody has met. @param data e.g. the country. */
async function newPlayer(data: Record<string, unknown> = {}): Promise<string> {
  const player = `player-${++players}`;
  await app.request('PUT', `/v1/players/${player}`, { body: { currency: 'EUR', country: 'MT', ...data } });
  return player;
}

const asked = (player: string, more: Record<string, unknown> = {}) => ({
  body: { player, campaignId, reason: 'goodwill', ...more },
});
const grant = (player: string, more?: Record<string, unknown>, options: TestRequest = {}) =>
  app.request('POST', '/v1/grants', { ...asked(player, more), ...options });

const budgetUsed = async (): Promise<number> => {
  const { rows } = await app.db.query<{ used: number }>('select used from counters where counter_key = $1', [
    `${campaignId}:b:EUR`,
  ]);
  return rows[0]?.used ?? 0;
};

describe('a bonus granted by hand', () => {
  it('is issued under the terms of the campaign, booked, told and audited', async () => {
    const player = await newPlayer();
    const before = await budgetUsed();
    const { status, body } = await support.request('POST', '/v1/grants', asked(player));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      player,
      kind: 'bonus_balance',
      status: 'active',
      source: 'staff',
      activationId: null,
      amount: 1_000,
      balance: 1_000,
      wageringRequired: 35_000,
      campaignVersion: 1,
    });
    expect(await budgetUsed()).toBe(before + 1_000);
    expect((await eventsOf(app, campaignId)).at(-1)).toMatchObject({
      type: 'bonus.granted',
      data: { grantId: body.id, player, amount: 1_000, source: 'staff' },
    });
    const { rows } = await app.db.query(
      `select actor->>'id' as by, reason from audit_log where action = 'grant.issued' and target_id = $1`,
      [body.id],
    );
    expect(rows).toEqual([{ by: support.staffId, reason: 'goodwill' }]);
    const { rows: postings } = await app.db.query('select kind, amount from postings where grant_id = $1', [
      body.id,
    ]);
    expect(postings).toEqual([{ kind: 'bonus_granted', amount: 1_000 }]);
  });

  it('has the amount that was chosen, and the turnover that goes with it', async () => {
    const { body } = await grant(await newPlayer(), { amount: 333 });
    expect(body).toMatchObject({ amount: 333, wageringRequired: 11_655 });
  });

  it('of a deposit needs its amount, and begins at once', async () => {
    const player = await newPlayer();
    expect(await grant(player, { rewardIndex: 1 })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'amount' }] },
    });
    const { body } = await grant(player, { rewardIndex: 1, amount: 1_500 });
    expect(body).toMatchObject({
      kind: 'deposit',
      status: 'active',
      amount: 1_500,
      wageringRequired: 15_000,
    });
  });

  it('of a kind without an amount goes its way', async () => {
    const player = await newPlayer();
    expect((await grant(player, { rewardIndex: 2, amount: 5 })).status).toBe(422);
    const { body } = await grant(player, { rewardIndex: 2 });
    expect(body).toMatchObject({ kind: 'special', amount: 0 });
    expect((await app.request('GET', `/v1/deliveries?grantId=${body.id}`)).body.items).toMatchObject([
      { target: 'special', operation: 'issue' },
    ]);
  });

  test.each<[string, Record<string, unknown>, number, string]>([
    ['no such campaign', { campaignId: '01930000-0000-7000-8000-00000000dead' }, 404, 'not_found'],
    ['no such reward', { rewardIndex: 7 }, 422, 'invalid_request'],
    ['a currency the campaign does not have', { currency: 'USD' }, 422, 'currency_not_eligible'],
    ['nothing', { amount: 0 }, 422, 'invalid_request'],
    ['no reason', { reason: ' ' }, 422, 'invalid_request'],
    ['more than can be counted', { amount: Number.MAX_SAFE_INTEGER }, 422, 'amount_too_large'],
    ['fields nobody knows', { brandId: 'x' }, 422, 'invalid_request'],
  ])('of %s is refused', async (_, more, status, key) => {
    expect(await grant(await newPlayer(), more)).toMatchObject({ status, body: { key } });
  });

  it('to nobody we know, or to one who is out, is refused', async () => {
    expect(await grant('stranger')).toMatchObject({ status: 404 });
    const excluded = await newPlayer();
    await app.request('POST', `/v1/players/${excluded}/self-exclusion`, {
      body: { excluded: true, reason: 'asked' },
    });
    expect(await grant(excluded)).toMatchObject({ status: 422, body: { key: 'self_excluded' } });
    const blocked = await newPlayer();
    await app.db.query('update players set bonus_blocked = true where external_id = $1', [blocked]);
    expect(await grant(blocked)).toMatchObject({ status: 422, body: { key: 'bonus_blocked' } });
  });

  it('that the law of the player’s country forbids is refused', async () => {
    const player = await newPlayer({ country: 'GB' });
    expect(await grant(player)).toMatchObject({ status: 422, body: { key: 'jurisdiction_forbidden' } });
  });

  it('of a campaign that ended is goodwill; of a draft it is nothing', async () => {
    const player = await newPlayer();
    const { campaignId: over } = await createCampaign(app);
    const setStatus = (status: string) =>
      app.db.query('update campaigns set status = $2 where campaign_id = $1', [over, status]);
    await setStatus('ended');
    expect((await grant(player, { campaignId: over })).status).toBe(201);
    await setStatus('draft');
    expect(await grant(player, { campaignId: over })).toMatchObject({
      status: 422,
      body: { key: 'campaign_not_active' },
    });
  });

  it('is issued once for an idempotency key, however often it is asked for', async () => {
    const player = await newPlayer();
    const headers = { 'idempotency-key': 'goodwill-1' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => grant(player, {}, { headers })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(answers.filter(({ headers: sent }) => sent.get('idempotent-replayed')).length).toBe(9);
    expect(await grantsOf(app, player)).toHaveLength(1);
    expect(await grant(player, { amount: 5 }, { headers })).toMatchObject({ status: 409 });
  });

  it('takes from the budget exactly, whoever else does', async () => {
    const { campaignId: small, code } = await createOffer(app, { definition: { budget: { EUR: 10_000 } } });
    const granted = Array.from({ length: 8 }, async (_, n) =>
      grant(await newPlayer(), { campaignId: small, reason: `race ${n}` }),
    );
    const activated = Array.from({ length: 8 }, (_, n) => activate(app, code, `racer-${n}`));
    const statuses = (await Promise.all([...granted, ...activated])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    const { rows } = await app.db.query('select used, reserved from counters where campaign_id = $1', [
      small,
    ]);
    expect(rows).toEqual([{ used: 10_000, reserved: 0 }]);
    expect((await grant(await newPlayer(), { campaignId: small })).body.key).toBe('budget_exceeded');
    const types = (await eventsOf(app, small)).map(({ type }) => type);
    expect(types.filter((type) => type === 'campaign.paused')).toHaveLength(1);
  });
});

describe('above the threshold', () => {
  const ask = async (player: string, amount = 2_001) => {
    const { status, body } = await support.request('POST', '/v1/grants', asked(player, { amount }));
    expect(status).toBe(202);
    return body;
  };
  const approve = (who: TestMember, approvalId: string) =>
    who.request('POST', `/v1/approvals/${approvalId}/approve`, { body: {} });

  it('waits for a second person, who is not the one who asked', async () => {
    const player = await newPlayer();
    const { body: own } = await another.request('POST', '/v1/grants', asked(player, { amount: 2_500 }));
    expect(own).toMatchObject({ kind: 'grant.issue', status: 'pending', reason: 'goodwill' });
    expect(await grantsOf(app, player)).toEqual([]);
    expect(await approve(another, own.approvalId)).toMatchObject({
      status: 403,
      body: { key: 'own_request' },
    });
    expect(await approve(support, own.approvalId)).toMatchObject({ status: 403 });
    expect(await approve(administrator, own.approvalId)).toMatchObject({
      status: 200,
      body: { status: 'approved' },
    });
    expect(await grantsOf(app, player)).toMatchObject([{ amount: 2_500, status: 'active', source: 'staff' }]);
    expect(own.subject).toBe(`grant/${(await grantsOf(app, player))[0].id}`);
  });

  it('is at the threshold still one person’s to grant', async () => {
    expect(
      (await support.request('POST', '/v1/grants', asked(await newPlayer(), { amount: 2_000 }))).status,
    ).toBe(201);
  });

  it('is checked again when it is approved', async () => {
    const player = await newPlayer();
    const { approvalId } = await ask(player);
    await app.db.query('update players set bonus_blocked = true where external_id = $1', [player]);
    expect((await approve(administrator, approvalId)).body).toMatchObject({
      status: 'failed',
      failure: { key: 'bonus_blocked' },
    });
    expect(await grantsOf(app, player)).toEqual([]);
  });

  it('rejected is not granted, and may be asked again', async () => {
    const player = await newPlayer();
    const { approvalId } = await ask(player);
    await administrator.request('POST', `/v1/approvals/${approvalId}/reject`, {
      body: { reason: 'too much' },
    });
    expect(await grantsOf(app, player)).toEqual([]);
    await ask(player);
  });

  it('asked for twice under one key is one request', async () => {
    const player = await newPlayer();
    const headers = { 'idempotency-key': 'large-1' };
    const first = await grant(player, { amount: 3_000 }, { headers });
    const again = await grant(player, { amount: 3_000 }, { headers });
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body.approvalId).toBe(first.body.approvalId);
    await approve(administrator, first.body.approvalId);
    expect(await grantsOf(app, player)).toHaveLength(1);
  });

  it('approved by two at once is granted once', async () => {
    const player = await newPlayer();
    const { approvalId } = await ask(player);
    const answers = await Promise.all([approve(administrator, approvalId), approve(another, approvalId)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await grantsOf(app, player)).toHaveLength(1);
  });
});

test('who may grant', async () => {
  const player = await newPlayer();
  for (const role of ['marketing', 'fraud_analyst', 'data_analyst'] as const) {
    const member = await signInAs(app, role);
    expect((await member.request('POST', '/v1/grants', asked(player))).status, role).toBe(403);
  }
  expect((await grant(player, {}, { key: await app.playerToken(player) })).status).toBe(403);
  expect((await grant(player, {}, { key: await app.key(['bonuses:change']) })).status).toBe(403);
  const { ownerKey: key } = await app.anotherBrand();
  expect((await grant(player, {}, { key })).status).toBe(404);
  expect(await grantsOf(app, player)).toEqual([]);
});
