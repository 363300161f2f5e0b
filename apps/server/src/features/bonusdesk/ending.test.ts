import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { activate, deposit, eventsOf, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { betEvent, tell } from '../../testing/money.ts';
import { startTestApp, type TestApp, type TestRequest } from '../../testing/test-app.ts';
import { signInAs } from '../../testing/test-staff.ts';
import { cashbackCampaign, grantCashback, lastMonth, placeBets, settlementsOf } from '../cashback/testing.ts';
import { connectEngine } from '../engines/testing.ts';
import { connectProvider, issuedSpins, startSpins } from '../freespins/testing.ts';
import { tournamentActions } from '../tournaments/testing.ts';

let app: TestApp;
let offer: { campaignId: string; code: string };
let onDeposit: { campaignId: string; code: string };

/** 10.00 to be wagered ten times; and a deposit doubled. */
beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'UTC' } });
  const wagering = { multiplier: 1_000 };
  offer = await createOffer(app, {
    definition: {
      budget: { EUR: 1_000_000 },
      rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering }],
    },
  });
  onDeposit = await createOffer(app, {
    definition: {
      budget: { EUR: 10_000_000 },
      rewards: [
        { kind: 'deposit', matchBps: 10_000, cap: { EUR: 20_000 }, minDeposit: { EUR: 2_000 }, wagering },
      ],
    },
  });
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

let players = 0;
const newPlayer = () => `player-${++players}`;

/** A player with an active bonus of 10.00. */
async function withBonus(player = newPlayer()) {
  const { body } = await activate(app, offer.code, player);
  return { player, grantId: body.grants[0].id as string };
}

const post = (grantId: string, verb: string, body?: unknown, options: TestRequest = {}) =>
  app.request('POST', `/v1/grants/${grantId}/${verb}`, {
    ...(body === undefined ? {} : { body }),
    ...options,
  });
const cancel = (grantId: string, options?: TestRequest) =>
  post(grantId, 'cancel', { reason: 'a mistake' }, options);
const forfeit = (grantId: string, options?: TestRequest) => post(grantId, 'forfeit', undefined, options);
const tokenOf = async (player: string): Promise<TestRequest> => ({ key: await app.playerToken(player) });

const told = async (grantId: string, campaignId = offer.campaignId): Promise<string[]> =>
  (await eventsOf(app, campaignId)).filter(({ data }) => data.grantId === grantId).map(({ type }) => type);

const auditOf = async (grantId: string) =>
  (
    await app.db.query<{ action: string; reason: string; before: unknown; after: unknown }>(
      `select action, reason, before, after from audit_log where target_id = $1 and action like 'grant.%' order by entry_id`,
      [grantId],
    )
  ).rows;

const budgetUsed = async (campaignId: string) => {
  const { rows } = await app.db.query<{ used: number; reserved: number }>(
    'select used, reserved from counters where counter_key = $1',
    [`${campaignId}:b:EUR`],
  );
  return rows[0];
};

