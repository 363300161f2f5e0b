import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRule } from './compile.ts';
import { catalogue, compiled } from './testing/oracle.ts';

const errorsOf = (source: string) => {
  const result = compileRule(source, catalogue);
  return result.ok ? [] : result.errors;
};

/** `^` marks where the error must stand. */
const mistakes: readonly (readonly [source: string, marks: string, message: string, hint?: string])[] = [
  ['player.contry == "DE"', '^^^^^^^^^^^^^', 'Unknown fact player.contry.', 'Did you mean player.country?'],
  ['country == "DE"', '^^^^^^^', 'Unknown fact country.', 'Did you mean player.country?'],
  [
    'player.properties.a_strin == "x"',
    '^'.repeat(25),
    'Unknown fact player.properties.a_strin.',
    'Did you mean player.properties.a_string?',
  ],
  ['player.country == DE', '                  ^^', 'Unknown fact DE.', 'Put text in quotes: "DE".'],
  [
    'player == 1',
    '^^^^^^',
    'player is a group of facts, not a value.',
    'Name one of its facts, such as player.country.',
  ],
  ['player.constructor == "x"', '^^^^^^^^^^^^^^^^^^', 'Unknown fact player.constructor.'],
  ['', '', 'The rule is empty.'],
  ['player.age = 18', '           ^', 'Unexpected "=".', 'Use == to compare.'],
  ['player.age > 18 and true', '                ^^^', 'Unexpected "and".', 'Use && for "and".'],
  ['player.age > 18 OR true', '                ^^', 'Unexpected "OR".', 'Use || for "or".'],
  ['not true', '    ^^^^', 'Unexpected "true".', 'Use ! for "not".'],
  ['player.age <> 18', '            ^', 'Unexpected ">".', 'Use != for "not equal".'],
  ['player.country == “DE”', '                  ^', 'Unexpected "“".', 'Use plain quotes: "…" or \'…\'.'],
  ['(player.age > 18', '                ', 'Expected ")" but found the end of the rule.'],
  ['player.country == "DE', '                  ^^^', 'Unterminated string.'],
  [
    'player.age',
    '^^^^^^^^^^',
    'This has to be true or false, but player.age is int.',
    'Compare it with something.',
  ],
  [
    'player.segments && true',
    '^^^^^^^^^^^^^^^',
    'This has to be true or false, but player.segments is list<string>.',
    'Use "…" in player.segments, or player.segments.size() > 0.',
  ],
  [
    '!player.age',
    ' ^^^^^^^^^^',
    'This has to be true or false, but player.age is int.',
    'Compare it with something.',
  ],
  [
    '(player.age && true) == true',
    ' ^^^^^^^^^^',
    'This has to be true or false, but player.age is int.',
    'Compare it with something.',
  ],
  ['player.age == "18"', '^'.repeat(18), 'There is no int == string.', 'Write the number without quotes.'],
  ['player.country == 1', '^'.repeat(19), 'There is no string == int.', 'Put text in quotes: "1".'],
  [
    'player.age + 1.5 > 2.0',
    '^'.repeat(16),
    'There is no int + double.',
    'Use whole numbers or decimals on both sides, or convert with double(…).',
  ],
  [
    'player.age == 1.5',
    '^'.repeat(17),
    'There is no int == double.',
    'Use whole numbers or decimals on both sides, or convert with double(…); < <= > >= compare them as they are.',
  ],
  [
    'now > "2026-01-01"',
    '^'.repeat(18),
    'There is no timestamp > string.',
    'Write a time as timestamp("2026-01-31T18:00:00Z").',
  ],
  [
    'now - player.registered_at > 24',
    '^'.repeat(31),
    'There is no duration > int.',
    'Write a length of time as duration("24h").',
  ],
  [
    'player.segments == ["a"]',
    '^'.repeat(24),
    'There is no list<string> == list<string>.',
    'Ask a list with in, size(), exists or all.',
  ],
  ['player.age in player.segments', '^'.repeat(29), 'There is no int in list<string>.'],
  [
    '"D" in player.country',
    '^'.repeat(21),
    'There is no string in string.',
    'To look inside a text, write text.contains("…").',
  ],
  [
    'player.age in 18',
    '^'.repeat(16),
    'There is no int in int.',
    'Write the list in brackets: ["DE", "AT"].',
  ],
  ['-player.country == "a"', '^'.repeat(15), 'There is no -string.'],
  [
    'player.country.contains(1)',
    '^'.repeat(26),
    'There is no string.contains(int).',
    'Put text in quotes: "1".',
  ],
  ['size(player.age) > 1', '^'.repeat(16), 'There is no size(int).'],
  ['true < false', '^'.repeat(12), 'There is no bool < bool.'],
  [
    '(true ? 1 : 1.5) > 1',
    '            ^^^',
    'Both results of ?: must be of one type, but these are int and double.',
  ],
  ['player.age in [18, "x"]', '                   ^^^', 'The list holds int values, but this is string.'],
  [
    'player.age in [18, "21"]',
    '                   ^^^^',
    'The list holds int values, but this is string.',
    'Write the number without quotes.',
  ],
  ['player.age in []', '              ^^', 'This list is empty, so nothing can be in it.'],
  ['player.age in [[1]]', '               ^^^', 'Lists of lists are not available in rules.'],
  [
    'player.country == null',
    '                  ^^^^',
    'null is not available in rules.',
    'Use has(fact) to ask whether a fact is known.',
  ],
  ['player.age > 18u', '             ^^^', '18u is a kind of literal rules have no use for.'],
  [
    'player.age < 9007199254740992',
    '             ^^^^^^^^^^^^^^^^',
    'This number is too large: whole numbers go up to 9007199254740991.',
  ],
  ['player.segments[0] == "a"', '^^^^^^^^^^^^^^^^^^', 'Indexing is not available in rules.'],
  ['{"a": 1} == 1', '^^^^^^^^', 'Maps are not available in rules.'],
  [
    'player.country.startWith("D")',
    '^'.repeat(29),
    'Rules have no method startWith.',
    'Did you mean startsWith?',
  ],
  ['player.segments.map(s, s) == 1', '^'.repeat(25), 'Rules have no method map.'],
  [
    'contains(player.country, "D")',
    '^'.repeat(29),
    'Rules have no function contains.',
    'contains is written value.contains(…).',
  ],
  [
    'now.timestamp() == now',
    '^'.repeat(15),
    'Rules have no method timestamp.',
    'timestamp is written timestamp(value).',
  ],
  ['has(now)', '^^^^^^^^', 'has() takes one fact, as in has(player.age).'],
  ['has(player.agee)', '    ^^^^^^^^^^^', 'Unknown fact player.agee.', 'Did you mean player.age?'],
  ['size("a").b == 1', '^'.repeat(11), 'Only facts have fields here.'],
  [
    'now > timestamp("yesterday")',
    '      ^^^^^^^^^^^^^^^^^^^^^^',
    'timestamp() takes a text literal, as in timestamp("2026-01-31T18:00:00Z").',
  ],
  [
    'now > timestamp("2026-02-30T00:00:00Z")',
    '      ^'.padEnd(39, '^'),
    'timestamp() takes a text literal, as in timestamp("2026-01-31T18:00:00Z").',
  ],
  [
    'now - now > duration("1d")',
    '            ^^^^^^^^^^^^^^',
    'duration() takes a text literal, as in duration("36h").',
  ],
  [
    'player.country.matches("(a")',
    '                       ^^^^',
    'In this pattern at character 1: this group is never closed.',
  ],
  [
    'player.country.matches(player.currency)',
    '^'.repeat(39),
    'matches() compares text with a pattern literal, as in traffic.utm_campaign.matches("^vip").',
  ],
  [
    'player.segments.exists(player, true)',
    '                       ^^^^^^',
    'player already means something; name the loop variable differently.',
  ],
  [
    'player.segments.exists(s, player.segments.exists(s, true))',
    `${' '.repeat(49)}^`,
    's already means something; name the loop variable differently.',
  ],
  ['player.segments.exists(s, s.x == 1)', `${' '.repeat(26)}^^^`, 's is string and has no fields.'],
  [
    'player.segments.exists(s, s)',
    `${' '.repeat(26)}^`,
    'The condition of exists has to be true or false, but this is string.',
  ],
  [
    'player.segments.exists(s)',
    '^'.repeat(25),
    'exists takes a name and a condition, as in player.segments.exists(s, s == "vip").',
  ],
  [
    'player.segments.exists("s", true)',
    '                       ^^^',
    'exists(var, predicate) invalid predicate iteration variable.',
  ],
  ['player.age.all(s, true)', '^^^^^^^^^^', 'all goes through a list, but player.age is int.'],
];

