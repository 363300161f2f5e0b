import { randomUUID } from 'node:crypto';
import type { ContentDocument } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createCampaign } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestRequest } from '../../../testing/test-app.ts';
import { drawing, onlyNode } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const create = (body: object = {}, options?: TestRequest) =>
  app.request('POST', '/v1/journeys', {
    body: { name: 'Welcome', definition: drawing(), ...body },
    ...options,
  });
const created = async (body: object = {}) => (await create(body)).body;
const get = async (path: string, options?: TestRequest) =>
  (await app.request('GET', `/v1/journeys${path}`, options)).body;
const change = (id: string, body: object, options?: TestRequest) =>
  app.request('PATCH', `/v1/journeys/${id}`, { body, ...options });
const post = (path: string, body: object | undefined = {}, options?: TestRequest) =>
  app.request('POST', `/v1/journeys/${path}`, { body, ...options });
const published = async (body: object = {}) => {
  const { id } = await created(body);
  return (await post(`${id}/publish`)).body;
};

const keysOf = (problems: readonly { key: string; nodeId?: string }[]) =>
  problems.map(({ key, nodeId }) => [key, nodeId].join(' '));

const SMS: ContentDocument = { channel: 'sms', locale: 'en', text: 'Hi', translations: {} };
const addContent = async (document: ContentDocument = SMS) =>
  (
    await app.request('POST', '/v1/content', {
      body: { from: 'document', name: 'Hello', document },
    })
  ).body;