describe('a bonus that staff cancel', () => {
  it('is gone with what is left of it; what was played stays played', async () => {
    const { player, grantId } = await withBonus();
    await tell(app, betEvent({ player, stake: 300, win: 100 }));
    const { status, body } = await cancel(grantId);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'cancelled', balance: 0, endedReason: 'a mistake' });
    expect(await told(grantId)).toEqual(['bonus.granted', 'bonus.cancelled']);
    expect(await auditOf(grantId)).toEqual([
      {
        action: 'grant.cancelled',
        reason: 'a mistake',
        before: expect.objectContaining({ status: 'active', balance: 800 }),
        after: expect.objectContaining({ status: 'cancelled', balance: 0 }),
      },
    ]);
  });

  it('is cancelled once, by however many', async () => {
    const { grantId } = await withBonus();
    const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(grantId)));
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(
      Array(8).fill([200, 'cancelled']),
    );
    expect(await told(grantId)).toEqual(['bonus.granted', 'bonus.cancelled']);
    expect(await auditOf(grantId)).toHaveLength(1);
  });

  it('and completes at the same moment: one of them ends it', async () => {
    for (let round = 0; round < 5; round++) {
      const { player, grantId } = await withBonus();
      await tell(app, betEvent({ player, stake: 1_000, win: 10_000 }));
      const [answer] = await Promise.all([
        cancel(grantId),
        tell(app, betEvent({ player, stake: 9_000, win: 9_000 })),
      ]);
      const { body } = await app.request('GET', `/v1/grants/${grantId}`);
      expect(body).toMatchObject(
        answer.status === 200
          ? { status: 'cancelled', converted: 0 }
          : { status: 'completed', converted: 10_000 },
      );
      await expectBalanced(app);
    }
  });

  it('before its deposit came ends with its activation', async () => {
    const player = newPlayer();
    const before = await budgetUsed(onDeposit.campaignId);
    const { body } = await activate(app, onDeposit.code, player);
    expect((await cancel(body.grants[0].id)).body).toMatchObject({ status: 'cancelled' });
    expect((await app.request('GET', `/v1/activations/${body.id}`)).body).toMatchObject({
      outcome: 'lapsed',
    });
    expect(await budgetUsed(onDeposit.campaignId)).toEqual(before ?? { used: 0, reserved: 0 });
    await deposit(app, player, { amount: 5_000 });
    expect(await grantsOf(app, player)).toMatchObject([{ status: 'cancelled', amount: 0 }]);
    expect((await cancel(body.grants[0].id)).status).toBe(200);
  });

  it('and has ended otherwise is refused', async () => {
    const { player, grantId } = await withBonus();
    await tell(app, betEvent({ player, stake: 1_000, win: 0 }));
    expect((await grantsOf(app, player))[0]).toMatchObject({ status: 'lost' });
    expect(await cancel(grantId)).toMatchObject({ status: 422, body: { key: 'grant_not_active' } });
    expect(await auditOf(grantId)).toEqual([]);
  });

  it('voids the tickets it holds', async () => {
    const { seated, statusOf } = tournamentActions(app);
    const { grantId, ticketId, player } = await seated();
    expect((await cancel(grantId)).body).toMatchObject({ kind: 'tournament_entry', status: 'cancelled' });
    expect(await statusOf(ticketId, player)).toBe('voided');
  });

  it('is cashback that a player claims meanwhile: paid or cancelled, never neither', async () => {
    // Its bets are no line of the books, so it has a server of its own.
    await using other = await startTestApp({ brand: { timeZone: 'UTC' } });
    const { midst } = lastMonth();
    const campaignId = await cashbackCampaign(other, {
      period: 'month',
      payout: 'claim',
      claimWithinSeconds: 3_600,
      periods: 3,
    });
    for (let round = 0; round < 5; round++) {
      const player = newPlayer();
      await placeBets(other, player, [{ at: midst, stake: 35_000 }]);
      const [grant] = await grantCashback(other, campaignId, [player], midst);
      if (!grant) throw new Error('nothing was granted');
      const [{ id }] = await settlementsOf(other, grant, 1);
      const [claimed, cancelled] = await Promise.all([
        other.request('POST', `/v1/cashback/${id}/claim`),
        other.request('POST', `/v1/grants/${grant.grantId}/cancel`, { body: { reason: 'abuse' } }),
      ]);
      expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
      const paid = (await grantsOf(other, player)).filter(({ source }) => source === 'cashback');
      expect(paid.map(({ amount }) => amount)).toEqual(claimed.status === 200 ? [3_500] : []);
      if (claimed.status !== 200) expect(claimed.body.key).toBe('grant_not_active');
    }
  });

  it('on its way to an outside engine costs the budget nothing', async () => {
    await using outside = await startTestApp({ config: { outboundAllowPrivate: true } });
    await using engine = await connectEngine(outside);
    const { campaignId, code } = await createOffer(outside, { definition: { budget: { EUR: 5_000 } } });
    engine.receiver.behave((response) => void response.writeHead(500).end());
    const grantId = (await activate(outside, code, 'ann')).body.grants[0].id;
    await expect.poll(() => engine.receiver.received.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const cancelIt = () =>
      outside.request('POST', `/v1/grants/${grantId}/cancel`, { body: { reason: 'too late' } });
    const [first, second] = await Promise.all([cancelIt(), cancelIt()]);
    for (const { status, body } of [first, second])
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { status: 'cancelled', keptOutside: true },
      });
    const { rows } = await outside.db.query('select used, reserved from counters where campaign_id = $1', [
      campaignId,
    ]);
    expect(rows).toEqual([{ used: 0, reserved: 0 }]);
    expect((await outside.request('GET', `/v1/deliveries?grantId=${grantId}`)).body.items).toMatchObject([
      { operation: 'cancel' },
      { operation: 'issue', state: 'withdrawn' },
    ]);
    await expectBalanced(outside);
  });
});

