import { randomUUID } from 'node:crypto';
import { executableProblems, type JourneyDefinition } from '@promosmith/core/journey';
import { buildCatalogue, compileRule, passes } from '@promosmith/core/rules';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { eventFields } from './index.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const player = 'player-1';
const custom = (name: string) => `custom.${name}_${randomUUID().slice(0, 8)}`;
const actionName = () => `ACTION_${randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`;

async function tell(type: string, data: unknown, id: string = randomUUID()) {
  const time = new Date().toISOString();
  const { body } = await app.request('POST', '/v1/events', {
    body: { events: [{ id, type, time, player, data }] },
  });
  return body.results[0].status;
}

async function act(...actions: { action: string; properties?: object }[]) {
  const key = await app.playerToken(player);
  const body = { actions: actions.map((action) => ({ id: randomUUID(), ...action })) };
  return (await app.request('POST', '/v1/me/actions', { key, body })).body.results;
}

async function listed(key: string) {
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { body } = await app.request('GET', `/v1/event-properties?limit=7${query}`);
    const found = body.items.find((item: { key: string }) => item.key === key);
    if (found) return found;
    cursor = body.nextCursor;
  } while (cursor !== null);
  return undefined;
}

const put = (key: string, fields: object[] = []) =>
  app.request('PUT', `/v1/event-properties/${encodeURIComponent(key)}`, { body: { fields } });
const remove = (key: string) => app.request('DELETE', `/v1/event-properties/${encodeURIComponent(key)}`);
const fieldsOf = async (key: string) => (await eventFields(app.db, app.brand.brandId))(key);

describe('what is seen', () => {
  it('is listed once a browser sent it, with types and examples', async () => {
    const action = actionName();
    expect(await listed(`client_action:${action}`)).toBeUndefined();
    await act({ action, properties: { prize: 'spins', turns: 3, game: { id: 'book' } } });
    const seen = { origin: 'discovered', firstSeenAt: expect.any(String), lastSeenAt: expect.any(String) };
    expect(await listed(`client_action:${action}`)).toEqual({
      ...{ key: `client_action:${action}`, reserved: false, ...seen },
      fields: [
        { name: 'game.id', type: 'string', label: 'Game id', example: 'book', ...seen },
        { name: 'prize', type: 'string', label: 'Prize', example: 'spins', ...seen },
        { name: 'turns', type: 'double', label: 'Turns', example: 3, ...seen },
      ],
    });
  });

  it('is listed of the platform’s custom events and client actions', async () => {
    const type = custom('joined');
    await tell(type, { table: 'vip' });
    expect(await fieldsOf(`event:${type}`)).toMatchObject([{ name: 'table', type: 'string' }]);
    const action = actionName();
    await tell('client.action', { action, properties: { step: 2 } });
    expect(await fieldsOf(`client_action:${action}`)).toMatchObject([{ name: 'step', type: 'double' }]);
  });

  it('grows, and has no type once types do not agree', async () => {
    const action = actionName();
    await act({ action, properties: { size: 3 } });
    await act({ action, properties: { colour: 'red' } }, { action, properties: { shape: true } });
    await act({ action, properties: { size: 'large' } });
    const { fields } = await listed(`client_action:${action}`);
    expect(fields.map(({ name, type }: { name: string; type: string }) => [name, type])).toEqual([
      ['colour', 'string'],
      ['shape', 'bool'],
      ['size', 'mixed'],
    ]);
    expect((await fieldsOf(`client_action:${action}`))?.map(({ name }) => name)).toEqual(['colour', 'shape']);
  });

  it('has no type either when types differ within one call', async () => {
    const action = actionName();
    await act({ action, properties: { size: 3 } }, { action, properties: { size: 'large' } });
    expect((await listed(`client_action:${action}`)).fields).toMatchObject([{ name: 'size', type: 'mixed' }]);
  });

  it('is not offered to rules where a value is also what others are inside of', async () => {
    const action = actionName();
    await act({ action, properties: { game: 'book' } }, { action, properties: { game: { id: 'book' } } });
    expect((await fieldsOf(`client_action:${action}`))?.map(({ name }) => name)).toEqual(['game.id']);
  });

  it('writes nothing for what is known', async () => {
    const action = actionName();
    await act({ action, properties: { turns: 1 } });
    const versions = async () =>
      (await app.db.query('select xmin, ctid from event_fields union all select xmin, ctid from event_keys'))
        .rows;
    const before = await versions();
    for (let n = 0; n < 3; n++) await act({ action, properties: { turns: n } });
    expect(await versions()).toEqual(before);
  });

  it('counts nothing that was refused or told before', async () => {
    const type = custom('once');
    const id = randomUUID();
    expect(await tell(type, { first: 1 }, id)).toBe('accepted');
    expect(await tell(type, { second: 2 }, id)).toBe('rejected');
    expect((await fieldsOf(`event:${type}`))?.map(({ name }) => name)).toEqual(['first']);
  });

  it('is of the brand alone', async () => {
    const action = actionName();
    await act({ action });
    const other = await app.anotherBrand();
    expect((await eventFields(app.db, other.brand.brandId))(`client_action:${action}`)).toBeUndefined();
    expect(await fieldsOf(`client_action:${action}`)).toEqual([]);
  });

  it('holds up no event when it cannot be written', async () => {
    await app.db.query('alter table event_keys rename to event_keys_away');
    const type = custom('away');
    expect(await tell(type, {})).toBe('accepted');
    await app.db.query('alter table event_keys_away rename to event_keys');
    expect(await fieldsOf(`event:${type}`)).toBeUndefined();
    await tell(type, {});
    expect(await fieldsOf(`event:${type}`)).toEqual([]);
  });
});

