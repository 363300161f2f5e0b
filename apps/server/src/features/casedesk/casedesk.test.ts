import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId, playerId } from '../../platform/ids.ts';
import { activate, eventsOf, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestResponse } from '../../testing/test-app.ts';
import { signInAs, type TestMember } from '../../testing/test-staff.ts';
import { openCase } from './testing.ts';

let app: TestApp;
let anna: TestMember;
let ben: TestMember;
let owner: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  anna = await signInAs(app, 'fraud_analyst');
  ben = await signInAs(app, 'fraud_analyst');
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

const PATIENCE = { timeout: 20_000 };
let players = 0;
let player: string;
beforeEach(() => {
  player = `player-${++players}`;
});

const get = async (path: string) => (await anna.request('GET', path)).body;
const caseOf = (caseId: string) => get(`/v1/cases/${caseId}`);
const decide = (
  caseId: string,
  body: { decision: string; takeBack?: string[]; revision?: number; playerMessage?: string },
  by: TestMember = anna,
): Promise<TestResponse> =>
  by.request('POST', `/v1/cases/${caseId}/decision`, { body: { reason: 'looked at', revision: 1, ...body } });
const take = (caseId: string, by: TestMember, assignee: string | null = 'me', revision = 1) =>
  by.request('PUT', `/v1/cases/${caseId}/assignee`, { body: { assignee, revision } });
const statusesOf = (responses: readonly TestResponse[]) => responses.map(({ status }) => status).sort();

async function auditedOf(caseId: string): Promise<string[]> {
  const { rows } = await app.db.query<{ action: string }>(
    'select action from audit_log where target_id = $1 order by entry_id',
    [caseId],
  );
  return rows.map(({ action }) => action);
}

describe('the queue', () => {
  test('comes by priority and then by age, page by page, and filtered', async () => {
    const { brand, ownerKey } = await app.anotherBrand();
    const home = { db: app.db, brand };
    const ids: string[] = [];
    for (const score of [60, 80, 70, 80]) ids.push(await openCase(home, { player: `p${ids.length}`, score }));
    const [low, high, middle, high2] = ids;
    const list = async (query: string) =>
      (await app.request('GET', `/v1/cases?${query}`, { key: ownerKey })).body;
    const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
    const first = await list('limit=2');
    expect(idsOf(first)).toEqual([high, high2]);
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    expect(idsOf(second)).toEqual([middle, low]);
    expect(second.nextCursor).toBeNull();
    expect(idsOf(await list('minPriority=71'))).toEqual([high, high2]);
    expect(idsOf(await list('player=p2'))).toEqual([middle]);
    expect(idsOf(await list('kind=code_leak'))).toEqual([]);
    expect(idsOf(await list('state=decided'))).toEqual([]);
    await app.request('PUT', `/v1/cases/${low}/assignee`, {
      key: ownerKey,
      body: { assignee: 'me', revision: 1 },
    });
    expect(idsOf(await list('assignee=me'))).toEqual([low]);
    expect(idsOf(await list('assignee=none'))).toEqual([high, high2, middle]);
    const summary = (await app.request('GET', '/v1/cases/summary', { key: ownerKey })).body;
    expect(summary).toMatchObject({
      ...{ waiting: 4, unassigned: 3, mine: 1, decidedToday: 0 },
      byKind: [{ kind: 'player_reassessed', waiting: 4, highest: 80 }],
    });
  });

  test('shows what is on record of the player', async () => {
    const offer = await createOffer(app);
    await activate(app, offer.code, player);
    const earlier = await openCase(app, { player });
    await decide(earlier, { decision: 'release' });
    const caseId = await openCase(app, { player });
    await anna.request('POST', `/v1/cases/${caseId}/notes`, { body: { text: 'called the platform' } });
    expect(await caseOf(caseId)).toMatchObject({
      state: 'open',
      player,
      evidence: { findings: [{ indicator: 'low_risk_play' }] },
      notes: [{ text: 'called the platform', author: { kind: 'staff', id: anna.staffId } }],
      timeline: { attempts: [{ outcome: 'accepted' }], bonuses: [{ kind: 'bonus_balance' }], bets: [] },
      earlier: [{ id: earlier, decision: 'release' }],
    });
  });
});