describe('a bonus that its player gives up', () => {
  it('costs what the preview says, and real money stays', async () => {
    const { player, grantId } = await withBonus();
    await tell(app, betEvent({ player, stake: 500, win: 2_000 }));
    await deposit(app, player, { amount: 4_000 });
    const token = await tokenOf(player);
    const preview = await app.request('GET', `/v1/grants/${grantId}/forfeit`, token);
    expect(preview).toMatchObject({
      status: 200,
      body: {
        grantId,
        currency: 'EUR',
        balanceLost: 2_500,
        winningsLost: 1_500,
        turnoverLost: 500,
        spinsLost: 0,
        ticketsLost: 0,
        cashbackLost: 0,
        realKept: 4_000,
      },
    });
    const { status, body } = await forfeit(grantId, token);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'forfeited', balance: 0 });
    expect(body).not.toHaveProperty('endedReason');
    expect((await forfeit(grantId, token)).status).toBe(200);
    expect(await told(grantId)).toEqual(['bonus.granted', 'bonus.forfeited']);
    expect((await app.request('GET', `/v1/grants/${grantId}/forfeit`, token)).body.key).toBe(
      'grant_not_active',
    );
    const { rows } = await app.db.query(
      `select real from wallets join players using (player_id) where external_id = $1`,
      [player],
    );
    expect(rows).toEqual([{ real: 4_000 }]);
  });

  const costOf = async (grantId: string, player: string, at = app) =>
    (await at.request('GET', `/v1/grants/${grantId}/forfeit`, { key: await at.playerToken(player) })).body;

  it('costs its tickets that are not used', async () => {
    const { grantId, player, ticketId } = await tournamentActions(app).seated({ seats: 3 });
    await tournamentActions(app).use(ticketId);
    expect(await costOf(grantId, player)).toMatchObject({ ticketsLost: 2, balanceLost: 0 });
  });

  it('costs its free spins that are not played, all of them before they are ordered', async () => {
    await using spinning = await startTestApp({ config: { outboundAllowPrivate: true } });
    await using provider = await connectProvider(spinning, 'formsha1');
    const issued = await issuedSpins(spinning, provider);
    const played = { grantId: issued.grantId, player: issued.player };
    await provider.tell({ ...played, won: 70 });
    expect(await costOf(issued.grantId, issued.player, spinning)).toMatchObject({ spinsLost: 19 });
    const waiting = await startSpins(spinning, { name: 'not-connected' });
    expect(await costOf(waiting.grantId, waiting.player, spinning)).toMatchObject({ spinsLost: 20 });
  });

  it('costs the cashback that waits to be claimed', async () => {
    await using other = await startTestApp({ brand: { timeZone: 'UTC' } });
    const { midst } = lastMonth();
    const terms = { period: 'month', payout: 'claim', claimWithinSeconds: 3_600, periods: 3 } as const;
    const player = newPlayer();
    await placeBets(other, player, [{ at: midst, stake: 35_000 }]);
    const campaignId = await cashbackCampaign(other, terms);
    const [grant] = await grantCashback(other, campaignId, [player], midst);
    if (!grant) throw new Error('nothing was granted');
    const [{ id }] = await settlementsOf(other, grant, 1);
    expect(await costOf(grant.grantId, player, other)).toMatchObject({ cashbackLost: 3_500 });
    await other.request('POST', `/v1/cashback/${id}/claim`);
    expect(await costOf(grant.grantId, player, other)).toMatchObject({ cashbackLost: 0 });
  });

  it('is the player’s own', async () => {
    const { grantId } = await withBonus();
    const stranger = await tokenOf(newPlayer());
    expect((await app.request('GET', `/v1/grants/${grantId}/forfeit`, stranger)).status).toBe(404);
    expect((await forfeit(grantId, stranger)).status).toBe(404);
    expect((await app.request('GET', `/v1/grants/${grantId}`)).body).toMatchObject({ status: 'active' });
  });

  it('and staff cancel at the same moment ends once', async () => {
    for (let round = 0; round < 5; round++) {
      const { player, grantId } = await withBonus();
      await Promise.all([forfeit(grantId, await tokenOf(player)), cancel(grantId)]);
      expect((await told(grantId)).filter((type) => type !== 'bonus.granted')).toHaveLength(1);
      expect(await auditOf(grantId)).toHaveLength(1);
    }
  });
});

