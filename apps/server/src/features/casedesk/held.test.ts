import { type Finding, INDICATOR_NAMES } from '@promosmith/core/risk';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newId, playerId } from '../../platform/ids.ts';
import { activate, eventsOf, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestResponse } from '../../testing/test-app.ts';
import { signInAs, type TestMember } from '../../testing/test-staff.ts';

let app: TestApp;
let anna: TestMember;
let ben: TestMember;
beforeAll(async () => {
  // Nobody works out anew what suspects' pasts come to.
  app = await startTestApp({ config: { backgroundWork: false } });
  anna = await signInAs(app, 'fraud_analyst');
  ben = await signInAs(app, 'fraud_analyst');
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

const watchfulOffer = () =>
  createOffer(app, { maxUses: 1, definition: { risk: { indicators: [...INDICATOR_NAMES] } } });

let players = 0;

/** Somebody whose past speaks for itself. */
async function suspect(...indicators: Finding['indicator'][]): Promise<string> {
  const player = `suspect-${++players}`;
  await app.request('PUT', `/v1/players/${player}`, { body: { country: 'DE', currency: 'EUR' } });
  const findings = indicators.map(
    (indicator): Finding => ({ indicator, version: 1, evidence: { others: 2 } }),
  );
  await app.db.query(
    `insert into risk_profiles (player_id, brand_id, findings) values ($1, $2, $3)
     on conflict (player_id) do update set findings = excluded.findings, due_at = null`,
    [playerId(app.brand.brandId, player), app.brand.brandId, JSON.stringify(findings)],
  );
  return player;
}

const caseOf = async (activationId: string, kind: string) => {
  const { items } = (await anna.request('GET', `/v1/cases?kind=${kind}&limit=200`)).body;
  return items.find((item: { activationId: string }) => item.activationId === activationId);
};
const decide = (caseId: string, decision: string, by = anna, playerMessage?: string): Promise<TestResponse> =>
  by.request('POST', `/v1/cases/${caseId}/decision`, {
    body: { decision, reason: 'looked at', revision: 1, ...(playerMessage && { playerMessage }) },
  });
const outcomeOf = async (activationId: string): Promise<string> =>
  (await app.request('GET', `/v1/activations/${activationId}`)).body.outcome;

describe('an activation that is held', () => {
  async function held() {
    const offer = await watchfulOffer();
    const player = await suspect('payment_shared');
    const { body } = await activate(app, offer.code, player);
    expect(body.outcome).toBe('in_review');
    const found = await caseOf(body.id, 'activation_held');
    expect(found).toMatchObject({
      ...{ player, campaignId: offer.campaignId, codeId: offer.codeId, score: 70, band: 'hold' },
      evidence: { findings: [{ indicator: 'payment_shared', points: 70 }] },
    });
    return { ...offer, player, activationId: body.id as string, caseId: found.id as string };
  }

  test.each([
    ['release', 'accepted', 'activation_released', 'active'],
    ['decline', 'refused', 'activation_refused', 'cancelled'],
  ] as const)('is decided once by two who %s it', async (decision, outcome, effect, status) => {
    const { player, activationId, caseId, campaignId } = await held();
    const answers = await Promise.all([decide(caseId, decision), decide(caseId, decision, ben)]);
    for (const { status: code, body } of answers)
      expect([code, body.effects]).toEqual([200, [{ effect, done: true, detail: activationId }]]);
    expect(await outcomeOf(activationId)).toBe(outcome);
    expect(await grantsOf(app, player)).toMatchObject([{ status }]);
    const told = (await eventsOf(app, campaignId)).map(({ type }) => type);
    expect(told.filter((type) => type === 'risk.case_decided')).toHaveLength(1);
  });

  test('of a release and a decline at once, one happens', async () => {
    const { activationId, caseId } = await held();
    const answers = await Promise.all([decide(caseId, 'release'), decide(caseId, 'decline', ben)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [released] = answers;
    expect(await outcomeOf(activationId)).toBe(released?.status === 200 ? 'accepted' : 'refused');
  });

  test('is refused when its player is blocked, and its use is free again', async () => {
    const { activationId, caseId, code, player } = await held();
    expect((await decide(caseId, 'block')).body.effects).toEqual([
      { effect: 'player_blocked', done: true, detail: player },
      { effect: 'activation_refused', done: true, detail: activationId },
    ]);
    expect((await activate(app, code, `${player}-else`)).body.outcome).toBe('accepted');
  });

  test('whose player has been blocked meanwhile is refused when it is released, and its use is free again', async () => {
    const { activationId, caseId, code, player } = await held();
    await app.request('POST', `/v1/players/${player}/bonus-block`, {
      body: { blocked: true, reason: 'abuse' },
    });
    expect((await decide(caseId, 'release')).body.effects).toEqual([
      { effect: 'activation_released', done: false, detail: 'bonus_blocked' },
      { effect: 'activation_refused', done: true, detail: activationId },
    ]);
    const { body } = await app.request('GET', `/v1/activations/${activationId}`);
    expect(body).toMatchObject({ outcome: 'refused', refusalKey: 'bonus_blocked' });
    expect(await grantsOf(app, player)).toMatchObject([{ status: 'cancelled' }]);
    expect((await activate(app, code, `${player}-else`)).body.outcome).toBe('accepted');
  });

  test('whose player has been excluded meanwhile is not released, and the case says so', async () => {
    const { caseId, player } = await held();
    await app.request('POST', `/v1/players/${player}/self-exclusion`, {
      body: { excluded: true, reason: 'asked for it' },
    });
    expect((await decide(caseId, 'release')).body.effects).toEqual([
      { effect: 'activation_released', done: false, detail: 'not_in_review' },
    ]);
  });
});

describe('a review', () => {
  async function declined() {
    const offer = await watchfulOffer();
    const player = await suspect('payment_shared', 'low_risk_play');
    const { status, body } = await activate(app, offer.code, player);
    expect([status, body.key]).toEqual([422, 'risk_declined']);
    const key = await app.playerToken(player);
    const ask = (activationId: string = body.activationId, as = key) =>
      app.request('POST', '/v1/me/reviews', {
        key: as,
        body: { activationId, message: 'I am my sister’s sister' },
      });
    return { ...offer, player, key, ask, activationId: body.activationId as string };
  }

  test('is asked for once, and lets the player try again when the decline was wrong', async () => {
    const { activationId, player, code, key, ask } = await declined();
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    const [first] = answers;
    expect(first?.body).toEqual({
      ...{ id: expect.any(String), activationId, state: 'waiting', outcome: null, message: null },
      ...{ askedAt: expect.any(String), decidedAt: null },
    });
    const found = await caseOf(activationId, 'review_requested');
    expect(found).toMatchObject({
      ...{ id: first?.body.id, score: 105, player },
      evidence: {
        message: 'I am my sister’s sister',
        findings: [{ indicator: 'payment_shared' }, { indicator: 'low_risk_play' }],
      },
    });
    expect((await activate(app, code, player)).body.key).toBe('risk_declined');
    const decided = await decide(found.id, 'release', anna, 'We were wrong, try again.');
    expect(decided.body.effects).toEqual([{ effect: 'player_allowed', done: true, detail: player }]);
    expect((await activate(app, code, player)).body.outcome).toBe('accepted');
    const mine = await app.request('GET', '/v1/me/reviews', { key });
    expect(mine.body.items).toMatchObject([
      { activationId, state: 'decided', outcome: 'overturned', message: 'We were wrong, try again.' },
    ]);
    expect(JSON.stringify(mine.body)).not.toMatch(/payment_shared|looked at|fraud_analyst/);
    expect((await ask()).body.state).toBe('decided');
  });

  test('can be asked for by support, and upholds the decline', async () => {
    const { activationId, player, code, key } = await declined();
    const support = await signInAs(app, 'support');
    const asked = await support.request('POST', `/v1/players/${player}/reviews`, { body: { activationId } });
    expect(asked).toMatchObject({ status: 201, body: { kind: 'review_requested', player } });
    await decide(asked.body.id, 'decline');
    expect((await activate(app, code, player)).body.key).toBe('risk_declined');
    const mine = await app.request('GET', '/v1/me/reviews', { key });
    expect(mine.body.items).toMatchObject([{ outcome: 'upheld', message: null }]);
  });

  test('is of a decline of one’s own alone', async () => {
    const { activationId, ask } = await declined();
    const other = await app.playerToken('somebody-else');
    expect((await ask(activationId, other)).status).toBe(404);
    expect((await ask(newId())).status).toBe(404);
    const accepted = await activate(app, (await createOffer(app)).code, 'somebody-else');
    expect((await ask(accepted.body.id, other)).body.key).toBe('review_not_possible');
    expect((await ask(activationId, app.ownerKey)).body.key).toBe('player_token_needed');
  });
});
