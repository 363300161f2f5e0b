import type { Route } from '@promosmith/contract';
import { ALL_ROUTES } from '@promosmith/contract/routes';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { startTestApp, type TestApp, type TestResponse } from '../../apps/server/src/testing/test-app.ts';
import type { Known } from '../support/fuzz/instances.ts';
import { knownOf } from '../support/fuzz/known.ts';
import { type Operation, readOperations, type Schema } from '../support/operations.ts';
import { plainRequest, waysOf } from '../support/plain.ts';
import { stored, tablesHolding } from '../support/stored.ts';
import { buildWorld } from '../support/world.ts';

let app: TestApp;
let operations: Map<string, Operation>;
let known: Known;
beforeAll(async () => {
  app = await startTestApp();
  operations = new Map((await readOperations(app)).map((operation) => [operation.id, operation]));
  known = knownOf(await buildWorld(app));
});
afterAll(() => app.close());

/** What only the server says of things, or what says whose they are. */
const NOT_FOR_CALLERS = [
  ...['id', 'brandId', 'brand', 'brand_id', 'tenant', 'playerId', 'player_id', 'principal', 'actor'],
  ...['status', 'state', 'outcome', 'version', 'revision', 'uses', 'used', 'reserved', 'balance', 'amount'],
  ...['createdBy', 'createdAt', 'updatedAt', 'decidedBy', 'approvalId', 'role', 'permissions', 'scopes'],
  ...['isAdmin', 'bonusBlocked', 'selfExclusion', 'consents', 'secret', 'hash', 'twoFactor', 'surprise'],
];

/** What the operation answers with but does not take. */
const answeredBy = ({ route }: Operation): string[] =>
  Object.values(route.success).flatMap((shape) =>
    shape !== null && typeof shape === 'object' && 'shape' in shape && typeof shape.shape === 'object'
      ? Object.keys(shape.shape ?? {})
      : [],
  );

const PLANTED = 'planted-by-a-caller';
const plantedIn = (fields: readonly string[]) => Object.fromEntries(fields.map((field) => [field, PLANTED]));
const fieldsAtFault = ({ body }: TestResponse): string[] =>
  body.errors.map(({ field }: { field: string }) => field);

const writes = ALL_ROUTES.filter(({ method }) => method !== 'GET');
/** What is deleted last can be told of until then. */
const isLast = ({ method }: Route) => Number(method === 'DELETE');
const withJson = writes.filter(({ body }) => body !== undefined).map(({ id }) => id);
const withoutBody = writes
  .filter(({ body, streamBody, access }) => !body && !streamBody && access !== 'open')
  .sort((one, other) => isLast(one) - isLast(other))
  .map(({ id }) => id);

describe('fields that are not for callers, in a body', () => {
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await stored(app.db);
  });

  test.each(withJson)('are refused by name in %s', async (id) => {
    const operation = operations.get(id)!;
    for (const way of waysOf(operation.body!.schema)) {
      const { method, path, body } = plainRequest(operation, known, way);
      const taken = Object.keys(way.properties ?? {});
      const fields = [...new Set([...NOT_FOR_CALLERS, ...answeredBy(operation)])];
      const extra = fields.filter((field) => !taken.includes(field));
      const answer = await app.request(method, path, { body: { ...Object(body), ...plantedIn(extra) } });
      expect([answer.status, answer.body.key]).toEqual([422, 'invalid_request']);
      expect(fieldsAtFault(answer).toSorted()).toEqual(extra.toSorted());
    }
  });

  it('are refused inside the objects of a body too', async () => {
    const tried: string[] = [];
    for (const operation of operations.values())
      for (const way of operation.body ? waysOf(operation.body.schema) : []) {
        const { method, path, body } = plainRequest(operation, known, way);
        for (const { place, spoilt } of spoiltInside(body, way)) {
          const answer = await app.request(method, path, { body: spoilt });
          expect([operation.id, answer.status, answer.body.key]).toEqual([
            operation.id,
            422,
            'invalid_request',
          ]);
          expect(fieldsAtFault(answer)).toContain(place);
          tried.push(`${operation.id} ${place}`);
        }
      }
    expect(tried).toContain('createCampaign rewards.0.brandId');
    expect(tried).toContain('activateCode player.brandId');
  });

  it('have no place in any object of a body, however deep', () => {
    const open = [...operations.values()].flatMap(({ id, body }) =>
      body ? openObjects(body.schema).map((place) => `${id}${place}`) : [],
    );
    expect(open).toEqual([]);
  });

  it('leave nothing behind', async () => {
    expect(await stored(app.db)).toEqual(before);
  });
});