describe('a bonus that staff extend', () => {
  const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const extend = (grantId: string, expiresAt: string, options?: TestRequest) =>
    post(grantId, 'extend', { expiresAt, reason: 'was ill' }, options);

  it('expires later, and is audited', async () => {
    const { grantId } = await withBonus();
    const expiresAt = later(30);
    expect(await extend(grantId, expiresAt)).toMatchObject({
      status: 200,
      body: { status: 'active', expiresAt },
    });
    expect(await auditOf(grantId)).toMatchObject([
      { action: 'grant.extended', reason: 'was ill', before: { balance: 1_000 }, after: { expiresAt } },
    ]);
  });

  it('cannot expire earlier, nor live again', async () => {
    const { grantId } = await withBonus();
    expect(await extend(grantId, later(1))).toMatchObject({
      status: 422,
      body: { key: 'invalid_request', errors: [{ field: 'expiresAt' }] },
    });
    await cancel(grantId);
    expect(await extend(grantId, later(30))).toMatchObject({
      status: 422,
      body: { key: 'grant_not_active' },
    });
    expect((await auditOf(grantId)).map(({ action }) => action)).toEqual(['grant.cancelled']);
  });

  it('must have begun, and be money that is kept here', async () => {
    const { body } = await activate(app, onDeposit.code, newPlayer());
    expect((await extend(body.grants[0].id, later(30))).body.key).toBe('grant_not_active');
    const { grantId } = await tournamentActions(app).seated();
    expect((await extend(grantId, later(99))).body.key).toBe('grant_not_changeable');
  });
});

describe('a bonus that staff reinstate', () => {
  const reinstate = (grantId: string, options?: TestRequest) =>
    post(grantId, 'reinstate', { reason: 'a misclick' }, options);

  it('has what it held, and the turnover it had reached', async () => {
    const { player, grantId } = await withBonus();
    await tell(app, betEvent({ player, stake: 500, win: 200 }));
    await forfeit(grantId, await tokenOf(player));
    expect(await reinstate(grantId)).toMatchObject({
      status: 200,
      body: { status: 'active', balance: 700, wagered: 500 },
    });
    expect((await auditOf(grantId)).map(({ action }) => action)).toEqual([
      'grant.forfeited',
      'grant.reinstated',
    ]);
    expect(await told(grantId)).toEqual(['bonus.granted', 'bonus.forfeited', 'bonus.reinstated']);
  });

  it('by two at once comes back once', async () => {
    const { player, grantId } = await withBonus();
    await forfeit(grantId, await tokenOf(player));
    const answers = await Promise.all([reinstate(grantId), reinstate(grantId)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    expect((await grantsOf(app, player))[0]).toMatchObject({ status: 'active', balance: 1_000 });
    expect((await told(grantId)).filter((type) => type === 'bonus.reinstated')).toHaveLength(1);
  });

  it('can be forfeited once more', async () => {
    const { player, grantId } = await withBonus();
    const token = await tokenOf(player);
    await forfeit(grantId, token);
    await reinstate(grantId);
    expect((await forfeit(grantId, token)).body).toMatchObject({ status: 'forfeited' });
  });

  it.each(['active', 'cancelled'])('is not one that is %s', async (status) => {
    const { grantId } = await withBonus();
    if (status === 'cancelled') await cancel(grantId);
    expect((await reinstate(grantId)).body).toMatchObject({
      key: 'grant_not_active',
      detail: `The bonus is ${status}: only a lost or forfeited one can be brought back.`,
    });
  });

  it('held something when it ended', async () => {
    const { player, grantId } = await withBonus();
    await tell(app, betEvent({ player, stake: 1_000, win: 0 }));
    expect((await app.request('GET', `/v1/grants/${grantId}`)).body.status).toBe('lost');
    expect((await reinstate(grantId)).body).toMatchObject({
      key: 'grant_not_active',
      detail: expect.stringContaining('nothing to bring back'),
    });
  });
});

describe('who may change a bonus', () => {
  const verbs: [string, unknown][] = [
    ['cancel', { reason: 'x' }],
    ['extend', { reason: 'x', expiresAt: '2999-01-01T00:00:00Z' }],
    ['reinstate', { reason: 'x' }],
    ['forfeit', undefined],
  ];

  test.each(verbs)('%s', async (verb, body) => {
    const { player, grantId } = await withBonus();
    for (const role of ['marketing', 'data_analyst'] as const) {
      const member = await signInAs(app, role);
      expect((await member.request('POST', `/v1/grants/${grantId}/${verb}`, { body })).status, role).toBe(
        403,
      );
    }
    expect((await post(grantId, verb, body, { key: await app.key(['bonuses:read']) })).status).toBe(403);
    if (verb !== 'forfeit') expect((await post(grantId, verb, body, await tokenOf(player))).status).toBe(403);
    const { ownerKey: key } = await app.anotherBrand();
    expect((await post(grantId, verb, body, { key })).status).toBe(404);
    expect((await app.request('GET', `/v1/grants/${grantId}`)).body).toMatchObject({ status: 'active' });
    expect(await auditOf(grantId)).toEqual([]);
  });
});