describe('the list', () => {
  it('has room for 500 names that browsers make up, and always for those registered by hand', async () => {
    await using small = await startTestApp();
    const key = await small.playerToken(player);
    const send = (from: number, to: number) =>
      small.request('POST', '/v1/me/actions', {
        key,
        body: {
          actions: Array.from({ length: to - from }, (_, n) => ({
            id: randomUUID(),
            action: `MADE_UP_${from + n}`,
          })),
        },
      });
    for (let n = 0; n < 520; n += 40) await send(n, n + 40);
    const count = async () =>
      (await small.db.query<{ n: number }>('select count(*)::int as n from event_keys')).rows[0]?.n;
    expect(await count()).toBe(500);
    const path = '/v1/event-properties/client_action:MINE';
    expect((await small.request('PUT', path, { body: {} })).status).toBe(201);
    expect(await count()).toBe(501);
    expect(
      (
        await small.request('POST', '/v1/events', {
          body: {
            events: [{ id: 'a', type: 'custom.mine', time: new Date().toISOString(), player, data: {} }],
          },
        })
      ).body.results[0].status,
    ).toBe('accepted');
    expect(await count()).toBe(502);
  });

  it('has room for 200 fields of each', async () => {
    const action = actionName();
    const some = (from: number) =>
      Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`f${from + n}`, n]));
    await act({ action, properties: some(0) });
    await act({ action, properties: some(150) });
    expect((await listed(`client_action:${action}`)).fields).toHaveLength(200);
  });

  it('shows one source when asked, built-in types among the events', async () => {
    const { body } = await app.request('GET', '/v1/event-properties?source=event&limit=200');
    const keys: string[] = body.items.map(({ key }: { key: string }) => key);
    expect(keys).toContain('event:deposit.succeeded');
    expect(keys.every((key) => key.startsWith('event:'))).toBe(true);
    expect(keys).toEqual(keys.toSorted());
    expect(await listed('event:login')).toMatchObject({ origin: 'built_in', firstSeenAt: null });
  });
});

