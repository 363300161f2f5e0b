import type { Actor, ApprovalThresholds } from '@promosmith/contract';
import { ok, refuse } from '@promosmith/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Queryable } from '../../platform/db.ts';
import { must, startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs, type TestMember } from '../../testing/test-staff.ts';
import { type ApprovalDesk, type Approvals, createApprovalService } from './service.ts';

let app: TestApp;
let asker: TestMember;
let decider: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  asker = await signInAs(app, 'administrator');
  decider = await signInAs(app, 'administrator');
});
afterAll(() => app.close());

const path = (approvalId: string, verb: string) => `/v1/approvals/${approvalId}/${verb}`;

describe('a request', () => {
  let approvalId: string;
  beforeEach(async () => {
    approvalId = await askForLess(asker);
  });

  /** A real request: asking for fewer approvals. Every test begins with the strictest thresholds. */
  async function askForLess(who: Pick<TestMember, 'request'>): Promise<string> {
    await app.db.query(`update approvals set status = 'withdrawn' where status = 'pending'`);
    const strict = { bulkGeneration: 0, limitRaises: 'always' };
    expect((await who.request('PATCH', '/v1/approvals/thresholds', { body: strict })).status).toBe(200);
    const { status, body } = await who.request('PATCH', '/v1/approvals/thresholds', {
      body: { bulkGeneration: 1000 },
    });
    expect(status).toBe(202);
    return body.approvalId;
  }
  const bulkGeneration = async () =>
    (await app.request('GET', '/v1/brand')).body.settings.approvals.bulkGeneration;

  test('waits, and is carried out when somebody else approves', async () => {
    expect(await bulkGeneration()).toBe(0);
    const approved = await decider.request('POST', path(approvalId, 'approve'), { body: { reason: 'fine' } });
    expect(approved).toMatchObject({
      status: 200,
      body: { status: 'approved', decidedBy: { id: decider.staffId }, decisionReason: 'fine', failure: null },
    });
    expect(await bulkGeneration()).toBe(1000);
  });

  test('that is rejected is not carried out', async () => {
    const rejected = await decider.request('POST', path(approvalId, 'reject'), {
      body: { reason: 'too many' },
    });
    expect(rejected.body).toMatchObject({ status: 'rejected', decisionReason: 'too many' });
    expect(await bulkGeneration()).toBe(0);
    expect((await decider.request('POST', path(approvalId, 'approve'), { body: {} })).status).toBe(409);
    expect(await bulkGeneration()).toBe(0);
  });

  test('can be withdrawn by whoever asked, and by nobody else', async () => {
    expect((await decider.request('POST', path(approvalId, 'withdraw'), { body: {} })).status).toBe(403);
    const withdrawn = await asker.request('POST', path(approvalId, 'withdraw'), { body: {} });
    expect(withdrawn.body.status).toBe('withdrawn');
    expect((await decider.request('POST', path(approvalId, 'approve'), { body: {} })).status).toBe(409);
  });

  test('is not decided by whoever asked', async () => {
    for (const verb of ['approve', 'reject'])
      expect(await asker.request('POST', path(approvalId, verb), { body: { reason: 'mine' } })).toMatchObject(
        {
          status: 403,
          body: { key: 'own_request' },
        },
      );
    expect(await bulkGeneration()).toBe(0);
  });

  /** A key of the member, or a key made with a key of theirs. */
  async function keyOf(member: TestMember, generations = 1): Promise<string> {
    const body = {
      name: 'mine',
      scopes: ['approvals:decide', 'approvals:read', 'brands:write', 'keys:write'],
    };
    const { body: made } = await member.request('POST', '/v1/keys', { body });
    let key: string = made.secret;
    for (let n = 1; n < generations; n++)
      key = (await app.request('POST', '/v1/keys', { key, body })).body.secret;
    return key;
  }
  const withKey = (key: string): Pick<TestMember, 'request'> => ({
    request: (method, route, options) => app.request(method, route, { ...options, key }),
  });

  test.each([1, 2])(
    'is not decided through a key of whoever asked (made %d keys deep)',
    async (generations) => {
      const key = await keyOf(asker, generations);
      expect(await app.request('POST', path(approvalId, 'approve'), { key, body: {} })).toMatchObject({
        status: 403,
        body: { key: 'own_request' },
      });
      expect(await bulkGeneration()).toBe(0);
    },
  );

  test('through a key is not decided by its maker, nor through another key of theirs', async () => {
    const asked = await askForLess(withKey(await keyOf(asker)));
    expect((await asker.request('POST', path(asked, 'approve'), { body: {} })).status).toBe(403);
    const another = await keyOf(asker, 2);
    expect((await app.request('POST', path(asked, 'approve'), { key: another, body: {} })).status).toBe(403);
    expect((await decider.request('POST', path(asked, 'approve'), { body: {} })).status).toBe(200);
  });

  test('is not decided through a rotated key of whoever asked', async () => {
    const { body: old } = await asker.request('POST', '/v1/keys', {
      body: { name: 'old', scopes: ['approvals:decide'] },
    });
    const { body: fresh } = await asker.request('POST', `/v1/keys/${old.keyId}/rotate`, { body: {} });
    const answer = await app.request('POST', path(approvalId, 'approve'), { key: fresh.secret, body: {} });
    expect(answer.status).toBe(403);
  });

  test('made with a key that no person made is not decided with that key, or one made with it', async () => {
    const key = await app.key(['brands:write', 'approvals:decide', 'keys:write']);
    const child = await app.request('POST', '/v1/keys', {
      key,
      body: { name: 'x', scopes: ['approvals:decide'] },
    });
    const asked = await askForLess(withKey(key));
    for (const own of [key, child.body.secret])
      expect((await app.request('POST', path(asked, 'approve'), { key: own, body: {} })).status).toBe(403);
    const other = await app.key(['approvals:decide']);
    expect((await app.request('POST', path(asked, 'approve'), { key: other, body: {} })).status).toBe(200);
  });

  test('is decided by who holds the permission', async () => {
    for (const role of ['marketing', 'support', 'fraud_analyst', 'data_analyst'] as const) {
      const member = await signInAs(app, role);
      expect((await member.request('POST', path(approvalId, 'approve'), { body: {} })).status).toBe(403);
      expect((await member.request('GET', `/v1/approvals/${approvalId}`)).status).toBe(200);
    }
  });

  test('of another brand is not there', async () => {
    const other = await app.anotherBrand();
    const rival = await signInAs(app, 'owner', other.brand.brandId);
    expect((await rival.request('GET', `/v1/approvals/${approvalId}`)).status).toBe(404);
    for (const verb of ['approve', 'reject', 'withdraw'])
      expect((await rival.request('POST', path(approvalId, verb), { body: { reason: 'x' } })).status).toBe(
        404,
      );
    expect((await rival.request('GET', '/v1/approvals')).body.items).toEqual([]);
  });

  test('approved and rejected by several at once takes one decision', async () => {
    const deciders = [decider, await signInAs(app, 'owner'), await signInAs(app, 'administrator')];
    const answers = await Promise.all(
      deciders.map((by, n) =>
        by.request('POST', path(approvalId, n === 1 ? 'reject' : 'approve'), { body: { reason: `by ${n}` } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const { rows } = await app.db.query(
      `select from audit_log where target_id = $1 and action in ('approval.approved', 'approval.rejected')`,
      [approvalId],
    );
    expect(rows).toHaveLength(1);
  });

  test('leaves a full trail', async () => {
    await decider.request('POST', path(approvalId, 'approve'), { body: { reason: 'fine' } });
    const { rows } = await app.db.query<{ action: string; actor: Actor; reason: string | null }>(
      'select action, actor, reason from audit_log where target_id = $1 order by entry_id',
      [approvalId],
    );
    expect(rows.map(({ action, actor, reason }) => [action, actor.id, reason])).toEqual([
      ['approval.requested', asker.staffId, null],
      ['approval.approved', decider.staffId, 'fine'],
    ]);
  });

  test('is found by its status and subject, page by page', async () => {
    const list = async (query: string) => (await decider.request('GET', `/v1/approvals?${query}`)).body;
    const pending = await list('status=pending');
    expect(pending.items.map((item: { approvalId: string }) => item.approvalId)).toEqual([approvalId]);
    expect((await list(`subject=brand/${app.brand.brandId}&status=pending`)).items).toHaveLength(1);
    expect((await list('subject=brand/other')).items).toEqual([]);
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    const ids = [...first.items, ...second.items].map((item: { approvalId: string }) => item.approvalId);
    expect(new Set(ids).size).toBe(4);
    expect(ids).toEqual([...ids].sort().reverse());
  });
});

describe('the face for other features', () => {
  const alice: Actor = { kind: 'staff', id: 'alice' };
  const bob = { actor: { kind: 'staff', id: 'bob' } as const };
  let service: Approvals & { desk: ApprovalDesk };
  let subjects = 0;
  const closed: string[] = [];

  const note = (tx: Queryable, text: string) => tx.query('insert into notes (text) values ($1)', [text]);
  const notes = async () => {
    const { rows } = await app.db.query<{ text: string }>('select text from notes order by text');
    return rows.map(({ text }) => text);
  };
  const ask = async (kind: string, payload: unknown = {}, subject = `thing/${++subjects}`) =>
    app.db.transaction((tx) =>
      service.request(tx, {
        brandId: app.brand.brandId,
        kind,
        subject,
        payload,
        summary: 'do it',
        requestedBy: alice,
      }),
    );
  const approve = async (approvalId: string) => service.desk.approve(app.brand.brandId, approvalId, bob);

  beforeAll(() => app.db.query('create table notes (text text)'));
  beforeEach(async () => {
    await app.db.query('delete from notes');
    closed.length = 0;
    service = createApprovalService(app.db, app.staff);
    service.register('good', {
      approved: async (tx, { payload }) => ok(await note(tx, String(payload))),
      closed: async (_, { status }) => void closed.push(status),
    });
    service.register('refused', {
      approved: async (tx) => {
        await note(tx, 'half done');
        return refuse('too_late', 'It cannot be done any more.');
      },
      closed: async (tx, { status }) => {
        await note(tx, `cleaned up after ${status}`);
      },
    });
    service.register('broken', {
      approved: async (tx) => {
        await note(tx, 'half done');
        throw new Error('a bug');
      },
    });
  });

  test('carries out in the transaction of the decision, with the payload', async () => {
    const { approvalId } = must(await ask('good', 'hello'));
    expect(await notes()).toEqual([]);
    expect(must(await approve(approvalId)).status).toBe('approved');
    expect(await notes()).toEqual(['hello']);
    expect(closed).toEqual([]);
  });

  test('has one effect when two approve at once', async () => {
    for (let round = 0; round < 10; round++) {
      const { approvalId } = must(await ask('good', `round ${round}`));
      const answers = await Promise.all([approve(approvalId), approve(approvalId), approve(approvalId)]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    }
    expect(await notes()).toHaveLength(10);
  });

  test('keeps the refusal of what can no longer be done, and undoes the half of it', async () => {
    const { approvalId } = must(await ask('refused'));
    expect(must(await approve(approvalId))).toMatchObject({
      status: 'failed',
      failure: { key: 'too_late', message: 'It cannot be done any more.' },
    });
    expect(await notes()).toEqual(['cleaned up after failed']);
    expect((await approve(approvalId)).ok).toBe(false);
  });

  test('leaves the request open when carrying it out breaks', async () => {
    const { approvalId } = must(await ask('broken'));
    await expect(approve(approvalId)).rejects.toThrow('a bug');
    expect(must(await service.desk.get(app.brand.brandId, approvalId)).status).toBe('pending');
    expect(await notes()).toEqual([]);
  });

  test('asks the same question once at a time', async () => {
    const { approvalId } = must(await ask('good', 1, 'thing/same'));
    expect(await ask('good', 2, 'thing/same')).toMatchObject({ ok: false, refusal: { key: 'conflict' } });
    expect((await ask('refused', 2, 'thing/same')).ok).toBe(true);
    must(await approve(approvalId));
    expect((await ask('good', 3, 'thing/same')).ok).toBe(true);
  });

  test('tells the kind what was rejected, and takes back what the kind withdraws itself', async () => {
    const { brandId } = app.brand;
    const rejected = must(await ask('good'));
    must(await service.desk.reject(brandId, rejected.approvalId, bob, 'no'));
    const withdrawn = must(await ask('good'));
    const back = (by: Actor) =>
      app.db.transaction((tx) => service.withdraw(tx, brandId, withdrawn.approvalId, { actor: by }));
    expect((await back(bob.actor)).ok).toBe(false);
    expect(must(await back(alice)).status).toBe('withdrawn');
    expect(closed).toEqual(['rejected']);
  });

  test('is undone with the transaction that asked', async () => {
    const lost = app.db.transaction(async (tx) => {
      must(await service.request(tx, { ...request, subject: 'thing/lost' }));
      throw new Error('changed my mind');
    });
    await expect(lost).rejects.toThrow('changed my mind');
    const { items } = must(await service.desk.list(app.brand.brandId, { limit: 50, subject: 'thing/lost' }));
    expect(items).toEqual([]);
  });
  const request = { brandId: '', kind: 'good', payload: {}, summary: 'do it', requestedBy: alice };
  beforeEach(() => {
    request.brandId = app.brand.brandId;
  });

  test('takes one owner for each kind', () => {
    expect(() => service.register('good', { approved: async () => ok(undefined) })).toThrow('already');
  });
});

describe('changing what needs a second person', () => {
  type Case = [
    name: string,
    before: Partial<ApprovalThresholds>,
    patch: Partial<ApprovalThresholds>,
    status: number,
  ];
  const cases: Case[] = [
    ['a first threshold', { bulkGeneration: null }, { bulkGeneration: 100 }, 200],
    ['a lower threshold', { bulkGeneration: 100 }, { bulkGeneration: 10 }, 200],
    ['a higher threshold', { bulkGeneration: 100 }, { bulkGeneration: 101 }, 202],
    ['no threshold any more', { bulkGeneration: 0 }, { bulkGeneration: null }, 202],
    ['raises that always wait', { limitRaises: 'never' }, { limitRaises: 'always' }, 200],
    ['raises that never wait', { limitRaises: 'always' }, { limitRaises: 'never' }, 202],
    ['a budget in one currency', { campaignBudget: null }, { campaignBudget: { EUR: 5 } }, 200],
    ['a currency more', { campaignBudget: { EUR: 5 } }, { campaignBudget: { EUR: 5, USD: 1 } }, 202],
    ['a currency less', { campaignBudget: { EUR: 5, USD: 1 } }, { campaignBudget: { EUR: 5 } }, 200],
    ['a higher budget', { campaignBudget: { EUR: 5 } }, { campaignBudget: { EUR: 6 } }, 202],
    ['budgets that never wait', { campaignBudget: { EUR: 5 } }, { campaignBudget: null }, 202],
    ['grants up to more', { manualGrant: { EUR: 5 } }, { manualGrant: { EUR: 50 } }, 202],
    [
      'stricter here and looser there',
      { bulkGeneration: 9, limitRaises: 'never' },
      { bulkGeneration: 10, limitRaises: 'always' },
      202,
    ],
    ['nothing', { bulkGeneration: 9 }, {}, 200],
  ];

  test.each(cases)('%s', async (_, before, patch, status) => {
    const { ownerKey: key } = await app.anotherBrand({ approvals: before });
    const answer = await app.request('PATCH', '/v1/approvals/thresholds', { key, body: patch });
    expect(answer.status).toBe(status);
    const { settings } = (await app.request('GET', '/v1/brand', { key })).body;
    expect(settings.approvals).toMatchObject(status === 200 ? { ...before, ...patch } : before);
    const read = await app.request('GET', '/v1/approvals/thresholds', { key });
    expect([read.status, read.body]).toEqual([200, settings.approvals]);
  });

  test('that waits changes only what it asked for, whatever was tightened meanwhile', async () => {
    const { brand, ownerKey: key } = await app.anotherBrand({
      approvals: { bulkGeneration: 10, limitRaises: 'never' },
    });
    const change = (body: object) => app.request('PATCH', '/v1/approvals/thresholds', { key, body });
    const { body: asked } = await change({ bulkGeneration: 1000 });
    expect((await change({ limitRaises: 'always' })).status).toBe(200);
    const by = await signInAs(app, 'owner', brand.brandId);
    expect((await by.request('POST', path(asked.approvalId, 'approve'), { body: {} })).body.status).toBe(
      'approved',
    );
    const { settings } = (await app.request('GET', '/v1/brand', { key })).body;
    expect(settings.approvals).toMatchObject({ bulkGeneration: 1000, limitRaises: 'always' });
  });

  test('cannot be done by the way of changing the brand', async () => {
    for (const body of [{ approvals: {} }, { settings: { approvals: {} } }])
      expect((await app.request('PATCH', '/v1/brand', { body: { revision: 1, ...body } })).status).toBe(422);
  });
});
