import { describe, expect, test } from 'vitest';
import { compileRule } from './compile.ts';
import { evaluateRule, passes } from './evaluate.ts';
import { RULE_LIMITS } from './limits.ts';
import { catalogue, compiled } from './testing/oracle.ts';

const firstError = (source: string) => {
  const result = compileRule(source, catalogue);
  return result.ok ? undefined : result.errors[0];
};

const segments = (count: number) => ({
  player: { segments: Array.from({ length: count }, (_, index) => `s${index}`) },
});

describe('rules that try to be expensive', () => {
  test.each([
    ['1 MB of text', `"${'x'.repeat(1_000_000)}" == "x"`, 'A rule has at most 4096 characters.', 4_096],
    ['1 MB of brackets', '('.repeat(1_000_000), 'A rule has at most 4096 characters.', 4_096],
    [
      'deep parentheses',
      `${'('.repeat(100)}true${')'.repeat(100)}`,
      'Parentheses, calls and brackets may be nested at most 24 deep.',
      24,
    ],
    [
      'deep lists',
      `${'['.repeat(100)}1${']'.repeat(100)} == 1`,
      'Parentheses, calls and brackets may be nested at most 24 deep.',
      24,
    ],
    [
      'deep calls',
      `${'size('.repeat(100)}"a"${')'.repeat(100)} == 1`,
      'Parentheses, calls and brackets may be nested at most 24 deep.',
      120,
    ],
    [
      'a chain of ! to the end',
      `${'!'.repeat(4_000)}true`,
      'A rule has at most 500 parts; use a segment or a list instead of long chains.',
      3_500,
    ],
    [
      'a chain of -',
      `${'-'.repeat(4_000)}1 == 1`,
      'A rule has at most 500 parts; use a segment or a list instead of long chains.',
      3_500,
    ],
    [
      'a chain of +',
      `${'1+'.repeat(2_000)}1 == 1`,
      'A rule has at most 500 parts; use a segment or a list instead of long chains.',
      0,
    ],
    [
      'a chain of ||',
      `${'true||'.repeat(600)}true`,
      'A rule has at most 500 parts; use a segment or a list instead of long chains.',
      0,
    ],
    [
      'a long list',
      `1 in [${'1,'.repeat(400)}1]`,
      'A list has at most 300 elements; use a segment for longer ones.',
      606,
    ],
    [
      'nested ?:',
      'true ? (true ? (true ? (true ? true : true) : true) : true) : true',
      '?: may be nested at most 3 deep.',
      24,
    ],
    [
      'nested loops',
      '[1].all(a, [1].all(b, [1].all(c, true)))',
      'exists, exists_one and all may be nested at most 2 deep.',
      22,
    ],
    [
      'a long pattern',
      `"a".matches("${'a'.repeat(201)}")`,
      'In this pattern at character 1: a pattern has at most 200 characters.',
      12,
    ],
    [
      'an unrolled pattern',
      '"a".matches("(((a{50}){50}){50})")',
      'In this pattern at character 1: the repetitions make this pattern too large.',
      12,
    ],
  ])('%s is refused', (_, source, message, offset) => {
    expect(firstError(source)).toMatchObject({ message, offset });
  });

  test('the largest allowed sizes compile', () => {
    expect(
      firstError(`player.age in [${Array.from({ length: RULE_LIMITS.listElements }, (_, i) => i).join()}]`),
    ).toBeUndefined();
    expect(firstError(`${'('.repeat(22)}true${')'.repeat(22)}`)).toBeUndefined();
    expect(firstError(`${'!'.repeat(498)}true`)).toBeUndefined();
  });

  test.each([
    ['^(a+)+$', 'a'.repeat(900)],
    ['^(a|a)*$', 'a'.repeat(900)],
    ['(a*)*b', 'a'.repeat(900)],
    ['(.*)*(.*)*x', 'a'.repeat(900)],
    ['^(\\\\w+\\\\s?)*$', 'word '.repeat(180)],
  ])('pattern %s does not run away', (pattern, text) => {
    // With backtracking these take longer than the age of the universe; here they end, within the budget or at it.
    const rule = compiled(`(player.country + "!").matches("${pattern}")`);
    expect(evaluateRule(rule, { player: { country: text } }).outcome).not.toBe(true);
  });

  test('a loop over too much is unknown, with the reason', () => {
    const rule = compiled('player.segments.all(a, player.segments.exists(b, a == b))');
    expect(evaluateRule(rule, segments(30)).outcome).toBe(true);
    const { outcome, conditions } = evaluateRule(rule, segments(1_000));
    expect(outcome).toBe('unknown');
    expect(conditions[0]?.problems[0]).toEqual({
      kind: 'too_many_steps',
      about: 'player.segments.exists(b, a == b)',
    });
  });

  test('conditions share one budget of steps, whichever others are skipped', () => {
    const one = 'player.segments.all(a, player.segments.exists(b, b == a))';
    expect(passes(compiled(one), segments(200))).toBe(true);
    const many = Array(5).fill(one).join(' && ');
    expect(passes(compiled(many), segments(200))).toBe(false);
    expect(evaluateRule(compiled(many), segments(200)).outcome).toBe('unknown');
    expect(passes(compiled(`true || ${many}`), segments(200))).toBe(true);
  });

  test('a loop inside a loop cannot hide a long search in a list fact', () => {
    const rule = compiled(
      'player.segments.all(a, player.segments.all(b, "none" in player.segments || a != ""))',
    );
    expect(evaluateRule(rule, segments(200)).outcome).toBe('unknown');
  });
});

describe('rules that reach for JavaScript', () => {
  test.each([
    'player.__proto__ == "x"',
    'player.constructor == "x"',
    'player.properties.constructor == "x"',
    'player.properties.toString == "x"',
    'player.country.constructor == "x"',
    'has(player.hasOwnProperty)',
    '__proto__ == "x"',
    'constructor == "x"',
    'prototype == "x"',
    'toString() == "x"',
    'player.country.toString() == "x"',
    'player.country.constructor("return 1")()',
    'constructor.constructor("x") == 1',
    'this == 1',
    'process.exit(1)',
    'player.segments.exists(__proto__, true)',
    'player["country"] == "DE"',
    'cel.bind(x, 1, x == 1)',
    'type(1) == int',
    'dyn(1) == 1',
    'google.protobuf.Duration{} == 1',
    'b"x" == b"x"',
  ])('%s is refused', (source) => {
    expect(firstError(source)).toBeDefined();
  });

  test('a fact is not read from a prototype it never had', () => {
    const rule = compiled('has(player.country) || has(player.age)');
    expect(evaluateRule(rule, { player: [] }).outcome).toBe(false);
    expect(evaluateRule(rule, JSON.parse('{"__proto__": {"player": {"country": "DE"}}}')).outcome).toBe(
      false,
    );
  });
});
