import type { CampaignStatus, Role } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs, type TestMember } from '../../testing/test-staff.ts';
import { validCampaign } from './testing.ts';

let app: TestApp;
let marketing: TestMember;
let administrator: TestMember;
let other: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  const people = await Promise.all(
    (['marketing', 'administrator', 'administrator'] as Role[]).map((role) => signInAs(app, role)),
  );
  [marketing, administrator, other] = people as [TestMember, TestMember, TestMember];
});
afterAll(() => app.close());

const FUTURE = '2099-01-01T00:00:00.000Z';
const LATER = '2099-02-01T00:00:00.000Z';

async function draft(differences = {}, by: TestMember = administrator): Promise<string> {
  const { status, body } = await by.request('POST', '/v1/campaigns', { body: validCampaign(differences) });
  expect(status).toBe(201);
  return body.id;
}
const call = (by: TestMember, id: string, action: string, body?: object) =>
  by.request('POST', `/v1/campaigns/${id}/${action}`, { body });
const get = async (id: string) => (await app.request('GET', `/v1/campaigns/${id}`)).body;
const decide = (by: TestMember, approvalId: string, verb: 'approve' | 'reject') =>
  by.request('POST', `/v1/approvals/${approvalId}/${verb}`, { body: { reason: 'as decided' } });

/** Types of the events about a campaign, in order. */
async function eventsOf(id: string): Promise<string[]> {
  const { rows } = await app.db.query<{ type: string }>(
    `select event ->> 'type' as type from outbox, json_array_elements(events -> 'events') with ordinality as e (event, n)
     where event ->> 'subject' = $1 order by batch_id, n`,
    [`campaign/${id}`],
  );
  return rows.map(({ type }) => type);
}

/** A campaign in any state, by the shortest way there. */
async function campaignIn(status: CampaignStatus): Promise<string> {
  if (status === 'pending_approval') {
    const id = await draft({}, marketing);
    await call(marketing, id, 'submit');
    return id;
  }
  const id = await draft(status === 'scheduled' ? { schedule: { startsAt: FUTURE } } : {});
  if (status !== 'draft') await call(administrator, id, 'submit');
  if (status === 'paused') await call(administrator, id, 'pause', { reason: 'lunch' });
  if (status === 'ended' || status === 'archived') await call(administrator, id, 'end', {});
  if (status === 'archived') await call(administrator, id, 'archive');
  expect(await get(id)).toMatchObject({ status });
  return id;
}

const STATES: CampaignStatus[] = [
  'draft',
  'pending_approval',
  'scheduled',
  'active',
  'paused',
  'ended',
  'archived',
];
const ACTIONS: Record<string, { body?: object; to: Partial<Record<CampaignStatus, CampaignStatus>> }> = {
  submit: { to: { draft: 'active' } },
  pause: { body: { reason: 'stock' }, to: { active: 'paused' } },
  resume: { to: { paused: 'active' } },
  end: { body: {}, to: { active: 'ended', paused: 'ended' } },
  archive: { to: { ended: 'archived' } },
};

describe.each(Object.entries(ACTIONS))('%s', (action, { body, to }) => {
  test.each(STATES)('from %s', async (from) => {
    const id = await campaignIn(from);
    const before = await get(id);
    const answer = await call(administrator, id, action, body);
    const expected = to[from];
    if (expected)
      expect(answer).toMatchObject({
        status: 200,
        body: { status: expected, revision: before.revision + 1 },
      });
    else {
      expect([answer.status, answer.body.key]).toEqual([422, 'state_move_not_allowed']);
      expect(await get(id)).toEqual(before);
    }
  });

  test('on an old revision is a conflict', async () => {
    const [from] = Object.keys(to) as [CampaignStatus];
    const id = await campaignIn(from);
    const { status } = await administrator.request('POST', `/v1/campaigns/${id}/${action}`, {
      body,
      headers: { 'if-match': '"99"' },
    });
    expect(status).toBe(409);
    expect(await get(id)).toMatchObject({ status: from });
  });
});

describe('the life of a campaign', () => {
  test('is told by its events', async () => {
    const id = await draft();
    await call(administrator, id, 'submit');
    await call(administrator, id, 'pause', { reason: 'a typo in the terms' });
    expect(await get(id)).toMatchObject({ pauseReason: 'a typo in the terms' });
    await call(administrator, id, 'resume');
    expect(await get(id)).toMatchObject({ pauseReason: null });
    await call(administrator, id, 'end', { reason: 'sold out' });
    expect(await eventsOf(id)).toEqual([
      'campaign.submitted',
      'campaign.activated',
      'campaign.paused',
      'campaign.activated',
      'campaign.ended',
    ]);
  });

  test('does not begin without a bound, nor after its end', async () => {
    for (const [differences, field] of [
      [{ limits: [] }, 'limits'],
      [{ schedule: { endsAt: '2020-01-01T00:00:00Z' } }, 'schedule.endsAt'],
    ] as const) {
      const id = await draft(differences);
      const { status, body } = await call(administrator, id, 'submit');
      expect([status, body.key, body.errors[0].field]).toEqual([422, 'campaign_not_ready', field]);
      expect(await eventsOf(id)).toEqual([]);
    }
  });

  test('needs a reason to pause', async () => {
    const id = await campaignIn('active');
    expect((await call(administrator, id, 'pause', { reason: ' ' })).status).toBe(422);
  });
});