test('of a busy player, the latest deposits and withdrawals are shown', async () => {
  const caseId = await openCase(app, { player });
  // Most of what is told of players is not about money.
  await app.db.query(
    `insert into platform_events (player_id, event_id, brand_id, counted, type, time, data)
     select $1, 'e' || n, $2, true, case when n <= 60 then 'deposit.succeeded' when n > 6000 then 'withdrawal.paid' else 'login' end,
       now() - make_interval(mins => 7000 - n), jsonb_build_object('amount', n, 'currency', 'EUR', 'depositId', n::text)
     from generate_series(1, 6020) n`,
    [playerId(app.brand.brandId, player), app.brand.brandId],
  );
  const { timeline } = await caseOf(caseId);
  const amounts = timeline.money.map(({ amount }: { amount: number }) => amount);
  const expected = [
    ...Array.from({ length: 30 }, (_, n) => 31 + n),
    ...Array.from({ length: 20 }, (_, n) => 6_001 + n),
  ];
  expect(amounts).toEqual(expected);
});

describe('taking a case', () => {
  test('of two at once, one gets it', async () => {
    const caseId = await openCase(app, { player });
    const answers = await Promise.all([take(caseId, anna), take(caseId, ben)]);
    expect(statusesOf(answers)).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      key: 'revision_conflict',
      revision: 2,
      assignee: won?.body.assignee,
    });
    expect(await auditedOf(caseId)).toEqual(['case.assigned']);
  });

  test('again by the same person changes nothing; it can be put back and given to a colleague', async () => {
    const caseId = await openCase(app, { player });
    expect((await take(caseId, anna)).body).toMatchObject({ state: 'assigned', revision: 2 });
    expect((await take(caseId, anna)).body).toMatchObject({ revision: 2 });
    expect((await take(caseId, anna, ben.staffId, 2)).body.assignee).toMatchObject({ id: ben.staffId });
    expect((await take(caseId, ben, null, 3)).body).toMatchObject({ state: 'open', assignee: null });
  });

  test.each(['support', 'another brand'])('nobody of %s is given one', async (who) => {
    const brandId = who === 'support' ? app.brand.brandId : (await app.anotherBrand()).brand.brandId;
    const other = await signInAs(app, who === 'support' ? 'support' : 'fraud_analyst', brandId);
    const caseId = await openCase(app, { player });
    expect(await take(caseId, anna, other.staffId)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'assignee' }] },
    });
  });
});

describe('deciding', () => {
  test('by two at once: the same is one decision, another one a conflict', async () => {
    for (const [first, second, expected] of [
      ['decline', 'decline', [200, 200]],
      ['release', 'decline', [200, 409]],
    ] as const) {
      const caseId = await openCase(app, { player: `${player}-${second}-${first}` });
      const answers = await Promise.all([
        decide(caseId, { decision: first }),
        decide(caseId, { decision: second }, ben),
      ]);
      expect(statusesOf(answers)).toEqual(expected);
      expect(await auditedOf(caseId)).toEqual(['case.decided']);
      const told = await app.request('GET', `/v1/events?subject=case/${caseId}&type=risk.case_decided`);
      expect(told.status).toBe(200);
    }
  });

  test('again is answered as before, whatever revision is named; another decision is refused', async () => {
    const caseId = await openCase(app, { player });
    const first = await decide(caseId, { decision: 'decline' });
    expect(first.body).toMatchObject({ state: 'decided', decision: 'decline', effects: [], revision: 2 });
    expect((await decide(caseId, { decision: 'decline', revision: 7 })).body).toEqual(first.body);
    expect(await decide(caseId, { decision: 'release', revision: 2 })).toMatchObject({
      status: 409,
      body: { key: 'conflict', decision: 'decline' },
    });
  });

  test('on what is no longer there is refused', async () => {
    const caseId = await openCase(app, { player });
    await take(caseId, ben);
    expect(await decide(caseId, { decision: 'release' })).toMatchObject({
      status: 409,
      body: { key: 'revision_conflict', revision: 2 },
    });
  });

  test('to block keeps the player from bonuses', async () => {
    const offer = await createOffer(app);
    await activate(app, offer.code, player);
    const caseId = await openCase(app, { player });
    expect((await decide(caseId, { decision: 'block' })).body.effects).toEqual([
      { effect: 'player_blocked', done: true, detail: player },
    ]);
    const other = await createOffer(app);
    expect((await activate(app, other.code, player)).body.key).toBe('bonus_blocked');
  });

  test('to block a code disables it; of a campaign there is none', async () => {
    const { codeId, campaignId, code } = await createOffer(app);
    const about = { kind: 'code_burst', campaignId, evidence: {}, playerId: undefined } as const;
    const caseId = await openCase(app, { ...about, codeKey: codeId });
    expect((await decide(caseId, { decision: 'block' })).body.effects).toEqual([
      { effect: 'code_disabled', done: true, detail: codeId },
    ]);
    expect((await activate(app, code, player)).body.key).toBe('code_disabled');
    const wider = await openCase(app, { ...about, codeKey: null });
    expect((await decide(wider, { decision: 'block' })).body.key).toBe('decision_not_possible');
  });

  test('what the server did not come to is carried out later, once', async () => {
    await activate(app, (await createOffer(app)).code, player);
    const caseId = await openCase(app, { player });
    await app.db.query(
      `update risk_cases set state = 'decided', decision = 'block', decision_reason = 'x', decided_at = now(),
         decided_by = '{"kind": "staff", "id": "anna"}' where case_id = $1`,
      [caseId],
    );
    await vi.waitFor(async () => expect((await caseOf(caseId)).effects).toHaveLength(1), PATIENCE);
    const { body } = await app.request('GET', `/v1/players/${player}`);
    expect(body.bonusBlocked).toBe(true);
  });
});

