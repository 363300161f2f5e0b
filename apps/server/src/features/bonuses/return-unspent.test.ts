import { expect, test } from 'vitest';
import { createTestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import { freshSetAside } from '../../testing/set-aside.ts';
import type { BudgetReturns, HeldBudget } from './budget-returns.ts';
import { returnUnspent } from './return-unspent.ts';

test('bonuses with something to return are found by an index of their own, however many have nothing', async () => {
  const { db, drop } = await createTestDatabase();
  try {
    await db.query(
      `insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status,
         currency, amount, budget_reserved, budget_spent, created_at, changed_at)
       select md5((n % 2000 + 1)::text)::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 0,
         'cashback', case when n % 3 = 0 then 'active' else 'completed' end, 'EUR', 0, 1000,
         case when n % 100 = 1 then 400 else 1000 end, now(), now()
       from generate_series(1, 20000) n`,
    );
    await db.query('analyze');
    const returned: HeldBudget[] = [];
    const budgets: BudgetReturns = {
      hold: async () => {},
      giveBack: async (_, held) => {
        returned.push(...held);
      },
      spend: async () => {},
    };
    const plan = await plansOf(db, ({ query, tables }) =>
      returnUnspent(
        { ...db, query, transaction: (work) => work({ query, tables, copyIn: async () => {} }) },
        freshSetAside(),
        budgets,
      ),
    );
    expect(plan).toMatch(/Scan using grants_budget_left/);
    expect(plan).not.toMatch(/Seq Scan on grants/);
    expect(returned.map(({ budget }) => budget)).toEqual(Array.from({ length: 134 }, () => 600));
  } finally {
    await drop();
  }
});
