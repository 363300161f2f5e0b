import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { newCampaign, readyBatch } from '../codes/testing.ts';
import { SEED } from './sandbox/testing/seed.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, key = app.ownerKey) => app.request('POST', path, { body, key });
const text = (value: string, ...conditions: object[]) => ({ kind: 'text', conditions, default: value });
const program = (source: string) => ({ kind: 'function', default: source });
const get = async (name: string) => (await app.request('GET', `/v1/labels/${name}`)).body;

let made = 0;
async function newLabel(definition: object = text('Hello')): Promise<string> {
  const name = `label_${++made}`;
  expect(await post('/v1/labels', { name, definition })).toMatchObject({ status: 201 });
  return name;
}

describe('the library', () => {
  it('keeps label tags of each kind as they were given', async () => {
    const batch = await readyBatch(app, await newCampaign(app), { kind: 'unique', count: 1 });
    for (const definition of [
      text('Hello', { rule: 'player.language == "de"', value: 'Hallo' }),
      { ...program(SEED), conditions: [] },
      { kind: 'code', conditions: [{ rule: 'player.vip_level > 2', value: batch.id }], default: batch.id },
    ]) {
      const name = await newLabel(definition);
      expect(await get(name)).toMatchObject({ name, version: 1, archived: false, definition });
    }
  });

  it('keeps every version', async () => {
    const name = await newLabel(text('one'));
    const answer = await app.request('PUT', `/v1/labels/${name}`, {
      body: { version: 1, definition: program('2') },
    });
    expect(answer).toMatchObject({ status: 200, body: { version: 2, definition: { kind: 'function' } } });
    const { body } = await app.request('GET', `/v1/labels/${name}/versions?limit=1`);
    expect(body.items).toMatchObject([{ version: 2, definition: { default: '2' } }]);
    const next = await app.request('GET', `/v1/labels/${name}/versions?cursor=${body.nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ version: 1, definition: text('one') }], nextCursor: null });
  });

  it('takes a change from whoever saw the version in force', async () => {
    const name = await newLabel();
    const change = (value: string) =>
      app.request('PUT', `/v1/labels/${name}`, { body: { version: 1, definition: text(value) } });
    const answers = await Promise.all(['a', 'b', 'c'].map(change));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await change('d')).body).toMatchObject({ key: 'revision_conflict', version: 2 });
  });

  it('has one label tag of a name', async () => {
    const name = await newLabel();
    expect(await post('/v1/labels', { name, definition: text('') })).toMatchObject({
      status: 409,
      body: { key: 'conflict' },
    });
    const { ownerKey } = await app.anotherBrand();
    expect((await post('/v1/labels', { name, definition: text('') }, ownerKey)).status).toBe(201);
  });

  it('lists by name, without the archived ones', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    for (const name of ['b', 'a', 'c', 'a_b']) await post('/v1/labels', { name, definition: text('') }, key);
    await post('/v1/labels/b/archive', undefined, key);
    const list = async (query: string) => (await app.request('GET', `/v1/labels?${query}`, { key })).body;
    const names = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);
    const first = await list('limit=2');
    expect(names(first)).toEqual(['a', 'a_b']);
    expect(names(await list(`limit=2&cursor=${first.nextCursor}`))).toEqual(['c']);
    expect(names(await list('archived=true'))).toEqual(['b']);
    expect(names(await list('kind=code'))).toEqual([]);
    await post('/v1/labels/b/restore', undefined, key);
    expect(names(await list('kind=text'))).toEqual(['a', 'a_b', 'b', 'c']);
  });

  it('is audited', async () => {
    const name = await newLabel(text('one'));
    await app.request('PUT', `/v1/labels/${name}`, { body: { version: 1, definition: text('two') } });
    await post(`/v1/labels/${name}/archive`, undefined);
    await post(`/v1/labels/${name}/archive`, undefined);
    await post(`/v1/labels/${name}/restore`, undefined);
    const { rows } = await app.db.query(
      `select action, before #>> '{definition,default}' as before, after #>> '{definition,default}' as after
       from audit_log where target_kind = 'label' and after ->> 'name' = $1 order by entry_id`,
      [name],
    );
    expect(rows).toEqual([
      { action: 'label.created', before: null, after: 'one' },
      { action: 'label.updated', before: 'one', after: 'two' },
      { action: 'label.archived', before: 'two', after: 'two' },
      { action: 'label.restored', before: 'two', after: 'two' },
    ]);
  });

  it('belongs to the brand', async () => {
    const name = await newLabel();
    const { ownerKey: key } = await app.anotherBrand();
    for (const [method, path, body] of [
      ['GET', `/v1/labels/${name}`, undefined],
      ['GET', `/v1/labels/${name}/versions`, undefined],
      ['PUT', `/v1/labels/${name}`, { version: 1, definition: text('') }],
      ['POST', `/v1/labels/${name}/archive`, undefined],
    ] as const)
      expect((await app.request(method, path, { key, body })).status).toBe(404);
  });

  it('is read and written by those who may', async () => {
    const reader = await app.key(['journeys:read']);
    expect((await app.request('GET', '/v1/labels', { key: reader })).status).toBe(200);
    expect((await post('/v1/labels', { name: 'x', definition: text('') }, reader)).status).toBe(403);
    expect((await post('/v1/label-test-runs', { name: 'x', source: '1' }, reader)).status).toBe(403);
  });
});

describe('a label tag is refused with', () => {
  let batches: Record<'shared' | 'other', string>;
  beforeAll(async () => {
    const campaignId = await newCampaign(app);
    const personal = { kind: 'personal', holders: ['anna'] };
    const { ownerKey } = await app.anotherBrand();
    const theirs = await newCampaign(app, ownerKey);
    const asked = await post(`/v1/campaigns/${theirs}/code-batches`, { kind: 'unique', count: 1 }, ownerKey);
    batches = { shared: (await readyBatch(app, campaignId, personal)).id, other: asked.body.id };
  });

  test.each<[string, () => object, string, string]>([
    [
      'a rule of unknown facts',
      () => text('', { rule: 'player.x', value: '' }),
      'definition.conditions.0.rule',
      '',
    ],
    [
      'a type that does not fit',
      () => text('', { rule: 'player.age == "1"', value: '' }),
      'definition.conditions.0.rule',
      '',
    ],
    ['a text with Liquid', () => text('{{state.name}}'), 'definition.default', ''],
    ['a program that is none', () => program('var 1'), 'definition.default', 'label.x: line 1: SyntaxError'],
    [
      'a program that is none, in a condition',
      () => ({
        ...program('1'),
        conditions: [
          { rule: 'true', value: '1' },
          { rule: 'false', value: '\n(' },
        ],
      }),
      'definition.conditions.1.value',
      'label.x: line 2: SyntaxError',
    ],
    ['codes of players', () => ({ kind: 'code', default: batches.shared }), 'definition.default', 'personal'],
    [
      'a batch of another brand',
      () => ({ kind: 'code', default: batches.other }),
      'definition.default',
      'no such',
    ],
  ])('%s', async (_, definition, field, reason) => {
    const { status, body } = await post('/v1/labels', { name: 'x', definition: definition() });
    expect([status, body.key]).toEqual([422, 'label_invalid']);
    expect(body.errors).toMatchObject([{ field, reason: expect.stringContaining(reason) }]);
  });

  test.each([
    ['a name with capitals', { name: 'Promo', definition: text('') }],
    ['no default', { name: 'x', definition: { kind: 'text', conditions: [] } }],
    ['an unknown kind', { name: 'x', definition: { kind: 'html', default: '' } }],
  ])('%s', async (_, body) => {
    expect(await post('/v1/labels', body)).toMatchObject({ status: 422, body: { key: 'invalid_request' } });
  });
});

describe('a preview', () => {
  const preview = (definition: object, player = 'anna') =>
    post('/v1/label-previews', { name: 'x', definition, player });
  beforeAll(async () => {
    await app.request('PUT', '/v1/players/anna', { body: { language: 'de', birthDate: '1990-04-12' } });
  });

  test('tells what the player would get, and by which condition', async () => {
    const definition = text(
      'Hello',
      { rule: 'player.age < 18', value: 'Hi' },
      { rule: 'player.language == "de"', value: 'Hallo' },
    );
    expect((await preview(definition)).body).toEqual({
      condition: 1,
      value: 'Hallo',
      batchId: null,
      problem: null,
    });
    await app.request('PUT', '/v1/players/ben', { body: {} });
    expect((await preview(definition, 'ben')).body).toMatchObject({ condition: null, value: 'Hello' });
  });

  test('runs a function', async () => {
    expect((await preview(program(SEED))).body.value).toMatch(/^[A-Z0-9]{6}$/);
    expect((await preview(program('\nx'))).body).toMatchObject({
      value: null,
      problem: { key: 'label_failed', message: `label.x: line 2: ReferenceError: 'x' is not defined` },
    });
  });

  test('draws no code', async () => {
    const batch = await readyBatch(app, await newCampaign(app), { kind: 'unique', count: 1 });
    const { body } = await preview({ kind: 'code', default: batch.id });
    expect(body).toEqual({ condition: null, value: null, batchId: batch.id, problem: null });
    const { rows } = await app.db.query('select 1 from codes where batch_id = $1 and holder_id is not null', [
      batch.id,
    ]);
    expect(rows).toEqual([]);
  });

  test('is of a player there is', async () => {
    expect((await preview(text(''), 'nobody')).status).toBe(404);
  });
});

describe('a test run', () => {
  const run = async (source: string, runs?: number) =>
    (await post('/v1/label-test-runs', { name: 'x', source, runs })).body;

  test('tells what the codes of the documentation are worth', async () => {
    const { examples, failed, randomness } = await run(SEED, 2_000);
    expect(failed).toBe(0);
    expect(examples).toHaveLength(10);
    expect(Math.abs(randomness.collisionBits - 30.45)).toBeLessThan(2 * randomness.marginBits);
    expect(randomness.basis).toBe('symbols');
  });

  test('tells of a value that never changes', async () => {
    expect(await run('"WELCOME"', 100)).toMatchObject({
      runs: 100,
      randomness: { collisionBits: 0, duplicateLikelyAfter: 2 },
    });
  });

  test('counts the runs that fail, and says why once', async () => {
    const { runs, failed, problems } = await run('if (Math.random() < 0.5) x; 1', 400);
    expect(runs).toBe(400);
    expect(failed).toBeGreaterThan(100);
    expect(failed).toBeLessThan(300);
    expect(problems).toEqual([
      { key: 'label_failed', message: `label.x: line 1: ReferenceError: 'x' is not defined` },
    ]);
  });

  test('gives up on what never has a value', async () => {
    const { runs, failed, randomness, problems } = await run('for (;;);', 20_000);
    expect([runs, failed, randomness]).toEqual([500, 500, null]);
    expect(problems.map(({ key }: { key: string }) => key)).toContain('label_too_slow');
  });
});
