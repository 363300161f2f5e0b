import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { ALL_ROUTES } from './index.ts';

describe('the route table', () => {
  it('has no two routes of one id, nor of one method and path', () => {
    const ids = ALL_ROUTES.map(({ id }) => id);
    const places = ALL_ROUTES.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(places).size).toBe(places.length);
  });

  test.each(ALL_ROUTES.map((route) => [route.id, route] as const))('%s is well declared', (id, route) => {
    expect(id).toMatch(/^[a-z][A-Za-z]+$/);
    const named = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(route.params?.shape ?? {}).sort()).toEqual(named.sort());
    expect(route.path).toMatch(/^\/(v1\/)?[a-z]/);
    expect(Object.keys(route.success).every((status) => /^2\d\d$/.test(status))).toBe(true);
    if (route.method === 'GET') expect(route.body).toBeUndefined();
  });

  test.each(ALL_ROUTES.filter(({ query }) => query).map((route) => [route.id, route] as const))(
    '%s refuses filters it does not know',
    (_, { query }) => {
      const found = query?.safeParse({ surprise: '1' }).error?.issues ?? [];
      expect(found).toContainEqual(
        expect.objectContaining({ code: 'unrecognized_keys', keys: ['surprise'] }),
      );
    },
  );

  test.each(ALL_ROUTES.filter(({ body }) => body).map((route) => [route.id, route] as const))(
    '%s refuses unknown fields of its body, at any depth',
    (_, { body }) => {
      const schema = z.toJSONSchema(body ?? z.never(), { io: 'input', unrepresentable: 'any' });
      expect(looseObjects(schema)).toEqual([]);
    },
  );
});

/** The fields of objects that let unknown fields pass: a typo in them would go unnoticed. */
function looseObjects(schema: unknown): string[][] {
  if (typeof schema !== 'object' || schema === null) return [];
  const inside = Object.values(schema).flatMap(looseObjects);
  if (!('properties' in schema) || !('type' in schema) || schema.type !== 'object') return inside;
  const strict = 'additionalProperties' in schema && schema.additionalProperties === false;
  return strict ? inside : [Object.keys(schema.properties ?? {}), ...inside];
}