describe('by hand', () => {
  it('an action is registered with fields, before it was seen, and keeps their types', async () => {
    const key = `client_action:${actionName()}`;
    const fields = [
      { name: 'turns', type: 'int', label: 'Turns of the wheel', example: 4 },
      { name: 'note', type: 'string' },
    ];
    const { status, body } = await put(key, fields);
    expect([status, body.origin]).toEqual([201, 'manual']);
    expect(body.fields).toMatchObject([
      { name: 'note', type: 'string', label: 'Note', example: 'text', origin: 'manual', firstSeenAt: null },
      { name: 'turns', type: 'int', label: 'Turns of the wheel', example: 4 },
    ]);
    await act({ action: key.slice(14), properties: { turns: 'three', note: 5 } });
    expect(await fieldsOf(key)).toMatchObject([{ type: 'string' }, { type: 'int' }]);
  });

  it('a field that is no longer given goes, unless it was seen', async () => {
    const key = `client_action:${actionName()}`;
    await put(key, [
      { name: 'seen', type: 'double' },
      { name: 'unseen', type: 'double' },
    ]);
    await act({ action: key.slice(14), properties: { seen: 1 } });
    const { status, body } = await put(key);
    expect(status).toBe(200);
    expect(body.fields).toMatchObject([{ name: 'seen', origin: 'discovered' }]);
  });

  it('a type is given to what had none', async () => {
    const action = actionName();
    await act({ action, properties: { size: 3 } }, { action, properties: { size: 'large' } });
    await put(`client_action:${action}`, [{ name: 'size', type: 'string' }]);
    expect(await fieldsOf(`client_action:${action}`)).toMatchObject([{ name: 'size', type: 'string' }]);
  });

  it('is taken off the list while it was never seen', async () => {
    const key = `client_action:${actionName()}`;
    await put(key, [{ name: 'turns', type: 'int' }]);
    expect((await remove(key)).status).toBe(204);
    expect((await remove(key)).status).toBe(404);
    expect(await fieldsOf(key)).toBeUndefined();
    await put(key);
    await act({ action: key.slice(14) });
    expect((await remove(key)).status).toBe(409);
  });

  test.each([
    ['event:deposit.succeeded', []],
    ['event:joined', []],
    ['client_action:WHEEL', [{ name: 'constructor', type: 'string' }]],
    ['client_action:WHEEL', [{ name: 'a..b', type: 'string' }]],
    ['client_action:WHEEL', [{ name: 'a', type: 'mixed' }]],
    ['client_action:WHEEL', [{ name: 'a', type: 'int', example: 'x' }]],
    [
      'client_action:WHEEL',
      [
        { name: 'a', type: 'int' },
        { name: 'a', type: 'bool' },
      ],
    ],
  ])('not everything is: %s with %j', async (key, fields) => {
    expect(await put(key, fields)).toMatchObject({ status: 422, body: { key: 'invalid_request' } });
  });

  it('is for who may write journeys, and audited', async () => {
    const key = `client_action:${actionName()}`;
    const reader = await app.key(['journeys:read']);
    const path = `/v1/event-properties/${key}`;
    expect((await app.request('PUT', path, { key: reader, body: {} })).status).toBe(403);
    await put(key);
    await remove(key);
    const { rows } = await app.db.query<{ action: string }>(
      'select action from audit_log where target_id = $1 order by entry_id',
      [key],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'event_properties.registered',
      'event_properties.removed',
    ]);
  });
});

describe('rules', () => {
  it('ask for what events carry, whole numbers too', async () => {
    const action = actionName();
    await act({ action, properties: { turns: 3, game: { id: 'book' } } });
    const fields = (await fieldsOf(`client_action:${action}`)) ?? [];
    const built = buildCatalogue();
    if (!built.ok) throw new Error('no catalogue');
    const facts = fields.map((field) => ({
      ...{ ...field, name: `event.${field.name}`, nullable: true },
      ...({ source: 'property', changes: 'rarely' } as const),
    }));
    const all = [...built.catalogue.facts, ...facts];
    const catalogue = { facts: all, byName: new Map(all.map((fact) => [fact.name, fact])) };
    const rule = compileRule('event.turns >= 3 && event.game.id == "book"', catalogue);
    if (!rule.ok) throw new Error(rule.errors[0].message);
    expect(passes(rule.rule, { event: { turns: 3, game: { id: 'book' } } })).toBe(true);
    expect(passes(rule.rule, { event: { turns: 2, game: { id: 'book' } } })).toBe(false);
  });

  it('of a journey know an action from the moment it is registered', async () => {
    const action = actionName();
    const problems = async () => {
      const built = buildCatalogue();
      if (!built.ok) throw new Error('no catalogue');
      const catalogue = { facts: built.catalogue, eventFields: await eventFields(app.db, app.brand.brandId) };
      const on = { source: 'client_action', name: action, filter: 'event.turns > 2' } as const;
      const definition: JourneyDefinition = {
        nodes: { start: { kind: 'trigger', name: null, on }, end: { kind: 'exit', name: null } },
        edges: [{ from: 'start', connector: 'next', to: 'end' }],
        settings: {
          ...{ entry: { rule: 'once' }, entryCap: null, controlBps: 0 },
          ...{ quietHours: null, goal: null, exitWhen: null },
        },
        layout: {},
      };
      return executableProblems(definition, catalogue).filter(({ nodeId }) => nodeId === 'start');
    };
    expect(await problems()).not.toEqual([]);
    await put(`client_action:${action}`, [{ name: 'turns', type: 'int' }]);
    expect(await problems()).toEqual([]);
  });
});
