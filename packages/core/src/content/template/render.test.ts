import { describe, expect, it, test } from 'vitest';
import { render } from '../testing/index.ts';
import { FILTER_NAMES, TAGS } from './engine.ts';
import { TEMPLATE_LIMITS } from './limits.ts';
import type { Json } from './scope.ts';

describe('values', () => {
  test.each<[string, string, Record<string, Json>, string]>([
    ['text', '{{ event.code }}!', { code: 'AB12' }, 'AB12!'],
    ['numbers', '{{ event.n }}', { n: 0 }, '0'],
    ['booleans', '{{ event.ok }}', { ok: false }, 'false'],
    ['inner fields', '{{ event.bet.game["the name"] }}', { bet: { game: { 'the name': 'x' } } }, 'x'],
    ['elements', '{{ event.games[1] }}', { games: ['a', 'b'] }, 'b'],
    ['lists, joined', '{{ event.games | join: ", " }}', { games: ['a', 'b'] }, 'a, b'],
    ['conditions', '{% if event.n > 3 %}many{% else %}few{% endif %}', { n: 4 }, 'many'],
    ['cases', '{% case event.x %}{% when "a", "b" %}ab{% else %}none{% endcase %}', { x: 'b' }, 'ab'],
    [
      'loops',
      '{% for g in event.games %}{{ forloop.index }}{{ g }}{% endfor %}',
      { games: ['a', 'b'] },
      '1a2b',
    ],
    ['captures', '{% capture a %}<{{ event.x }}>{% endcapture %}{{ a }}{{ a }}', { x: 'y' }, '<y><y>'],
    ['defaults', '{{ event.x | default: "there" }}', {}, 'there'],
    ['defaults of null', '{{ event.x | default: "there" }}', { x: null }, 'there'],
    ['defaults in a chain', '{{ event.x.y.z | default: event.w | upcase }}', { w: 'a' }, 'A'],
    ['what nobody knows, in a condition', '{% if event.x %}a{% else %}b{% endif %}', {}, 'b'],
    ['and in a case', '{% case event.x %}{% when "a" %}a{% else %}b{% endcase %}', {}, 'b'],
    ['comments', 'a{% comment %}{{ event.x }}{% endcomment %}{% # no %}b', {}, 'ab'],
    ['emoji', '{{ event.x }}', { x: '👩‍👩‍👧 🎰' }, '👩‍👩‍👧 🎰'],
  ])('%s', (_, source, event, expected) => {
    expect(render(source, { event })).toBe(expected);
  });
});

describe('a value that is not there', () => {
  test.each<[string, Record<string, Json>, object]>([
    ['Hi {{ event.code }}', {}, { name: 'event.code', line: 1, column: 7 }],
    ['Hi\n  {{ event.code | upcase }}', { code: null }, { name: 'event.code', line: 2, column: 6 }],
    ['{{ event.bet.game }}', { bet: null }, { name: 'event.bet.game', line: 1, column: 4 }],
    ['{{ "a" | append: event.code }}', {}, { name: 'event.code' }],
    ['{% assign c = event.code %}{{ c }}', {}, { name: 'event.code' }],
    ['{% for x in event.list %}{% endfor %}', {}, { name: 'event.list' }],
    ['{% assign c = event.code | upcase %}{{ c }}', {}, { name: 'event.code' }],
    ['{{ nothing }}', {}, { name: 'nothing' }],
    ['{{ event.list | first }}', { list: [] }, { line: 1, column: 1 }],
  ])('%s is a problem that names it', (source, event, expected) => {
    expect(render(source, { event })).toMatchObject({ key: 'missing_value', ...expected });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    'is what every object has: %s',
    (name) => {
      for (const path of [
        name,
        `event.${name}`,
        `event["${name}"]`,
        `event.text.${name}`,
        `event.list.${name}`,
      ])
        expect(render(`{{ ${path} }}`, { event: { text: 'a', list: [] } })).toMatchObject({
          key: 'missing_value',
        });
    },
  );

  it('but a field of the event of such a name is a field', () => {
    const event = JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}');
    const source = '{{ event.__proto__ }}{{ event.constructor }}{{ event.toString }}';
    expect(render(source, { event })).toBe('abc');
  });
});

describe('what has no text', () => {
  test.each<[string, Json, object]>([
    ['{{ event.x }}', { a: 1 }, { key: 'not_text', line: 1, column: 1 }],
    ['{{ event.x }}', ['a'], { key: 'not_text', message: expect.stringContaining('join') }],
    ['{{ event.x }}', { toString: 'x', valueOf: 'y' }, { key: 'not_text' }],
    ['{{ event.x | divided_by: 0.0 }}', 5, { key: 'not_text' }],
    ['{{ event.x | upcase }}', { toString: 'x' }, { key: 'filter_failed' }],
    ['{{ event.x | money }}', 'abc', { key: 'filter_failed' }],
  ])('%s of %o is a problem', (source, x, expected) => {
    expect(render(source, { event: { x } })).toMatchObject(expected);
  });
});

