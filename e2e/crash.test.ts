import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../apps/server/src/platform/db.ts';
import { expectBalanced } from './support/balanced.ts';
import { BETS_AT_ONCE, type CrashWorld, STAKE, startCrashWorld, WIN } from './support/crashes.ts';

/**
 * Killed under load again and again, the product comes back each time: nothing that was acknowledged is lost, nothing is
 * doubled. How long it takes is measured by the bench, as `crash.recovery_s`.
 */
const KILLS = 20;

let world: CrashWorld;
beforeAll(async () => {
  world = await startCrashWorld();
}, 120_000);
afterAll(() => world?.[Symbol.asyncDispose]());

/** Every bet that was acknowledged is there, once, in the turnover and in the balance of the bonus. */
async function expectBets(db: Database, acknowledged: number): Promise<void> {
  const { rows } = await db.query<Record<string, number>>(
    `select count(*)::int as bets,
       (select sum(g.wagered / 10000)::int from grants g join players p using (player_id)
        where p.external_id like 'bettor-%') as wagered,
       (select sum(g.amount - g.balance)::int from grants g join players p using (player_id)
        where p.external_id like 'bettor-%') + (select -sum(real)::int from wallets) as lost
     from bets`,
  );
  expect(rows).toEqual([
    { bets: acknowledged, wagered: acknowledged * STAKE, lost: acknowledged * (STAKE - WIN) },
  ]);
}

describe('kill -9 under load', () => {
  it(`${KILLS} times, of the server and of PostgreSQL`, { timeout: 600_000 }, async () => {
    const { load, bets, withDatabase } = world;
    await world.kill(KILLS);

    const acknowledged = load.answers();
    expect(acknowledged.size).toBeGreaterThan(KILLS * 10);
    await withDatabase(async (db) => {
      const { rows } = await db.query<{ player: string; id: string }>(
        `select player_external_id as player, activation_id as id from activations
         where outcome = 'accepted' and player_external_id like 'crash-%'`,
      );
      const stored = new Map(rows.map(({ player, id }) => [player, id]));
      expect(stored.size, 'no player has two').toBe(rows.length);
      for (const [player, id] of acknowledged) expect(stored.get(player), player).toBe(id);
      const { rows: uses } = await db.query(
        `select uses::int as uses from codes where shared_text = 'SURVIVE'`,
      );
      expect(uses).toEqual([{ uses: rows.length }]);
      await expectBalanced(db);
      await expectBets(db, bets.answers().size * BETS_AT_ONCE);
    });
  });
});