describe('marketing', () => {
  test('may draft and submit, but another person publishes', async () => {
    const id = await draft({}, marketing);
    const submitted = await call(marketing, id, 'submit');
    expect(submitted).toMatchObject({ status: 202, body: { status: 'pending_approval' } });
    expect((await decide(marketing, submitted.body.approvalId, 'approve')).status).toBe(403);
    const approved = await decide(administrator, submitted.body.approvalId, 'approve');
    expect(approved).toMatchObject({ status: 200, body: { status: 'approved' } });
    expect(await get(id)).toMatchObject({ status: 'active', approvalId: null });
    expect(await eventsOf(id)).toEqual(['campaign.submitted', 'campaign.approved', 'campaign.activated']);
  });

  test('gets a rejected draft back, to better it', async () => {
    const id = await draft({}, marketing);
    const { body } = await call(marketing, id, 'submit');
    expect(
      (await marketing.request('PATCH', `/v1/campaigns/${id}`, { body: { revision: 2, exclusive: true } }))
        .body.key,
    ).toBe('campaign_not_editable');
    await decide(administrator, body.approvalId, 'reject');
    expect(await get(id)).toMatchObject({ status: 'draft', approvalId: null });
    expect(await eventsOf(id)).toEqual(['campaign.submitted', 'campaign.rejected']);
    expect((await call(marketing, id, 'submit')).status).toBe(202);
  });

  test('may take a submission back', async () => {
    const id = await draft({}, marketing);
    const { body } = await call(marketing, id, 'submit');
    expect((await call(administrator, id, 'withdraw')).status).toBe(403);
    expect(await call(marketing, id, 'withdraw')).toMatchObject({
      status: 200,
      body: { status: 'draft', approvalId: null },
    });
    expect((await decide(administrator, body.approvalId, 'approve')).status).toBe(409);
    expect((await call(marketing, id, 'withdraw')).body.key).toBe('nothing_waits');
    expect(await eventsOf(id)).toEqual(['campaign.submitted']);
  });

  test('withdraws at the approval just as well', async () => {
    const id = await draft({}, marketing);
    const { body } = await call(marketing, id, 'submit');
    await marketing.request('POST', `/v1/approvals/${body.approvalId}/withdraw`, { body: {} });
    expect(await get(id)).toMatchObject({ status: 'draft', approvalId: null });
    expect(await eventsOf(id)).toEqual(['campaign.submitted']);
  });

  test('may not publish, pause, resume, end or archive', async () => {
    const id = await campaignIn('active');
    for (const [action, body] of [['pause', { reason: 'x' }], ['resume'], ['end', {}], ['archive']] as const)
      expect((await call(marketing, id, action, body)).status).toBe(403);
  });
});