describe('fields that are not for callers, where no body is asked for', () => {
  test.each(withoutBody)('are not listened to by %s', async (id) => {
    const { method, path } = plainRequest(operations.get(id)!, known);
    const answer = await app.request(method, path, { body: plantedIn(NOT_FOR_CALLERS) });
    expect(answer.status).not.toBe(404);
    expect(answer.status).toBeLessThan(500);
    expect(JSON.stringify(answer.body)).not.toContain(PLANTED);
  });

  it.each([
    ...['brand_id', 'batch_id', 'campaign_id', 'status', 'version'].map((column) => [column, 422] as const),
    // Exports have these, and may be imported again: what they say is left out.
    ...['state', 'uses'].map((column) => [column, 200] as const),
  ])('are not taken from the column %s of an import', async (column, status) => {
    const { method, path, headers } = plainRequest(operations.get('importCodes')!, known);
    const body = `code,${column}\nIMPORTED-${column},${PLANTED}\n`;
    expect((await app.request(method, path, { body, headers })).status).toBe(status);
  });

  it('are stored nowhere', async () => {
    expect(await tablesHolding(app.db, PLANTED)).toEqual([]);
  });
});

interface Spoilt {
  /** Path of the field that should not be there. */
  place: string;
  spoilt: unknown;
}

/** The value, once for each closed object inside it, with one more field in that object. */
function spoiltInside(value: unknown, schema: Schema, path: readonly string[] = []): Spoilt[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const inside = entries.flatMap(([name, part]) => {
    const of = Array.isArray(value) ? schema.items : schema.properties?.[name];
    return (of ? waysOf(of) : [])
      .slice(0, 1)
      .flatMap((way) => spoiltInside(part, way, [...path, name]))
      .map(({ place, spoilt }) => ({ place, spoilt: replaced(value, name, spoilt) }));
  });
  if (path.length === 0 || Array.isArray(value) || schema.additionalProperties !== false) return inside;
  return [{ place: [...path, 'brandId'].join('.'), spoilt: { ...value, brandId: 'x' } }, ...inside];
}

const replaced = (value: object, name: string, part: unknown): unknown =>
  Array.isArray(value)
    ? value.map((old, at) => (String(at) === name ? part : old))
    : { ...value, [name]: part };

/** Places of objects that take fields of any name. */
function openObjects(schema: Schema, place = ''): string[] {
  const inside = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((way) => openObjects(way, place));
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    openObjects(field, `${place}.${name}`),
  );
  const items = schema.items ? openObjects(schema.items, `${place}[]`) : [];
  const values =
    typeof schema.additionalProperties === 'object'
      ? openObjects(schema.additionalProperties, `${place}{}`)
      : [];
  const isOpen = schema.properties && schema.additionalProperties !== false;
  return [...(isOpen ? [place] : []), ...inside, ...fields, ...items, ...values];
}

describe('what the server owns', () => {
  it('cannot be set with an event of the platform: that event alone is rejected', async () => {
    const event = { id: 'e-1', type: 'login', time: new Date().toISOString(), player: 'p-1', data: {} };
    const { body } = await app.request('POST', '/v1/events', {
      body: {
        events: [
          { ...event, brandId: 'x' },
          { ...event, data: { brandId: 'x' } },
          { ...event, id: 'e-2' },
        ],
      },
    });
    expect(body.results.map(({ status }: { status: string }) => status)).toEqual([
      'rejected',
      'rejected',
      'accepted',
    ]);
    expect(body.results[0].reason.errors[0].field).toBe('brandId');
    expect(body.results[1].reason.errors[0].field).toBe('data.brandId');
  });

  it('cannot be lifted by telling of a player: exclusion, block and consents have routes of their own', async () => {
    const player = '/v1/players/p-owned';
    await app.request('POST', `${player}/self-exclusion`, {
      body: { excluded: true, reason: 'asked for it' },
    });
    for (const body of [
      { selfExclusion: null },
      { bonusBlocked: false },
      { consents: {} },
      { externalId: 'p-2' },
    ])
      expect((await app.request('PUT', player, { body })).status).toBe(422);
    expect((await app.request('GET', player)).body.selfExclusion).toEqual({ until: null });
  });

  it('is not poisoned through the prototype', async () => {
    const text = JSON.stringify(validCampaign());
    for (const field of [
      '"__proto__":{"status":"active"}',
      '"constructor":{"prototype":{"status":"active"}}',
    ]) {
      const { status } = await app.request('POST', '/v1/campaigns', {
        body: text.replace('{', `{${field},`),
      });
      expect(status).toBe(400);
    }
  });
});