describe('the language', () => {
  test.each([
    ['{{ event.x', 1, 1],
    ['a\n {% if event.x %}b', 2, 2],
    ['{% endif %}', 1, 1],
    ['{{ event.x | nope }}', 1, 1],
    ['{% frobnicate %}', 1, 1],
    ['{% if %}a{% endif %}', 1, 6],
  ])('%s is a problem of syntax, with its place', (source, line, column) => {
    expect(render(source, { event: { x: 'x' } })).toMatchObject({ key: 'syntax', line, column });
  });

  it.each([
    'include "a"',
    'render "a"',
    'layout "a"',
    'block a',
    'raw',
    'echo event.x',
    'liquid',
    'increment a',
  ])('has no {%% %s %%}', (tag) => {
    expect(render(`{% ${tag} %}`)).toMatchObject({ key: 'syntax' });
  });

  it('has no filter that turns the escaping off, knows the time, or chance', () => {
    for (const name of [
      'raw',
      'escape',
      'safe',
      'json',
      'sample',
      'strip_html',
      'url_decode',
      'base64_decode',
    ])
      expect(FILTER_NAMES).not.toContain(name);
    expect(render('{{ "now" | date }}')).toMatchObject({ key: 'filter_failed' });
  });

  it('has what its documents say', () => {
    expect([...TAGS].sort()).toMatchInlineSnapshot(`
      [
        "#",
        "assign",
        "break",
        "capture",
        "case",
        "comment",
        "continue",
        "for",
        "if",
        "unless",
      ]
    `);
    expect(FILTER_NAMES).toMatchInlineSnapshot(`
      [
        "abs",
        "append",
        "at_least",
        "at_most",
        "capitalize",
        "ceil",
        "date",
        "datetime",
        "default",
        "divided_by",
        "downcase",
        "first",
        "floor",
        "join",
        "last",
        "map",
        "minus",
        "modulo",
        "money",
        "number",
        "plural",
        "plus",
        "prepend",
        "remove",
        "replace",
        "reverse",
        "round",
        "size",
        "slice",
        "sort",
        "split",
        "strip",
        "time",
        "times",
        "truncate",
        "uniq",
        "upcase",
      ]
    `);
  });
});

describe('limits', () => {
  const deep = (depth: number) => `${'{% if true %}'.repeat(depth)}x${'{% endif %}'.repeat(depth)}`;
  const loop = (rounds: number) => `{% for i in (1..${rounds}) %}x{% endfor %}`;

  it('let through what is just within them', () => {
    expect(render(deep(TEMPLATE_LIMITS.depth))).toBe('x');
    expect(render(loop(1_000))).toBe('x'.repeat(1_000));
    expect(render('x'.repeat(TEMPLATE_LIMITS.source))).toHaveLength(TEMPLATE_LIMITS.source);
    const x = 'x'.repeat(TEMPLATE_LIMITS.output);
    expect(render('{{ event.x }}', { event: { x } })).toBe(x);
  });

  test.each<[string, string, string]>([
    ['a source too long', 'x'.repeat(TEMPLATE_LIMITS.source + 1), 'too_large'],
    ['tags too deep', deep(TEMPLATE_LIMITS.depth + 1), 'too_large'],
    ['an expression nested without end', `{{ ${'a['.repeat(30_000)} }}`, 'too_large'],
    ['a tag as long', `{% if ${'a['.repeat(30_000)} %}{% endif %}`, 'too_large'],
    ['a loop of a million rounds', loop(1_000_000), 'too_much_work'],
    ['a range of a thousand million', loop(1_000_000_000), 'too_much_work'],
    [
      'loops in loops that write nothing',
      '{% for i in (1..999) %}{% for j in (1..999) %}{% endfor %}{% endfor %}',
      'too_much_work',
    ],
    [
      'a text that doubles',
      `{% assign a = "xxxxxxxxxxxxxxxx" %}${'{% assign a = a | append: a %}'.repeat(40)}`,
      'too_much_work',
    ],
    [
      'a text written over and over',
      `{% assign a = "x" %}${'{% assign a = a | append: a %}'.repeat(16)}${'{{ a }}'.repeat(10)}`,
      'too_much_work',
    ],
  ])('%s ends as a problem', (_, source, key) => {
    expect(render(source)).toMatchObject({ key });
  });

  it('hold for a value of a million characters', () => {
    for (const as of ['plain', 'line', 'url', 'json', 'html'] as const)
      expect(
        render(as === 'json' ? '"{{ event.x }}"' : '/{{ event.x }}', {
          as,
          event: { x: '<'.repeat(1_000_000) },
        }),
      ).toMatchObject({
        key: 'too_much_work',
      });
  });
});