describe('compileRule', () => {
  test.each(mistakes.map((mistake) => [mistake[0], mistake] as const))(
    '%s',
    (_, [source, marks, message, hint]) => {
      const start = marks.includes('^') ? marks.indexOf('^') : marks.length;
      expect(errorsOf(source)).toEqual([
        {
          message,
          ...(hint !== undefined && { hint }),
          line: 1,
          column: start + 1,
          offset: start,
          length: marks.trim().length,
        },
      ]);
    },
  );

  test('lists every mistake, in source order, with line and column', () => {
    const errors = errorsOf('player.agee > 1 &&\n  (player.country > 5 ||\n  !player.age)');
    expect(errors.map(({ line, column, message }) => [line, column, message])).toEqual([
      [1, 1, 'Unknown fact player.agee.'],
      [2, 4, 'There is no string > int.'],
      [3, 4, 'This has to be true or false, but player.age is int.'],
    ]);
  });

  test('tells which facts a rule reads', () => {
    const rule = compiled(
      'player.age > 18 && (player.country == "DE" || has(player.vip_level)) && player.age < 99',
    );
    expect(rule.facts).toEqual(['player.age', 'player.country', 'player.vip_level']);
  });

  test('any text compiles or is refused with a position inside it', () => {
    const words = fc.constantFrom(
      'player',
      '.',
      'age',
      '==',
      '"DE"',
      '(',
      ')',
      '[',
      ']',
      '&&',
      '!',
      '1',
      '.5',
      ' ',
      'in',
      'has',
      'exists',
      ',',
      's',
      '?',
      ':',
      '-',
      '\n',
      '\\',
      "'",
      'r"',
      '😀',
    );
    const source = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(source, (text) => {
        for (const { offset, length, line, column } of errorsOf(text)) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset + length).toBeLessThanOrEqual(text.length);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