describe('a draft', () => {
  it('begins with a trigger alone, and says what it lacks', async () => {
    const { status, body } = await create({ definition: undefined });
    expect([status, body.status, body.version, body.revision]).toEqual([201, 'draft', null, 1]);
    expect(body.draft.nodes).toEqual({ start: { kind: 'trigger', name: null, on: null } });
    expect(keysOf(body.problems)).toEqual(['setting_missing start', 'connector_missing start']);
    expect(await get(`/${body.id}`)).toEqual(body);
  });

  it('is kept as it was drawn, whatever it means', async () => {
    const nodes = {
      zebra: { kind: 'condition', rule: 'player.shoe_size >' },
      ant: { kind: 'popup', contentId: randomUUID() },
      start: { kind: 'trigger', on: { source: 'event', name: 'no.such' } },
    };
    const edges = [{ from: 'start', connector: 'nonsense', to: 'zebra' }];
    const { draft, problems } = await created({ definition: { nodes, edges } });
    expect(Object.keys(draft.nodes)).toEqual(['zebra', 'ant', 'start']);
    expect(draft).toMatchObject({ nodes, edges, settings: { entry: { rule: 'once' }, controlBps: 0 } });
    expect(keysOf(problems)).toEqual([
      'event_unknown start',
      'connector_missing zebra',
      'connector_unknown start',
      'connector_missing start',
      'unreachable ant',
      'rule_invalid zebra',
      'content_unknown ant',
    ]);
  });

  test.each<[string, object, string]>([
    [
      'an edge to nowhere',
      { edges: [{ from: 'start', connector: 'next', to: 'gone' }] },
      'definition.edges.0',
    ],
    ['an id no rule could name', { nodes: { '1st': { kind: 'exit' } }, edges: [] }, 'definition.nodes.1st'],
  ])('may not have %s', async (_, differences, field) => {
    const definition = drawing(differences);
    const { status, body } = await create({ definition });
    expect([status, body.key, body.errors[0].field]).toEqual([422, 'journey_invalid', field]);
    const { id, revision } = await created();
    expect((await change(id, { revision, definition })).body.key).toBe('journey_invalid');
  });

  test.each<[string, object, string]>([
    ['a node of no kind', { nodes: { a: { kind: 'teleport' } } }, 'definition.nodes.a.kind'],
    ['a setting nobody knows', { nodes: { a: { kind: 'exit', speed: 1 } } }, 'definition.nodes.a.speed'],
    ['a text for a number', { settings: { controlBps: '5' } }, 'definition.settings.controlBps'],
  ])('is refused with %s', async (_, differences, field) => {
    const { status, body } = await create({ definition: drawing(differences) });
    expect([status, body.key, body.errors[0].field]).toEqual([422, 'invalid_request', field]);
  });

  it('takes one of several changes made on one revision', async () => {
    const { id } = await created();
    const answers = await Promise.all(['A', 'B', 'C'].map((name) => change(id, { revision: 1, name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.body).toMatchObject({ key: 'revision_conflict', revision: 2 });
  });

  it('is changed on the revision of its ETag, and on none unsaid', async () => {
    const { id } = await created();
    const unsaid = await change(id, { name: 'B' });
    expect([unsaid.status, unsaid.body.errors[0].field]).toEqual([422, 'revision']);
    const renamed = await change(id, { name: 'B' }, { headers: { 'if-match': '"1"' } });
    expect([renamed.status, renamed.headers.get('etag'), renamed.body.name]).toEqual([200, '"2"', 'B']);
    expect(renamed.body.draft).toEqual((await get(`/${id}`)).draft);
  });

  it('can be looked at before it is stored', async () => {
    const definition = onlyNode({ kind: 'condition', rule: 'player.age >' });
    const { status, body } = await post('lint', { definition });
    expect([status, keysOf(body.problems)]).toEqual([200, ['connector_missing node', 'rule_invalid node']]);
    const loose = drawing({ edges: [{ from: 'a', connector: 'next', to: 'b' }] });
    expect(keysOf((await post('lint', { definition: loose })).body.problems)).toEqual(['edge_dangling ']);
  });

  it('can be begun with another one, or with what was published', async () => {
    const { id, revision } = await published({ name: 'Original' });
    await change(id, { revision, definition: onlyNode({ kind: 'exit' }), product: 'betting' });
    const copy = await post(`${id}/duplicate`, { name: 'Copy' });
    expect([copy.status, copy.body]).toEqual([
      201,
      expect.objectContaining({ name: 'Copy', status: 'draft', version: null, product: 'betting' }),
    ]);
    expect(Object.keys(copy.body.draft.nodes)).toEqual(['start', 'node']);
    const older = await post(`${id}/duplicate`, { name: 'Older', version: 1 });
    expect([Object.keys(older.body.draft.nodes), older.body.product]).toEqual([
      ['start', 'wait', 'done'],
      'casino',
    ]);
    expect((await post(`${id}/duplicate`, { name: 'None', version: 2 })).status).toBe(404);
  });
});

test('journeys are listed newest first, by status and name, page by page', async () => {
  const mark = randomUUID();
  const made = [];
  for (const name of ['a', 'b', 'c']) made.push((await created({ name: `${mark} ${name}` })).id);
  await post(`${made[1]}/archive`, undefined);
  const list = (query: string) => get(`?name=${mark.toUpperCase()}&${query}`);
  const first = await list('limit=2');
  const second = await list(`limit=2&cursor=${first.nextCursor}`);
  const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);
  expect([...ids(first), ...ids(second)]).toEqual(made.toReversed());
  expect(second.nextCursor).toBeNull();
  expect(first.items[0]).not.toHaveProperty('draft');
  expect(ids(await list('status=archived'))).toEqual([made[1]]);
});

describe('publishing', () => {
  it('is refused with everything that is wrong', async () => {
    const { id } = await created({
      definition: onlyNode({ kind: 'email' }, { source: 'event', name: 'x.y' }),
    });
    const { status, body } = await post(`${id}/publish`);
    expect([status, body.key]).toEqual([422, 'journey_not_ready']);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'definition.nodes.start.on.name',
      'definition.nodes.node.contentId',
    ]);
    expect(keysOf(body.problems)).toEqual(['event_unknown start', 'setting_missing node']);
    expect(await get(`/${id}`)).toMatchObject({ version: null, revision: 1 });
  });

  it('makes a version of the draft for good, with the content as it is', async () => {
    const content = await addContent();
    const { id } = await created({ definition: onlyNode({ kind: 'sms', contentId: content.id }) });
    const first = await post(`${id}/publish`, { revision: 1, note: 'First' });
    expect([first.status, first.body]).toEqual([
      200,
      expect.objectContaining({ version: 1, status: 'draft', revision: 2 }),
    ]);
    await app.request('PATCH', `/v1/content/${content.id}`, {
      body: { version: 1, document: { ...SMS, text: 'Hello' } },
    });
    await change(id, { revision: 2, product: 'betting' });
    await post(`${id}/publish`);
    const [one, two] = [await get(`/${id}/versions/1`), await get(`/${id}/versions/2`)];
    expect([one.contents, two.contents]).toEqual([{ [content.id]: 1 }, { [content.id]: 2 }]);
    expect([one.product, two.product]).toEqual(['casino', 'betting']);
    expect(one.definition).toEqual(first.body.draft);
    const { items } = await get(`/${id}/versions`);
    expect(items).toMatchObject([
      { version: 2, note: null },
      { version: 1, note: 'First', publishedBy: { kind: 'api_key' } },
    ]);
    const older = await get(
      `/${id}/versions?limit=1&cursor=${(await get(`/${id}/versions?limit=1`)).nextCursor}`,
    );
    expect(older).toMatchObject({ items: [{ version: 1 }], nextCursor: null });
  });

  it('happens once, however many ask for it', async () => {
    const { id } = await created();
    const answers = await Promise.all([1, 2, 3].map(() => post(`${id}/publish`, { revision: 1 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await get(`/${id}/versions`)).items).toHaveLength(1);
  });

  it('asks for the draft that was seen', async () => {
    const { id } = await created();
    await change(id, { revision: 1, name: 'Other' });
    expect((await post(`${id}/publish`, { revision: 1 })).body.key).toBe('revision_conflict');
  });

  it('says what is different between versions and the draft', async () => {
    const { id, revision } = await published();
    const nodes = { ...drawing().nodes, done: { kind: 'exit', name: 'Out' } };
    await change(id, { revision, definition: drawing({ nodes } as object) });
    const { from, to, nodes: changed } = await get(`/${id}/changes`);
    expect([from, to, changed]).toMatchObject([1, null, [{ nodeId: 'done', fields: ['name'] }]]);
    await post(`${id}/publish`);
    expect((await get(`/${id}/changes?from=2&to=1`)).nodes).toMatchObject([{ before: { name: 'Out' } }]);
    expect((await get(`/${id}/changes`)).nodes).toEqual([]);
    expect((await get(`/${id}/changes?from=1`)).nodes).toHaveLength(1);
    const { key } = await get(`/${(await created()).id}/changes`);
    expect(key).toBe('journey_not_published');
    expect((await app.request('GET', `/v1/journeys/${id}/changes?from=3`)).status).toBe(404);
  });
});

describe('the life of a journey', () => {
  it('goes from draft to archive', async () => {
    const { id } = await published();
    const active = (await post(`${id}/activate`, undefined)).body;
    expect([active.status, active.pausedAt, active.resumedAt]).toEqual(['active', null, null]);
    const paused = (await post(`${id}/pause`, { reason: 'Wrong offer' })).body;
    expect([paused.status, paused.pausedAt, paused.resumedAt]).toEqual(['paused', expect.any(String), null]);
    const resumed = (await post(`${id}/resume`, undefined)).body;
    expect([resumed.status, resumed.pausedAt]).toEqual(['active', paused.pausedAt]);
    expect(Date.parse(resumed.resumedAt)).toBeGreaterThanOrEqual(Date.parse(paused.pausedAt));
    expect((await post(`${id}/pause`, { reason: 'Again' })).body.resumedAt).toBeNull();
    const archived = (await post(`${id}/archive`, undefined)).body;
    expect(archived.status).toBe('archived');
    expect(await actionsOn(id)).toEqual([
      'journey.created',
      'journey.published',
      'journey.activated',
      'journey.paused Wrong offer',
      'journey.resumed',
      'journey.paused Again',
      'journey.archived',
    ]);
  });

  test.each<[string, string[], string, string]>([
    ['activated without a version', [], 'activate', 'journey_not_published'],
    ['activated twice', ['publish', 'activate'], 'activate', 'state_move_not_allowed'],
    ['activated while paused', ['publish', 'activate', 'pause'], 'activate', 'state_move_not_allowed'],
    ['resumed before it was active', ['publish'], 'resume', 'state_move_not_allowed'],
    ['resumed while active', ['publish', 'activate'], 'resume', 'state_move_not_allowed'],
    ['paused before it was active', ['publish'], 'pause', 'state_move_not_allowed'],
    ['activated once archived', ['publish', 'archive'], 'activate', 'state_move_not_allowed'],
    ['published once archived', ['archive'], 'publish', 'journey_not_editable'],
    ['archived twice', ['archive'], 'archive', 'state_move_not_allowed'],
  ])('does not have it %s', async (_, before, then, key) => {
    const { id } = await created();
    const bodyOf = (move: string) =>
      move === 'pause' ? { reason: 'Test' } : move === 'publish' ? {} : undefined;
    for (const move of before) expect((await post(`${id}/${move}`, bodyOf(move))).status).toBe(200);
    const { status, body } = await post(`${id}/${then}`, bodyOf(then));
    expect([status, body.key]).toEqual([422, key]);
  });

  it('does not let an archived draft be changed', async () => {
    const { id } = await created();
    const { revision } = (await post(`${id}/archive`, undefined)).body;
    expect((await change(id, { revision, name: 'X' })).body.key).toBe('journey_not_editable');
  });

  it('does not begin with a campaign that has ended since', async () => {
    const { campaignId } = await createCampaign(app);
    const { id } = await published({ definition: onlyNode({ kind: 'give_bonus', campaignId }) });
    await app.db.query(`update campaigns set status = 'ended' where campaign_id = $1`, [campaignId]);
    const { body } = await post(`${id}/activate`, undefined);
    expect([body.key, keysOf(body.problems)]).toEqual(['journey_not_ready', ['campaign_over node']]);
  });

  it('holds the secrets its webhooks name from the moment it is published or begins', async () => {
    const secret = '/v1/journey-secrets/casino';
    const put = () => app.request('PUT', secret, { body: { value: 'shh-8d2e61c0' } });
    const remove = async () => (await app.request('DELETE', secret)).status;
    const node = { kind: 'webhook', url: 'https://casino.example/', body: '{{ secret.casino }}' } as const;
    const { id } = await created({ definition: onlyNode(node) });
    expect(keysOf((await post(`${id}/publish`)).body.problems)).toEqual(['template_invalid node']);
    await put();
    expect((await post(`${id}/publish`)).status).toBe(200);
    expect(await remove()).toBe(204);
    expect(keysOf((await post(`${id}/activate`, undefined)).body.problems)).toEqual(['secret_unknown node']);
    await put();
    expect((await post(`${id}/activate`, undefined)).status).toBe(200);
    expect(await remove()).toBe(409);
  });

  it('is moved on the revision that was seen', async () => {
    const { id, revision } = await published();
    const at = (revision: number) => ({ headers: { 'if-match': `"${revision}"` } });
    expect((await post(`${id}/activate`, undefined, at(revision - 1))).status).toBe(409);
    expect((await post(`${id}/activate`, undefined, at(revision))).status).toBe(200);
  });
});

describe('who may', () => {
  it('belongs to the brand', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const { id } = await published();
    const asked = await Promise.all([
      app.request('GET', `/v1/journeys/${id}`, { key }),
      app.request('GET', `/v1/journeys/${id}/versions`, { key }),
      app.request('GET', `/v1/journeys/${id}/versions/1`, { key }),
      app.request('GET', `/v1/journeys/${id}/changes?from=1`, { key }),
      change(id, { revision: 2, name: 'X' }, { key }),
      post(`${id}/duplicate`, { name: 'X' }, { key }),
      post(`${id}/publish`, {}, { key }),
      post(`${id}/activate`, undefined, { key }),
      post(`${id}/archive`, undefined, { key }),
    ]);
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([404]));
  });

  it('sends no content, and gives no bonus, of another brand', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const { campaignId } = await createCampaign(app);
    const content = await addContent();
    const problemsOf = async (node: Parameters<typeof onlyNode>[0]) =>
      keysOf((await post('lint', { definition: onlyNode(node) }, { key })).body.problems);
    expect(await problemsOf({ kind: 'sms', contentId: content.id })).toEqual(['content_unknown node']);
    expect(await problemsOf({ kind: 'send_code', campaignId })).toEqual(['campaign_unknown node']);
  });

  it('lets people who draft publish nothing', async () => {
    const key = await app.key(['journeys:read', 'journeys:write']);
    const { id } = (await create({}, { key })).body;
    const asked = await Promise.all(
      ['publish', 'activate', 'resume', 'archive'].map((move) => post(`${id}/${move}`, {}, { key })),
    );
    expect(asked.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });
});

