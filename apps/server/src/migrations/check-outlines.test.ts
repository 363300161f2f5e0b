import type { Check } from '@promosmith/core/activation';
import { expect, test } from 'vitest';
import { readChecks, type StoredChecks, storeChecks } from '../features/activations/stored-checks.ts';
import { createDatabaseBefore } from './testing.ts';

/** As they were stored before, and what they say. */
const BEFORE: readonly { stored: unknown[]; checks: Check[] }[] = [
  {
    stored: ['rate_limit', ['player.country', null, 'DE'], ['player.age', null, null]],
    checks: [
      { check: 'rate_limit', ok: true },
      { check: 'player.country', ok: true, saw: 'DE' },
      { check: 'player.age', ok: true, saw: null },
    ],
  },
  {
    stored: [
      ['audience.rule', null, { 'player.age': 36 }],
      ['limit.player', 'player_quantity_exceeded', 1, { max: 1 }],
      ['player.country', 'country_not_eligible', null, ['DE', 'AT']],
    ],
    checks: [
      { check: 'audience.rule', ok: true, saw: { 'player.age': 36 } },
      { check: 'limit.player', ok: false, key: 'player_quantity_exceeded', saw: 1, needs: { max: 1 } },
      { check: 'player.country', ok: false, key: 'country_not_eligible', saw: null, needs: ['DE', 'AT'] },
    ],
  },
  {
    stored: ['rate_limit', ['code.known', 'code_not_found'], ['player.age', 'audience_rules_violated', 17]],
    checks: [
      { check: 'rate_limit', ok: true },
      { check: 'code.known', ok: false, key: 'code_not_found' },
      { check: 'player.age', ok: false, key: 'audience_rules_violated', saw: 17 },
    ],
  },
];

test('checks that were stored whole say the same in outline', async () => {
  await using before = await createDatabaseBefore('0018');
  const { db } = before;
  for (const [n, { stored }] of [...BEFORE, ...BEFORE].entries())
    await db.query(
      `insert into activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest,
         outcome, decided, issued, code_shown, entry, checks, takes, created_at, changed_at)
       values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), $1, '', '', 'refused', 'refused', '[]', '', '{}',
         $2, '[]', now(), now())`,
      [String(n), JSON.stringify(stored)],
    );

  await before.upgrade();

  const { rows } = await db.query<StoredChecks>(
    `select o.outline, a.seen from activations a join check_outlines o using (outline_id)
     order by a.player_external_id`,
  );
  const expected = BEFORE.map(({ checks }) => checks);
  expect(rows.map(readChecks)).toEqual([...expected, ...expected]);
  const outlines = await db.query<{ outline: string }>('select outline from check_outlines');
  expect(outlines.rows.map(({ outline }) => outline)).toContain(storeChecks(expected[2] ?? []).outline.text);
  expect(outlines.rowCount).toBe(BEFORE.length);
});
