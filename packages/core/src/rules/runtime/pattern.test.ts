import { isCelError, run } from '@bufbuild/cel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';

function matches(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(`${pattern}: ${compiled.error.message}`);
  return compiled.pattern.test(text);
}

function standard(pattern: string, text: string): boolean {
  const result = run('text.matches(pattern)', { text, pattern });
  if (isCelError(result)) throw new Error(`${pattern}: ${result.message}`);
  return result === true;
}

const table: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
  ['', '', true],
  ['', 'abc', true],
  ['b', 'abc', true],
  ['^b', 'abc', false],
  ['c$', 'abc', true],
  ['^$', '', true],
  ['^$', 'a', false],
  ['a.c', 'abc', true],
  ['a.c', 'a\nc', false],
  ['^a|b$', 'xb', true],
  ['^(a|b)$', 'xb', false],
  ['^(?:ab)+$', 'ababab', true],
  ['^(?:ab)+$', 'aba', false],
  ['^a{2}$', 'aa', true],
  ['^a{2}$', 'aaa', false],
  ['^a{2,}$', 'aaaa', true],
  ['^a{1,2}$', 'aaa', false],
  ['^a{0}b$', 'b', true],
  ['^a*?b+?c??$', 'aab', true],
  ['^(a*)*$', 'b', false],
  ['(|a)+', 'x', true],
  ['^(a||b)$', '', true],
  ['^[a-c]+$', 'abcabc', true],
  ['^[^a-c]+$', 'xyz', true],
  ['^[^a-c]+$', 'xaz', false],
  ['^[]a]+$', ']a', true],
  ['^[a-]+$', 'a-', true],
  ['^[\\d_]+$', '12_3', true],
  ['^[\\D]+$', 'ab1', false],
  ['^[^\\W]+$', 'ab_1', true],
  ['^\\d\\w\\s\\D\\W\\S$', '1a b-c', true],
  ['^\\s$', '\v', false],
  ['\\.\\*\\$', 'a.*$', true],
  ['^\\t\\n$', '\t\n', true],
  ['a{', 'a{', true],
  ['a{,2}', 'a{,2}', true],
  ['(?i)vip', 'xViPx', true],
  ['(?i)^[a-c]+$', 'aBC', true],
  ['(?i)^[^a]$', 'A', false],
  ['^.$', '😀', true],
  ['^[😀-😂]$', '😁', true],
  ['straße', 'Hauptstraße', true],
];

describe('patterns', () => {
  test.each(table)('%j on %j is %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
    expect(standard(pattern, text)).toBe(expected);
  });

  test.each([
    ['(a', 0, 'this group is never closed'],
    ['a)', 1, 'this ) closes nothing'],
    ['[a', 0, 'this [ is never closed'],
    ['[]', 0, 'this [ is never closed'],
    ['*a', 0, 'nothing to repeat here'],
    ['a|+', 2, 'nothing to repeat here'],
    ['{2}', 0, 'nothing to repeat here'],
    ['a**', 1, 'a repetition can not be repeated; use a group'],
    ['a{3,2}', 1, 'bad repetition {3,2}'],
    ['a{1001}', 1, 'bad repetition {1001}'],
    ['a{1000}', 0, 'the repetitions make this pattern too large'],
    ['(((a{0}){1000}){1000}){1000}', 0, 'the repetitions make this pattern too large'],
    ['[b-a]', 3, 'bad range in [ ]'],
    ['[a-\\d]', 4, 'bad range in [ ]'],
    ['[[:alpha:]]', 1, 'named classes are not supported'],
    ['a\\', 2, 'the pattern ends too early'],
    ['a\\1', 1, '\\1 is not supported'],
    ['\\bword', 0, '\\b is not supported'],
    ['\\p{L}', 0, '\\p is not supported'],
    ['(?=a)', 0, 'only (?:…) groups, and (?i) at the very start'],
    ['a(?i)b', 1, 'only (?:…) groups, and (?i) at the very start'],
  ])('%s is refused at %i: %s', (pattern, offset, message) => {
    expect(compilePattern(pattern)).toEqual({ ok: false, error: { message, offset } });
  });

  const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\d', '\\W', '^', '$', 'ß', '😀');
  const pattern: fc.Arbitrary<string> = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      atom,
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(${a}|${b})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '*?'))
        .map(([a, b]) => `(?:${a})${b}`),
    ),
  })).pattern;
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '-', '\n', 'ß', '😀'), maxLength: 8 });

  test('generated patterns match what RE2 and JavaScript match', () => {
    fc.assert(
      fc.property(pattern, text, (source, input) => {
        const found = matches(source, input);
        expect(found).toBe(standard(source, input));
        expect(found).toBe(new RegExp(source, 'u').test(input));
      }),
      { numRuns: 2_000 },
    );
  });

  test('any text compiles or is refused with a position inside it', () => {
    const pieces = fc
      .array(
        fc.constantFrom('a', '(', ')', '[', ']', '{2}', '{', '*', '?', '|', '\\', '^', '-', '😀', '(?i)'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string({ unit: 'binary' })), (source) => {
        const compiled = compilePattern(source);
        if (compiled.ok) expect(typeof compiled.pattern.test('a(]😀')).toBe('boolean');
        else expect(compiled.error.offset).toBeLessThanOrEqual(source.length);
      }),
      { numRuns: 1_000 },
    );
  });
});
