import { KEPT_EVENT_TYPES, PLATFORM_EVENTS, PLAYER_EVENTS } from '@promosmith/contract';
import { describe, expect, it, test } from 'vitest';
import type { z } from 'zod';
import { BUILT_IN } from './built-in.ts';
import { fieldsIn, isOfType, labelOf } from './field.ts';

const typesIn = (data: Record<string, unknown>) =>
  Object.fromEntries([...fieldsIn(data)].map(([name, { type }]) => [name, type]));

describe('the fields of an event', () => {
  it('are its values by dotted name, with their types', () => {
    const data = {
      prize: 'spins',
      turns: 3,
      won: true,
      at: '2026-03-02T08:20:00Z',
      tags: ['a', 'b'],
      odds: [1, 2.5],
      game: { id: 'book', maker: { name: 'acme' } },
    };
    expect(typesIn(data)).toEqual({
      ...{ prize: 'string', turns: 'double', won: 'bool', at: 'timestamp', tags: 'list<string>' },
      ...{ odds: 'list<double>', 'game.id': 'string', 'game.maker.name': 'string' },
    });
  });

  it('are only those that a rule could ask for', () => {
    const data = {
      ...{ nothing: null, empty: [], mixed: ['a', 1], rows: [{ a: 1 }], 'a-b': 1, constructor: 'x', in: 1 },
      ...{ 'a.b': 1, 'not a date': 'x', ['x'.repeat(64)]: 1 },
    };
    expect(typesIn(JSON.parse(JSON.stringify(data)))).toEqual({});
    expect(typesIn(JSON.parse('{"__proto__":{"polluted":1},"toString":{"a":1}}'))).toEqual({});
  });

  it('are counted and followed so far only', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`field_${n}`, n]));
    expect(fieldsIn(many).size).toBe(200);
    const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`);
    expect(typesIn({ deep, near: { b: { c: { d: 1 } } } })).toEqual({ 'near.b.c.d': 'double' });
  });

  test.each([
    ['anna@example.com', 'text'],
    ['+356 9912 3456', 'text'],
    ['4111-1111-1111-1111', 'text'],
    ['x'.repeat(65), 'text'],
    ['book-of-codes', 'book-of-codes'],
    ['1990-04-12', 'text'],
    [35_699_123_456, 1.5],
    [2500, 2500],
    [['vip', 'anna@example.com'], []],
    [
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c'],
    ],
  ])('have an example that tells nobody’s name: of %j, %j', (value, example) => {
    expect(fieldsIn({ value }).get('value')?.example).toEqual(example);
  });
});

test.each(['code', 'promoCode', 'firstName', 'e_mail', 'session_token'])(
  'no value of %s is an example',
  (name) => {
    expect(fieldsIn({ [name]: 'AB-12' }).get(name)?.example).toBe('text');
    expect([...fieldsIn({ other: 'AB-12', n: 7 }, true).values()].map(({ example }) => example)).toEqual([
      'text',
      1.5,
    ]);
  },
);

test.each([
  ['depositId', 'Deposit id'],
  ['game.category', 'Game category'],
  ['won_at', 'Won at'],
])('%s is labelled %s', (name, label) => {
  expect(labelOf(name)).toBe(label);
});

test.each([
  ['int', 3, true],
  ['int', 3.5, false],
  ['double', 3, true],
  ['string', '2026-03-02T08:20:00Z', true],
  ['timestamp', 'yesterday', false],
  ['list<double>', [], true],
  ['list<string>', [1], false],
  ['bool', 'true', false],
] as const)('whether a %s may be %j: %s', (type, value, may) => {
  expect(isOfType(type, value as never)).toBe(may);
});

describe('what is built in', () => {
  it('is what the platform tells of and what is told of a player, with the contract’s fields', () => {
    const unheard = ['client.action', ...KEPT_EVENT_TYPES];
    const told = Object.keys(PLATFORM_EVENTS).filter((type) => !unheard.includes(type));
    const types = [...told, ...Object.keys(PLAYER_EVENTS)];
    expect([...BUILT_IN.keys()]).toEqual(types.map((type) => `event:${type}`));
    const fields = Object.fromEntries(BUILT_IN.get('event:deposit.succeeded')!.map((f) => [f.name, f.type]));
    expect(fields).toMatchObject({ amount: 'int', currency: 'string', index: 'int', code: 'string' });
    const player = Object.fromEntries(BUILT_IN.get('event:player.updated')!.map((f) => [f.name, f.type]));
    expect(player).toMatchObject({
      ...{ registeredAt: 'timestamp', emailVerified: 'bool', segments: 'list<string>', email: 'string' },
    });
  });

  test.each([...BUILT_IN])('the examples of %s are values it takes', (key, fields) => {
    const type = key.slice('event:'.length);
    const schemas = new Map<string, z.ZodType>([
      ...Object.entries(PLATFORM_EVENTS).map(([name, event]) => [name, event.shape.data] as const),
      ...Object.entries(PLAYER_EVENTS),
    ]);
    const data = Object.fromEntries(fields.map(({ name, example }) => [name, example]));
    expect(schemas.get(type)?.safeParse(data)).toMatchObject({ success: true });
  });
});
