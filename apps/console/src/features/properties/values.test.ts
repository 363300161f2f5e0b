import { expect, test } from 'vitest';
import { FIELD_TYPES, PLACEHOLDERS, PROPERTY_TYPES, readExample } from './values.ts';

test.each([
  ['string', ' gold ', 'gold'],
  ['string', ' ', undefined],
  ['number', '1,5', 1.5],
  ['number', 'much', undefined],
  ['number', '', undefined],
  ['boolean', 'false', false],
  ['boolean', 'no', undefined],
  ['list', 'slots, roulette,', ['slots', 'roulette']],
] as const)('a property of type %s takes %j as %j', (type, text, value) => {
  expect(readExample(type, text)).toEqual(value);
});

test.each([
  ['int', '2500', 2500],
  ['int', '1.5', undefined],
  ['timestamp', '2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z'],
  ['timestamp', 'today', undefined],
  ['list<double>', '1, 2.5', [1, 2.5]],
  ['list<double>', '1, two', undefined],
] as const)('a field of type %s takes %j as %j', (type, text, value) => {
  expect(readExample(type, text)).toEqual(value);
});

test('what is suggested is of its type', () => {
  for (const type of PROPERTY_TYPES) expect(readExample(type, PLACEHOLDERS[type])).toBeDefined();
  for (const type of FIELD_TYPES) expect(readExample(type, PLACEHOLDERS[type])).toBeDefined();
});
