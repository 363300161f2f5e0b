import type { Check } from '@promosmith/core/activation';
import { expect, test } from 'vitest';
import { readCheck, storeCheck } from './stored-checks.ts';

const checks: Check[] = [
  { check: 'code.known', ok: true },
  { check: 'player.country', ok: true, saw: 'DE' },
  { check: 'player.age', ok: true, saw: null },
  { check: 'code.known', ok: false, key: 'code_not_found' },
  { check: 'limit.player', ok: false, key: 'player_quantity_exceeded', saw: 1, needs: { max: 1 } },
  { check: 'audience.rule', ok: false, key: 'audience_rules_violated', saw: { 'player.vip_level': null } },
];

test.each(checks)('$check is read as it was stored', (check) => {
  expect(readCheck(JSON.parse(JSON.stringify(storeCheck(check))))).toEqual(check);
});

test('a passed check is stored as its name alone', () => {
  expect(storeCheck({ check: 'code.known', ok: true })).toBe('code.known');
});
