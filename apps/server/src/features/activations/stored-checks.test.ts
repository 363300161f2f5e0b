import type { Check } from '@promosmith/core/activation';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Outline, readChecks, storeChecks } from './stored-checks.ts';

const CHECKS: Check[] = [
  { check: 'code.known', ok: true },
  { check: 'player.country', ok: true, saw: 'DE' },
  { check: 'player.age', ok: true, saw: null },
  { check: 'audience.rule', ok: true, saw: { 'player.age': 36, 'player.segments': ['vip', 'slots'] } },
  { check: 'campaign.week', ok: true, saw: { weekday: 7, minuteOfDay: 840 } },
  { check: 'traffic.source', ok: true, saw: {} },
  { check: 'traffic.source', ok: true, saw: { 'utm source': 'a b', 'two\nlines': 1 } },
  { check: 'code.known', ok: false, key: 'code_not_found' },
  { check: 'player.age', ok: false, key: 'audience_rules_violated', saw: null },
  { check: 'limit.player', ok: false, key: 'player_quantity_exceeded', saw: 1, needs: { max: 1 } },
  { check: 'audience.rule', ok: false, key: 'audience_rules_violated', saw: { 'player.vip_level': null } },
];

/** As they come back from the database. */
const stored = (checks: readonly Check[], like?: Outline): Check[] => {
  const { outline, seen } = storeChecks(checks, like);
  return readChecks({ outline: outline.text, seen: JSON.parse(JSON.stringify(seen)) });
};

test.each(CHECKS)('$check is read as it was stored', (check) => {
  expect(stored([check])).toEqual([check]);
});

test('checks are read in their order, whatever is before and after them', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...CHECKS), { minLength: 1 }), (checks) => {
      expect(stored(checks)).toEqual(checks);
    }),
  );
});

test('checks are stored alike, whatever outline was expected of them', () => {
  const some = fc.array(fc.constantFrom(...CHECKS), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(some, some, (checks, others) => {
      const { outline } = storeChecks(others);
      expect(stored(checks, outline)).toEqual(checks);
      expect(storeChecks(checks, outline).outline.text).toBe(storeChecks(checks).outline.text);
    }),
  );
});

test('checks of the expected outline share it', () => {
  const { outline } = storeChecks(CHECKS);
  expect(storeChecks(structuredClone(CHECKS), outline).outline).toBe(outline);
});

test('a value that JSON would leave out is left out', () => {
  const check = { check: 'traffic.source', ok: true };
  const saw = { utmSource: 'twitch', utmMedium: undefined };
  expect(stored([{ ...check, saw }])).toEqual([{ ...check, saw: { utmSource: 'twitch' } }]);
});

test('what was seen leaves no trace in the outline, but for the names of facts', () => {
  const seeing = (country: string, age: number): readonly Check[] => [
    { check: 'code.known', ok: true },
    { check: 'player.country', ok: true, saw: country },
    { check: 'audience.rule', ok: true, saw: { 'player.age': age } },
    { check: 'limit.player', ok: false, key: 'player_quantity_exceeded', saw: age, needs: age },
  ];
  expect(storeChecks(seeing('DE', 36)).outline).toEqual(storeChecks(seeing('AT', 18)).outline);
  expect(storeChecks(seeing('DE', 36)).seen).toEqual(['DE', 36, [36, 36]]);
});
