import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lintTemplate } from '../lint/template.ts';
import { render } from '../testing/index.ts';
import { FILTER_NAMES, TAGS } from './engine.ts';

/** Pieces that templates are made of, in orders nobody would write. */
const PIECES = [
  ...[
    '{{',
    '}}',
    '{%',
    '%}',
    '{{-',
    '-%}',
    '|',
    ':',
    ',',
    '.',
    '..',
    '[',
    ']',
    '(',
    ')',
    '"',
    "'",
    '\\',
    '=',
    '==',
    ' ',
    '\n',
  ],
  ...[
    'event',
    'event.a',
    'label',
    'x',
    'forloop',
    'nil',
    'empty',
    'true',
    '0',
    '-1',
    '1.5',
    '1e9',
    '__proto__',
    'constructor',
  ],
  ...['<p title="', '<script>', '-->', '{"a":', '}', 'https://', '/', '?', '#'],
  ...[
    'else',
    'elsif',
    'endif',
    'endfor',
    'in',
    'endcapture',
    'endcase',
    'when',
    'contains',
    'and',
    'limit',
    'reversed',
  ],
  ...TAGS,
  ...FILTER_NAMES,
];

const source = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => `{{ ${pieces.join(' ')} }}`),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => `{% ${pieces.join(' ')} %}`),
  fc
    .tuple(fc.constantFrom(...FILTER_NAMES), fc.jsonValue())
    .map(([name, given]) => `{{ event.a | ${name}: ${JSON.stringify(given)} }}`),
  fc.constantFrom(...FILTER_NAMES).map((name) => `{{ event.a | ${name}: event.b, event.b }}`),
);
const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<never>;
const context = fc.constantFrom('plain', 'line', 'url', 'json', 'html' as const);

it('whatever is written, for whatever values, ends as a text or a problem', () => {
  fc.assert(
    fc.property(source, context, value, value, (template, as, a, b) => {
      const result = render(template, { as, event: { a, b } });
      if (typeof result !== 'string') expect(result.key).toBeTypeOf('string');
      lintTemplate(template, { labels: new Set(), state: new Set() });
    }),
    { numRuns: 3_000 },
  );
});

it('a JSON body holds every text and every value as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), value, (text, any) => {
      const body = render('{"{{ event.text }}":{{ event.any | default: nil }}, "t":"{{ event.text }}"}', {
        as: 'json',
        event: { text, any: { any } },
      });
      const parsed = JSON.parse(String(body));
      expect(parsed.t).toBe(text.toWellFormed());
      expect(JSON.stringify(parsed)).toContain(JSON.stringify(text.toWellFormed()));
    }),
    { numRuns: 500 },
  );
});

it('a query holds every text as one parameter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const url = new URL(
        String(render('https://a.example/?x={{ event.text }}', { as: 'url', event: { text } })),
      );
      expect([...url.searchParams]).toEqual([['x', text.toWellFormed()]]);
    }),
    { numRuns: 500 },
  );
});