describe('taking back', () => {
  const bonusOf = async (offer: { code: string }) =>
    (await activate(app, offer.code, player)).body.id as string;

  test('waits for a second person, who is another one, and then happens', async () => {
    const offer = await createOffer(app);
    const activationId = await bonusOf(offer);
    const caseId = await openCase(app, { player });
    const asked = await decide(caseId, { decision: 'decline', takeBack: [activationId] }, owner);
    expect(asked).toMatchObject({ status: 202, body: { kind: 'case.take_back', status: 'pending' } });
    expect(await decide(caseId, { decision: 'release', revision: 2 })).toMatchObject({ status: 409 });
    const { approvalId } = asked.body;
    const approve = (by: TestMember) =>
      by.request('POST', `/v1/approvals/${approvalId}/approve`, { body: {} });
    expect((await approve(owner)).status).toBe(403);
    expect((await grantsOf(app, player))[0].status).toBe('active');
    const second = await signInAs(app, 'administrator');
    expect((await approve(second)).body.status).toBe('approved');
    await vi.waitFor(async () => {
      const found = await caseOf(caseId);
      expect(found).toMatchObject({
        decision: 'decline',
        decidedBy: { id: owner.staffId },
        effects: [{ effect: 'bonuses_taken_back', done: true }],
      });
      const job = await get(`/v1/jobs/${found.effects[0].detail}`);
      expect(job).toMatchObject({
        status: 'succeeded',
        result: { activations: 1, taken: 1, paid: 0, nothing: 0, left: 0 },
      });
    }, PATIENCE);
    expect((await grantsOf(app, player))[0].status).toBe('cancelled');
    expect((await eventsOf(app, offer.campaignId)).map(({ type }) => type)).toContain('activation.reversed');
    await expectBalanced(app);
  });

  test('a rejected request leaves the case to be decided anew', async () => {
    const activationId = await bonusOf(await createOffer(app));
    const caseId = await openCase(app, { player });
    const { body } = await decide(caseId, { decision: 'block', takeBack: [activationId] });
    await owner.request('POST', `/v1/approvals/${body.approvalId}/reject`, {
      body: { reason: 'too little' },
    });
    const found = await caseOf(caseId);
    expect(found).toMatchObject({ state: 'open', approvalId: null, revision: 3 });
    expect((await decide(caseId, { decision: 'release', revision: 3 })).status).toBe(200);
    expect((await grantsOf(app, player))[0].status).toBe('active');
  });

  test('of others, or of nothing that was accepted, is refused', async () => {
    const stranger = await activate(app, (await createOffer(app)).code, `${player}-other`);
    const caseId = await openCase(app, { player });
    for (const activationId of [stranger.body.id, newId()])
      expect(await decide(caseId, { decision: 'decline', takeBack: [activationId] })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'takeBack' }] },
      });
    expect((await decide(caseId, { decision: 'release', takeBack: [newId()] })).body.key).toBe(
      'decision_not_possible',
    );
  });
});

test('precision counts each indicator that gave points, once a case', async () => {
  const { brand, ownerKey } = await app.anotherBrand();
  const home = { db: app.db, brand };
  const findings = (...names: [string, number][]) => ({
    evidence: {
      findings: names.map(([indicator, points]) => ({ indicator, version: 1, points, evidence: {} })),
    },
  });
  for (const [nth, [decision, ...names]] of (
    [
      ['decline', ['device_shared', 45], ['ip_shared', 15]],
      ['block', ['device_shared', 45], ['ip_vpn', 0]],
      ['release', ['ip_shared', 15]],
    ] as [string, ...[string, number][]][]
  ).entries()) {
    const caseId = await openCase(home, { player: `p${nth}`, ...findings(...names) });
    await app.request('POST', `/v1/cases/${caseId}/decision`, {
      key: ownerKey,
      body: { decision, reason: 'x', revision: 1 },
    });
  }
  const day = 86_400_000;
  const [from, to] = [-day, day].map((ms) => new Date(Date.now() + ms).toISOString());
  const precision = (until = to) =>
    app.request('GET', `/v1/risk/precision?from=${from}&to=${until}`, { key: ownerKey });
  expect((await precision()).body).toEqual({
    decided: 3,
    upheld: 2,
    indicators: [
      { indicator: 'device_shared', decided: 2, upheld: 2, precisionBp: 10_000, overturnedOnReview: 0 },
      { indicator: 'ip_shared', decided: 2, upheld: 1, precisionBp: 5_000, overturnedOnReview: 0 },
    ],
  });
  expect((await precision(from)).status).toBe(422);
});

