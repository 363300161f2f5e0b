import { expect, test } from 'vitest';
import { zoneOf } from './index.ts';

test.each([
  ['Asia/Tokyo', 'Asia/Tokyo'],
  [null, 'Europe/Malta'],
  ['Atlantis/Capital', 'Europe/Malta'],
  ['+02:00', 'Europe/Malta'],
])('a player of %s lives by the clock of %s', (timeZone, zone) => {
  expect(zoneOf({ timeZone }, { timeZone: 'Europe/Malta' })).toBe(zone);
});
