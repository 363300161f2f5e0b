import { describe, expect, test } from 'vitest';
import { buildCatalogue, type Facts } from '../rules/index.ts';
import { choose, LABEL_NAME, readLabel } from './label.ts';
import { LABEL_LIMITS } from './limits.ts';
import type { LabelDefinition } from './types.ts';

const built = buildCatalogue([{ name: 'favourite_game', type: 'string', label: 'Favourite game' }]);
if (!built.ok) throw new Error('the properties of the test are refused');
const { catalogue } = built;

const text = (change: Partial<LabelDefinition> = {}): LabelDefinition => ({
  kind: 'text',
  conditions: [],
  default: 'Hello',
  ...change,
});

function errorsOf(definition: LabelDefinition) {
  const reading = readLabel(definition, catalogue);
  return reading.ok ? [] : reading.errors;
}

const NOW = new Date('2026-03-02T08:20:00Z');
const playerOf = (player: object): Facts => ({ player, now: NOW });

describe('the value of a player', () => {
  const reading = readLabel(
    text({
      conditions: [
        { rule: 'player.language == "de" && player.country == "AT"', value: 'Servus' },
        { rule: 'player.language == "de"', value: 'Hallo' },
        { rule: 'player.properties.favourite_game == "Chess"', value: 'Check' },
        { rule: 'player.age >= 60 && now > timestamp("2026-01-01T00:00:00Z")', value: 'Good day' },
      ],
    }),
    catalogue,
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));

  test.each([
    ['the first condition that passes', { language: 'de', country: 'AT' }, 'Servus', 0],
    ['a later one, when those before do not', { language: 'de', country: 'CH' }, 'Hallo', 1],
    ['one on a property', { properties: { favourite_game: 'Chess' } }, 'Check', 2],
    ['one on the time', { age: 61 }, 'Good day', 3],
    ['the default, when none passes', { language: 'fr', country: 'FR', age: 20 }, 'Hello', null],
    ['the default, when nothing is known', {}, 'Hello', null],
    ['the default, when a fact is of another type', { language: ['de'] }, 'Hello', null],
  ])('is that of %s', (_, player, value, condition) => {
    expect(choose(reading.label, playerOf(player))).toEqual({ value, condition });
  });
});

describe('a label tag cannot have', () => {
  test.each<[string, LabelDefinition, string, RegExp]>([
    [
      'a rule of an unknown fact',
      text({ conditions: [{ rule: 'player.land == "DE"', value: '' }] }),
      'conditions.0.rule',
      /^line 1, column 1: .*player\.land/,
    ],
    [
      'a rule of the attempt to use a code',
      text({
        conditions: [
          { rule: 'true', value: '' },
          { rule: 'traffic.utm_source == "x"', value: '' },
        ],
      }),
      'conditions.1.rule',
      /^traffic\.utm_source is known while/,
    ],
    ['a text that is too long', text({ default: 'x'.repeat(1_001) }), 'default', /more than 1000/],
    ['Liquid in a text', text({ default: 'Hi {{ state.name }}' }), 'default', /would be shown as it is/],
    ['a Liquid tag in a text', text({ default: '{% if x %}' }), 'default', /would be shown as it is/],
    ['a NUL in a text', text({ default: 'a\0b' }), 'default', /U\+0000/],
    ['half a character', text({ default: 'a\ud83d' }), 'default', /U\+D83D/],
    ['a text that turns the direction', text({ default: 'a\u202eb' }), 'default', /U\+202E/],
    [
      'an unprintable value of a condition',
      text({ conditions: [{ rule: 'true', value: '\u2028' }] }),
      'conditions.0.value',
      /U\+2028/,
    ],
    ['no source', { kind: 'function', conditions: [], default: ' \n' }, 'default', /no source/],
    [
      'a source that is too long',
      { kind: 'function', conditions: [], default: `${' '.repeat(16_384)}1` },
      'default',
      /more than 16384/,
    ],
    [
      'a source with half a character',
      { kind: 'function', conditions: [], default: '"\ud83d"' },
      'default',
      /no program can have/,
    ],
    [
      'more conditions than the limit',
      text({ conditions: Array.from({ length: 51 }, () => ({ rule: 'true', value: '' })) }),
      'conditions',
      /more than 50/,
    ],
  ])('%s', (_, definition, field, reason) => {
    expect(errorsOf(definition)).toEqual([expect.objectContaining({ field })]);
    expect(errorsOf(definition)[0]?.reason).toMatch(reason);
  });
});

test('every fault of a label tag is told at once', () => {
  const definition = text({ conditions: [{ rule: 'player.', value: '{{' }], default: '\0' });
  expect(errorsOf(definition).map(({ field }) => field)).toEqual([
    'conditions.0.rule',
    'conditions.0.value',
    'default',
  ]);
});

test.each([
  'Grüß Gott 👩‍👩‍👧',
  'مرحبا\u200f!',
  'two\nlines\tof text',
  '',
  'x'.repeat(LABEL_LIMITS.valueLength),
])('a text may be %j', (value) => {
  expect(errorsOf(text({ default: value }))).toEqual([]);
});

test.each([
  ['promo_code', true],
  ['a', true],
  [`a${'b'.repeat(63)}`, true],
  ['', false],
  ['Promo', false],
  ['1st', false],
  ['promo-code', false],
  ['__proto__', false],
  [`a${'b'.repeat(64)}`, false],
])('%j as a name: %j', (name, good) => {
  expect(LABEL_NAME.test(name)).toBe(good);
});