test('what changed in a draft is on record', async () => {
  const { id } = await created();
  await change(id, { revision: 1, name: 'New', definition: onlyNode({ kind: 'exit' }) });
  const { rows } = await app.db.query<{ before: object; after: object }>(
    `select before, after from audit_log where target_id = $1 and action = 'journey.updated'`,
    [id],
  );
  expect(rows).toMatchObject([
    {
      before: { name: 'Welcome', revision: 1 },
      after: {
        ...{ name: 'New', revision: 2 },
        draft: {
          nodes: [{ nodeId: 'start' }, { nodeId: 'wait', change: 'removed' }, {}, { nodeId: 'node' }],
        },
      },
    },
  ]);
});

test('content says which journeys send it', async () => {
  const content = await addContent();
  const definition = onlyNode({ kind: 'sms', contentId: content.id });
  const live = await published({ name: 'Live', definition });
  await change(live.id, { revision: live.revision, definition: drawing() });
  const draft = await created({ name: 'Draft', definition });
  const gone = await created({ definition });
  await post(`${gone.id}/archive`, undefined);
  await created({ name: 'Another' });
  const { body } = await app.request('GET', `/v1/content/${content.id}/journeys`);
  expect(body.items).toEqual([
    {
      journeyId: draft.id,
      name: 'Draft',
      status: 'draft',
      version: null,
      contentVersion: null,
      inDraft: true,
    },
    { journeyId: live.id, name: 'Live', status: 'draft', version: 1, contentVersion: 1, inDraft: false },
  ]);
  const nothing = await app.request('GET', `/v1/content/${randomUUID()}/journeys`);
  expect(nothing.status).toBe(404);
});

const actionsOn = async (id: string): Promise<string[]> => {
  const { rows } = await app.db.query<{ action: string; reason: string | null }>(
    'select action, reason from audit_log where target_id = $1 order by entry_id',
    [id],
  );
  return rows.map(({ action, reason }) => [action, reason].filter(Boolean).join(' '));
};
