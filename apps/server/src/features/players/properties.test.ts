import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  for (const [name, type, example] of [
    ['favourite_game', 'string', 'Book of Codes'],
    ['churn_score', 'number', 0.25],
    ['newsletter', 'boolean', true],
    ['hobbies', 'list', ['chess']],
  ])
    await register({ name, type, example, label: `The ${name}` });
});
afterAll(() => app.close());

const register = (body: unknown) => app.request('POST', '/v1/properties', { body });
const put = (properties: unknown, id = 'p1') =>
  app.request('PUT', `/v1/players/${id}`, { body: { properties } });

describe('registry', () => {
  it('lists what was registered, by name', async () => {
    const { body } = await app.request('GET', '/v1/properties');
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual([
      'churn_score',
      'favourite_game',
      'hobbies',
      'newsletter',
    ]);
    expect(body.items[0]).toEqual({
      name: 'churn_score',
      type: 'number',
      label: 'The churn_score',
      example: 0.25,
      createdAt: expect.any(String),
    });
  });

  it('belongs to the brand', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    expect((await app.request('GET', '/v1/properties', { key })).body.items).toEqual([]);
    const body = { properties: { newsletter: true } };
    expect((await app.request('PUT', '/v1/players/p1', { key, body })).status).toBe(422);
  });

  it('keeps the first when a name is registered twice', async () => {
    const again = await register({ name: 'newsletter', type: 'string', label: 'Other', example: 'x' });
    expect([again.status, again.body.key]).toEqual([409, 'conflict']);
  });

  test.each<[string, object, string]>([
    ['a name with capitals', { name: 'Score' }, 'name'],
    ['a word of the rule language', { name: 'while' }, 'name'],
    ['a type nobody knows', { type: 'date' }, 'type'],
    ['an example of another type', { example: 'x' }, 'example'],
    ['no label', { label: ' ' }, 'label'],
  ])('refuses %s', async (_, change, field) => {
    const { status, body } = await register({
      name: 'score',
      type: 'number',
      label: 'Score',
      example: 1,
      ...change,
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field }]);
  });

  it('is audited', async () => {
    const { rows } = await app.db.query(
      `select action, actor->>'kind' as kind, after->>'type' as type from audit_log
       where target_kind = 'property' and target_id = 'hobbies'`,
    );
    expect(rows).toEqual([{ action: 'property.registered', kind: 'api_key', type: 'list' }]);
  });
});

describe('values', () => {
  it('merge by name, and null removes', async () => {
    await put({ favourite_game: 'Chess', churn_score: 0.5, newsletter: true });
    const { body } = await put({ churn_score: null, hobbies: ['go', 'darts'] });
    expect(body.properties).toEqual({ favourite_game: 'Chess', newsletter: true, hobbies: ['go', 'darts'] });
  });

  it('may come with a new player', async () => {
    const { status, body } = await put({ churn_score: 1, newsletter: null }, 'p2');
    expect([status, body.properties]).toEqual([201, { churn_score: 1 }]);
  });

  test.each<[string, object, { field: string; reason: string }]>([
    [
      'a name nobody registered',
      { newsleter: true },
      { field: 'properties.newsleter', reason: 'is not registered' },
    ],
    [
      'text for a number',
      { churn_score: '1' },
      { field: 'properties.churn_score', reason: 'must be a number' },
    ],
    [
      'a number for text',
      { favourite_game: 7 },
      { field: 'properties.favourite_game', reason: 'must be a string' },
    ],
    ['text for a list', { hobbies: 'chess' }, { field: 'properties.hobbies', reason: 'must be a list' }],
  ])('refuses %s, and keeps all the rest too', async (_, bad, error) => {
    await put({ favourite_game: 'before' }, 'p3');
    const { status, body } = await put({ favourite_game: 'after', ...bad }, 'p3');
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([error]);
    const kept = await app.request('GET', '/v1/players/p3');
    expect(kept.body.properties).toEqual({ favourite_game: 'before' });
  });
});