describe('lists', () => {
  const put = (body: object) =>
    app.request('POST', '/v1/risk/lists', { body: { list: 'blocked', reason: 'a ring', ...body } });

  test('have one word about each, whatever its spelling', async () => {
    const mark = randomUUID().slice(0, 8);
    const first = await put({ kind: 'email', value: `J.o.e${mark}+x@Googlemail.com` });
    expect(first).toMatchObject({ status: 201, body: { hint: 'j…@gmail.com', player: null } });
    const again = await put({ kind: 'email', value: `joe${mark}@gmail.com`, list: 'allowed' });
    expect(again).toMatchObject({ status: 200, body: { list: 'allowed' } });
    const { items } = await get('/v1/risk/lists?kind=email');
    expect(items.map(({ id }: { id: string }) => id)).toEqual([again.body.id]);
    expect((await app.request('DELETE', `/v1/risk/lists/${first.body.id}`)).status).toBe(404);
    expect((await app.request('DELETE', `/v1/risk/lists/${again.body.id}`)).status).toBe(204);
    expect(await auditedOf(again.body.id)).toEqual(['risk_list.allowed', 'risk_list.taken_off']);
  });

  test.each([
    ['an address that is none', { kind: 'address', value: '1.2.3' }, 'value'],
    ['a network that is none', { kind: 'address', value: '203.0.113.0/33' }, 'value'],
    ['a network of everybody', { kind: 'address', value: '0.0.0.0/0' }, 'value'],
    ['a time that is over', { kind: 'player', value: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('%s is refused', async (_, body, field) => {
    expect(await put(body)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  test('by two at once are one entry', async () => {
    const entry = { kind: 'device', value: `phone of ${player}` };
    const answers = await Promise.all([put(entry), put({ ...entry, list: 'allowed' })]);
    for (const { status } of answers) expect(status).toBeLessThan(300);
    const { items } = await get('/v1/risk/lists?kind=device');
    const ids = answers.map(({ body }) => body.id);
    expect(items.filter(({ id }: { id: string }) => ids.includes(id))).toHaveLength(1);
  });

  test('decide in campaigns that count indicators, and in no others', async () => {
    const watchful = await createOffer(app, { definition: { risk: { indicators: ['device_shared'] } } });
    const other = await createOffer(app);
    const device = { id: `tablet of ${player}` };
    await put({ kind: 'device', value: device.id });
    expect((await activate(app, watchful.code, player, { device })).body.key).toBe('risk_declined');
    expect((await activate(app, other.code, player, { device })).body.outcome).toBe('accepted');
    await put({ kind: 'player', value: player, list: 'allowed' });
    expect((await activate(app, watchful.code, player, { device })).body.outcome).toBe('accepted');
  });

  test('take networks, whatever their spelling, which decide of every address in them', async () => {
    const { code } = await createOffer(app, { definition: { risk: { indicators: ['ip_shared'] } } });
    const first = await put({ kind: 'address', value: '203.0.113.99/24' });
    expect(first).toMatchObject({ status: 201, body: { kind: 'address', hint: '203.0.113.0/24' } });
    const again = await put({ kind: 'address', value: '203.0.113.0/24' });
    expect(again.status).toBe(200);
    const tryAt = async (ip: string) =>
      (await activate(app, code, `of ${ip}`, { ip })).body.key ?? 'accepted';
    expect(await tryAt('203.0.113.7')).toBe('risk_declined');
    expect(await tryAt('203.0.112.7')).toBe('accepted');
    await put({ kind: 'address', value: '203.0.113.7/32', list: 'allowed' });
    expect(await tryAt('203.0.113.7')).toBe('accepted');
    await app.request('DELETE', `/v1/risk/lists/${again.body.id}`);
    expect(await tryAt('203.0.113.8')).toBe('accepted');
  });

  test('a player is found by name, until the entry is over', async () => {
    const { body } = await put({ kind: 'player', value: player });
    expect(await get(`/v1/risk/lists?player=${player}`)).toMatchObject({ items: [{ id: body.id, player }] });
    await app.db.query('update risk_lists set expires_at = now() where entry_id = $1', [body.id]);
    expect((await get(`/v1/risk/lists?player=${player}`)).items).toEqual([]);
  });
});
