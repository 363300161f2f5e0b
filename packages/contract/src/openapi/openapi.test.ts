import { describe, expect, it, test } from 'vitest';
import { PERMISSIONS } from '../permissions.ts';
import { ALL_ROUTES } from '../routes/index.ts';
import { REQUEST_EXAMPLES } from './examples.ts';
import { openApiDocument, pathTemplate } from './index.ts';

/** JSON, as readers get it; `any` because it is walked as text, not as types. */
// biome-ignore lint/suspicious/noExplicitAny: the document is read like any JSON
type Json = any;

const document: Json = JSON.parse(
  JSON.stringify(openApiDocument({ version: '1.2.3', serverUrl: 'https://promo.example' })),
);

interface Operation {
  id: string;
  path: string;
  method: string;
  body: Json;
}

const operations: Operation[] = Object.entries<Json>(document.paths).flatMap(([path, item]) =>
  Object.entries<Json>(item).map(([method, body]) => ({ id: body.operationId, path, method, body })),
);
const byName = operations.map((operation) => [operation.id, operation] as const);

/** Every value of the document with the path to it. */
function* walk(value: Json, path: string[] = []): Generator<{ path: string[]; value: Json }> {
  yield { path, value };
  if (typeof value === 'object' && value !== null)
    for (const [key, inside] of Object.entries(value)) yield* walk(inside, [...path, key]);
}

const resolve = (ref: string): Json =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .reduce((at: Json, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);

describe('the document', () => {
  it('is OpenAPI 3.1 with everything the specification asks for', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info).toMatchObject({ title: 'Promosmith API', version: '1.2.3' });
    expect(document.servers).toEqual([{ url: 'https://promo.example' }]);
    expect(Object.keys(document).sort()).toEqual(
      ['components', 'info', 'openapi', 'paths', 'servers', 'tags', 'webhooks'].sort(),
    );
  });

  it('holds every route of the table and nothing else', () => {
    const expected = ALL_ROUTES.map(
      ({ id, method, path }) => `${id} ${method.toLowerCase()} ${pathTemplate(path)}`,
    );
    expect(operations.map(({ id, method, path }) => `${id} ${method} ${path}`).sort()).toEqual(
      expected.sort(),
    );
  });

  it('refers only to what it holds', () => {
    const refs = [...walk(document)].filter(({ path }) => path.at(-1) === '$ref').map(({ value }) => value);
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((ref) => resolve(ref) === undefined)).toEqual([]);
  });

  it('holds no schema nor response that nothing refers to', () => {
    const text = JSON.stringify(document);
    const unused = ['schemas', 'responses'].flatMap((kind) =>
      Object.keys(document.components[kind])
        .map((name) => `#/components/${kind}/${name}`)
        .filter((ref) => !text.includes(`"${ref}"`)),
    );
    expect(unused).toEqual([]);
  });

  it('names its components as the specification allows, and none by a number', () => {
    const names = Object.values<Json>(document.components).flatMap((components) => Object.keys(components));
    expect(names.filter((name) => !/^[A-Za-z][A-Za-z0-9.-]*$/.test(name))).toEqual([]);
  });

  it('uses the types of JSON Schema 2020-12 only', () => {
    const known = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
    const types = [...walk(document.components.schemas)]
      .filter(
        ({ path, value }) =>
          path.at(-1) === 'type' && path.at(-2) !== 'properties' && typeof value === 'string',
      )
      .map(({ value }) => value);
    expect(types.filter((type) => !known.has(type))).toEqual([]);
    expect([...walk(document)].filter(({ path }) => path.at(-1) === 'nullable')).toEqual([]);
  });
});

describe('operations', () => {
  const tags = new Set(document.tags.map(({ name }: { name: string }) => name));
  const schemes = new Set(Object.keys(document.components.securitySchemes));

  test.each(byName)('%s says what it is', (_, { body }) => {
    expect(body.summary).toMatch(/\S/);
    expect(body.tags).toHaveLength(1);
    expect(tags).toContain(body.tags[0]);
  });

  test.each(byName)('%s declares the parameters of its path and no other', (_, { path, body }) => {
    const declared = (body.parameters ?? []).filter(({ in: where }: Json) => where === 'path');
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(declared.map(({ name }: Json) => name).sort()).toEqual(named.sort());
    expect(declared.every(({ required, schema }: Json) => required === true && schema)).toBe(true);
  });

  test.each(byName)('%s describes every answer', (_, { body }) => {
    const answers = Object.entries<Json>(body.responses);
    expect(answers.some(([status]) => status.startsWith('2'))).toBe(true);
    for (const [status, answer] of answers) {
      expect(status).toMatch(/^[2345]\d\d$/);
      const { description } = answer.$ref ? resolve(answer.$ref) : answer;
      expect(description).toMatch(/\S/);
    }
  });

  test.each(byName)('%s says who may call it', (id, { body }) => {
    const route = ALL_ROUTES.find((candidate) => candidate.id === id);
    const named = body.security.flatMap((requirement: Json) => Object.keys(requirement));
    expect(named.every((name: string) => schemes.has(name))).toBe(true);
    if (route?.access === 'open')
      return expect([body.security, body['x-permission']]).toEqual([[], undefined]);
    expect(Object.keys(PERMISSIONS)).toContain(body['x-permission']);
    expect(named).toContain('apiKey');
    expect(named.includes('playerToken')).toBe(route?.access.player === true);
    expect(named.includes('publishableKey')).toBe(route?.access.publishable === true);
  });
});

test('every problem response carries an example that says its own status', () => {
  for (const response of Object.values<Json>(document.components.responses)) {
    const { example } = response.content['application/problem+json'];
    expect(example).toMatchObject({
      type: `urn:promosmith:problem:${example.key}`,
      title: expect.any(String),
    });
  }
});

test.each(Object.entries(REQUEST_EXAMPLES))('the example of %s is a request it takes', (id, example) => {
  const route = ALL_ROUTES.find((candidate) => candidate.id === id);
  expect(route?.body?.safeParse(example)).toMatchObject({ success: true });
});
