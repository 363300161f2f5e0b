import { describe, expect, test } from 'vitest';
import { compileRule } from './compile.ts';
import { evaluateRule } from './evaluate.ts';
import { buildCatalogue, type Fact, isFieldPath } from './facts.ts';
import { compiled, catalogue as testCatalogue } from './testing/oracle.ts';

function nested({ name, example }: Pick<Fact, 'name' | 'example'>): Record<string, unknown> {
  return name.split('.').reduceRight<unknown>((value, key) => ({ [key]: value }), example) as Record<
    string,
    unknown
  >;
}

describe('buildCatalogue', () => {
  test('adds a brand’s properties after the built-in facts', () => {
    const built = buildCatalogue([{ name: 'favourite_game', type: 'string', label: 'Favourite game' }]);
    expect(built.ok && built.catalogue.facts.at(-1)).toEqual({
      name: 'player.properties.favourite_game',
      type: 'string',
      nullable: true,
      label: 'Favourite game',
      example: 'text',
      source: 'property',
      changes: 'rarely',
    });
    expect(built.ok && compileRule('player.properties.favourite_game == "x"', built.catalogue).ok).toBe(true);
  });

  test.each([
    ['constructor', 'reserved_name'],
    ['in', 'reserved_name'],
    ['null', 'reserved_name'],
    ['__proto__', 'invalid_name'],
    ['toString', 'invalid_name'],
    ['hasOwnProperty', 'invalid_name'],
    ['Favourite', 'invalid_name'],
    ['1st', 'invalid_name'],
    ['a.b', 'invalid_name'],
    ['a-b', 'invalid_name'],
    ['', 'invalid_name'],
    ['größe', 'invalid_name'],
    ['x'.repeat(64), 'invalid_name'],
  ])('refuses a property named %s: %s', (name, reason) => {
    const built = buildCatalogue([{ name, type: 'int', label: name }]);
    expect(built).toEqual({ ok: false, errors: [{ name, reason }] });
  });

  test('refuses a name registered twice', () => {
    const property = { name: 'level', type: 'int', label: 'Level' } as const;
    expect(buildCatalogue([property, property])).toEqual({
      ok: false,
      errors: [{ name: 'level', reason: 'duplicate' }],
    });
  });

  test.each(
    testCatalogue.facts.filter(({ name }) => name !== 'now').map((fact) => [fact.name, fact] as const),
  )('the example of %s is a value of its type', (name, fact) => {
    expect(evaluateRule(compiled(`has(${name})`), nested(fact)).outcome).toBe(true);
  });
});

test.each([
  ['depositId', true],
  ['round.game_id', true],
  ['_a', true],
  ['', false],
  ['a..b', false],
  ['1st', false],
  ['a-b', false],
  ['in', false],
  ['a.constructor', false],
  ['__proto__', false],
  ['toString', false],
  ['größe', false],
  ['x'.repeat(64), false],
])('whether a field may be called %s: %s', (name, may) => {
  expect(isFieldPath(name)).toBe(may);
});

describe('reading facts', () => {
  const age = (value: unknown) => evaluateRule(compiled('player.age == 18'), { player: { age: value } });

  test.each([
    ['a number', 18, true],
    ['a bigint', 18n, true],
    ['text', '18', 'unknown'],
    ['a fraction', 18.5, 'unknown'],
    ['NaN', Number.NaN, 'unknown'],
    ['an unsafe integer', 2 ** 53, 'unknown'],
    ['an unsafe bigint', 2n ** 53n, 'unknown'],
    ['an object', {}, 'unknown'],
  ])('an int given as %s', (_, value, outcome) => {
    expect(age(value).outcome).toBe(outcome);
  });

  test('names the fact and the problem', () => {
    expect(age('18').conditions[0]?.problems).toEqual([{ kind: 'wrong_type', about: 'player.age' }]);
    expect(age(null).conditions[0]?.problems).toEqual([{ kind: 'missing', about: 'player.age' }]);
    expect(evaluateRule(compiled('player.age == 18'), {}).conditions[0]?.problems).toEqual([
      { kind: 'missing', about: 'player.age' },
    ]);
  });

  test.each([
    ['a Date', new Date('2026-01-31T00:00:00Z'), true],
    ['text', '2026-01-31T01:00:00+01:00', true],
    ['text with microseconds', '2026-01-31T00:00:00.000999Z', true],
    ['an invalid Date', new Date(Number.NaN), 'unknown'],
    ['a date without time', '2026-01-31', 'unknown'],
    ['a day that does not exist', '2026-02-31T00:00:00Z', 'unknown'],
    ['epoch milliseconds, which could be seconds', 1_769_817_600_000, 'unknown'],
  ])('a timestamp given as %s', (_, value, outcome) => {
    const rule = compiled('player.registered_at == timestamp("2026-01-31T00:00:00Z")');
    expect(evaluateRule(rule, { player: { registered_at: value } }).outcome).toBe(outcome);
  });

  test.each([
    ['an array', ['vip'], true],
    ['an empty array', [], false],
    ['text', 'vip', 'unknown'],
    ['an array with a stranger', ['vip', 1], 'unknown'],
    ['an array with a hole', [undefined, 'vip'], 'unknown'],
  ])('a list given as %s', (_, value, outcome) => {
    expect(evaluateRule(compiled('"vip" in player.segments'), { player: { segments: value } }).outcome).toBe(
      outcome,
    );
  });

  test('text and lists beyond their caps are unknown', () => {
    const long = { player: { country: 'x'.repeat(1_001), segments: Array(1_001).fill('vip') } };
    const { outcome, conditions } = evaluateRule(
      compiled('player.country != "DE" && "vip" in player.segments'),
      long,
    );
    expect(outcome).toBe('unknown');
    expect(conditions.flatMap(({ problems }) => problems)).toEqual([
      { kind: 'fact_too_long', about: 'player.country' },
      { kind: 'fact_too_long', about: 'player.segments' },
    ]);
  });
});
