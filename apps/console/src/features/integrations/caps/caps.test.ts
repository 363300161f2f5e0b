import { expect, test } from 'vitest';
import { type Cap, capsOf, gridOf } from './caps.ts';

const CAPS: Cap[] = [
  { channel: 'popup', period: 'day', maximum: 3 },
  { channel: 'email', period: 'week', maximum: 0 },
];

test('caps come out of the grid as they went in', () => {
  expect(capsOf(gridOf(CAPS))).toEqual(CAPS);
});

test('an empty field is no cap, and zero is one', () => {
  const grid = gridOf(CAPS);
  grid.popup.day = '';
  expect(capsOf(grid)).toEqual([{ channel: 'email', period: 'week', maximum: 0 }]);
});