describe('an edit of a live campaign', () => {
  const edit = (by: TestMember, id: string, revision: number, body: object) =>
    by.request('PATCH', `/v1/campaigns/${id}`, { body: { revision, ...body } });

  test('by a publisher comes into force at once', async () => {
    const id = await campaignIn('active');
    const { revision } = await get(id);
    expect(await edit(administrator, id, revision, { exclusive: true })).toMatchObject({
      status: 200,
      body: { version: 2, exclusive: true, status: 'active' },
    });
  });

  test('by marketing waits as a version of its own, and comes into force once approved', async () => {
    const id = await campaignIn('active');
    const { revision } = await get(id);
    const { status, body } = await edit(marketing, id, revision, {
      exclusive: true,
      schedule: { endsAt: FUTURE },
    });
    expect([status, body.version, body.pendingVersion, body.exclusive]).toEqual([202, 1, 2, false]);
    expect((await edit(administrator, id, body.revision, { exclusive: true })).body.key).toBe(
      'campaign_not_editable',
    );
    await decide(administrator, body.approvalId, 'approve');
    expect(await get(id)).toMatchObject({
      version: 2,
      pendingVersion: null,
      approvalId: null,
      exclusive: true,
      endsAt: FUTURE,
      status: 'active',
    });
  });

  test('that is rejected leaves the campaign as it was', async () => {
    const id = await campaignIn('active');
    const { revision } = await get(id);
    const { body } = await edit(marketing, id, revision, { exclusive: true });
    await decide(administrator, body.approvalId, 'reject');
    expect(await get(id)).toMatchObject({
      version: 1,
      pendingVersion: null,
      status: 'active',
      exclusive: false,
    });
    const again = await edit(administrator, id, (await get(id)).revision, { exclusiveGroup: 'x' });
    expect(again.body).toMatchObject({ version: 3, exclusive: false });
  });

  test('that cannot come into force any more fails, and is dropped', async () => {
    const id = await campaignIn('active');
    const { revision } = await get(id);
    const { body } = await edit(marketing, id, revision, { exclusive: true });
    await call(administrator, id, 'end', {});
    expect((await decide(administrator, body.approvalId, 'approve')).body).toMatchObject({
      status: 'failed',
    });
    expect(await get(id)).toMatchObject({
      status: 'ended',
      version: 1,
      pendingVersion: null,
      approvalId: null,
    });
  });

  test('may not move the start of what has started', async () => {
    const id = await campaignIn('active');
    const { revision } = await get(id);
    const { body } = await edit(administrator, id, revision, { schedule: { startsAt: FUTURE } });
    expect(body.errors).toMatchObject([{ field: 'schedule.startsAt' }]);
  });

  test('may move the start of what is scheduled', async () => {
    const id = await campaignIn('scheduled');
    const { revision } = await get(id);
    expect((await edit(administrator, id, revision, { schedule: { startsAt: LATER } })).body).toMatchObject({
      startsAt: LATER,
      status: 'scheduled',
    });
  });
});

describe('above the threshold', () => {
  beforeAll(async () => {
    const { status } = await administrator.request('PATCH', '/v1/approvals/thresholds', {
      body: { campaignBudget: { EUR: 100_000 } },
    });
    expect(status).toBe(200);
  });

  test.each([
    ['a budget at the threshold', { budget: { EUR: 100_000 } }, 200],
    ['a budget above it', { budget: { EUR: 100_001 } }, 202],
    ['no budget', { budget: null }, 202],
    [
      'a currency without a threshold',
      {
        budget: { SEK: 1 },
        rewards: [{ kind: 'bonus_balance', amount: { SEK: 1 }, wagering: { multiplier: 0 } }],
      },
      202,
    ],
  ])('%s', async (_, differences, status) => {
    const id = await draft(differences);
    const submitted = await call(administrator, id, 'submit');
    expect(submitted.status).toBe(status);
    if (status === 200) return;
    expect((await decide(administrator, submitted.body.approvalId, 'approve')).status).toBe(403);
    await decide(other, submitted.body.approvalId, 'approve');
    expect(await get(id)).toMatchObject({ status: 'active' });
  });

  test('an edit to a larger budget waits', async () => {
    const id = await draft({ budget: { EUR: 100_000 } });
    const { body } = await call(administrator, id, 'submit');
    const edited = await administrator.request('PATCH', `/v1/campaigns/${id}`, {
      body: { revision: body.revision, budget: { EUR: 200_000 } },
    });
    expect([edited.status, edited.body.budget]).toEqual([202, { EUR: 100_000 }]);
    await decide(other, edited.body.approvalId, 'approve');
    expect(await get(id)).toMatchObject({ budget: { EUR: 200_000 } });
  });
});

describe('a campaign that ended', () => {
  test('runs on with a later end, once a second person agrees', async () => {
    const id = await draft({ budget: { EUR: 1_000 } });
    await call(administrator, id, 'submit');
    await call(administrator, id, 'end', {});
    expect((await call(administrator, id, 'extend', { endsAt: '2020-01-01T00:00:00Z' })).status).toBe(422);
    const asked = await call(administrator, id, 'extend', { endsAt: LATER });
    expect([asked.status, asked.body.status, asked.body.pendingVersion]).toEqual([202, 'ended', 2]);
    expect((await call(administrator, id, 'archive')).body.key).toBe('campaign_not_editable');
    expect((await decide(administrator, asked.body.approvalId, 'approve')).status).toBe(403);
    await decide(other, asked.body.approvalId, 'approve');
    expect(await get(id)).toMatchObject({ status: 'active', version: 2, endsAt: LATER });
    expect((await eventsOf(id)).slice(-3)).toEqual([
      'campaign.submitted',
      'campaign.approved',
      'campaign.activated',
    ]);
  });

  test('is not edited in other ways', async () => {
    const id = await draft({ budget: { EUR: 1_000 } });
    await call(administrator, id, 'submit');
    const { body } = await call(administrator, id, 'end', {});
    const edited = await administrator.request('PATCH', `/v1/campaigns/${id}`, {
      body: { revision: body.revision, schedule: { endsAt: LATER } },
    });
    expect(edited.body.key).toBe('campaign_not_editable');
  });
});
