import { expect, test } from 'vitest';
import { createDatabaseBefore } from './testing.ts';

const CAMPAIGN = '01920000-0000-7000-8000-000000000001';

interface Held {
  kind: string;
  status: string;
  reserved: number;
  spent: number | null;
  /** Of its activation; none issued it when left out. */
  outcome?: string;
}

/** What bonuses of one campaign held of its budget, and what of that is no more than reserved. */
const HELD: readonly Held[] = [
  { kind: 'bonus_balance', status: 'active', reserved: 1_000, spent: null, outcome: 'accepted' },
  { kind: 'cashback', status: 'active', reserved: 20_000, spent: 3_500, outcome: 'accepted' },
  { kind: 'cashback', status: 'active', reserved: 0, spent: 700, outcome: 'accepted' },
  { kind: 'free_spins', status: 'pending', reserved: 500, spent: null, outcome: 'accepted' },
  { kind: 'free_spins', status: 'completed', reserved: 210, spent: 210, outcome: 'accepted' },
  { kind: 'free_spins', status: 'active', reserved: 40, spent: null },
  { kind: 'free_spins', status: 'pending', reserved: 6_000, spent: null, outcome: 'awaiting_deposit' },
];

test('what cashback and free spins may still cost is reserved, no longer used', async () => {
  await using before = await createDatabaseBefore('0030');
  const { db } = before;
  for (const [n, { kind, status, reserved, spent, outcome }] of HELD.entries())
    await db.query(
      `with activation as (
         insert into activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest,
           outcome, decided, issued, code_shown, entry, outline_id, seen, takes, created_at, changed_at)
         select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), $1, '', '', $7, 'accepted', '[]', '', '{}',
           gen_random_uuid(), '[]', '[]', now(), now()
         where $7::text is not null returning player_id, activation_id)
       insert into grants (player_id, grant_id, brand_id, activation_id, campaign_id, campaign_version, reward_index, kind,
         status, currency, budget_reserved, budget_spent, created_at, changed_at)
       select coalesce(a.player_id, gen_random_uuid()), gen_random_uuid(), gen_random_uuid(), a.activation_id, $2, 1, 0, $3,
         $4, 'EUR', $5, $6, now(), now()
       from (select) one left join activation a on true`,
      [String(n), CAMPAIGN, kind, status, reserved, spent, outcome ?? null],
    );
  await db.query(
    'insert into counters (counter_key, campaign_id, used, reserved) values ($1, $2, 21750, 6000)',
    [`${CAMPAIGN}:b:EUR`, CAMPAIGN],
  );

  await before.upgrade();

  const counters = await db.query('select used, reserved from counters');
  expect(counters.rows).toEqual([{ used: 4_710, reserved: 23_040 }]);
  const overspent = await db.query('select 1 from grants where budget_spent > budget_reserved');
  expect(overspent.rowCount).toBe(0);
});
