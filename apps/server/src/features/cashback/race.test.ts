import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { createTestDatabase } from '../../platform/testing/index.ts';
import { eventCounts } from '../../testing/actions.ts';
import { freshSetAside } from '../../testing/set-aside.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { openNew } from './open.ts';
import { settleDue } from './settle.ts';
import { cashbackCampaign, closeDue, grantCashback, placeBets, settling, type TestHome } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'UTC' } });
});
afterAll(() => app.close());

const START = new Date('2024-03-01T12:00:00Z');
const DAYS = 3;
const LOSS = 7_000;

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

/** Players who lost 70.00 on each of three days. */
async function losers(home: TestHome, players: readonly string[]): Promise<string> {
  const campaignId = await cashbackCampaign(home, { periods: DAYS });
  for (const player of players)
    await placeBets(
      home,
      player,
      Array.from({ length: DAYS }, (_, day) => ({
        at: new Date(START.getTime() + day * 86_400_000),
        stake: LOSS,
      })),
    );
  await grantCashback(home, campaignId, players, START);
  return campaignId;
}

it('closes every period once, however many servers do it', async () => {
  const players = names('raced', 150);
  const campaignId = await losers(app, players);
  const servers = [0, 1, 2].map(() =>
    openDatabase(app.databaseUrl, { poolSize: 2, onIdleError: (error) => expect.unreachable(error.message) }),
  );
  const closeAll = async (db: Database): Promise<void> => {
    const aside = freshSetAside();
    for (let idle = 0; idle < 5; ) {
      const opened = await openNew(db, aside, async () => app.brand.timeZone);
      const closed = await settleDue(settling(db), aside);
      idle = opened || closed ? 0 : idle + 1;
    }
  };
  await Promise.all(servers.map(closeAll));
  await closeAll(app.db);
  await Promise.all(servers.map((db) => db.close()));

  const { rows: periods } = await app.db.query(
    `select number, state, count(*), min(net_loss), max(net_loss), sum(amount)::bigint as paid from cashback_periods
     where campaign_id = $1 group by number, state order by number`,
    [campaignId],
  );
  expect(periods).toEqual(
    [1, 2, 3].map((number) => ({
      number,
      state: 'paid',
      count: players.length,
      min: LOSS,
      max: LOSS,
      paid: players.length * 700,
    })),
  );
  const { rows: bonuses } = await app.db.query(
    `select count(*), sum(amount)::bigint as paid from grants where campaign_id = $1 and source = 'cashback'`,
    [campaignId],
  );
  expect(bonuses).toEqual([{ count: players.length * DAYS, paid: players.length * DAYS * 700 }]);
  expect(await eventCounts(app, campaignId)).toEqual({
    'cashback.settled': players.length * DAYS,
    'bonus.granted': players.length * DAYS,
  });
});

/** The database, and how many statements were sent to it in transactions. */
function counted(db: Database): { db: Database; sent: () => number } {
  let count = 0;
  const transaction: Database['transaction'] = (work) =>
    db.transaction((tx) =>
      work({
        ...tx,
        query: (text, values) => {
          count++;
          return tx.query(text, values);
        },
      }),
    );
  return { db: { ...db, transaction }, sent: () => count };
}

it('takes as many statements for many bonuses as for one', async () => {
  const { db: real, drop } = await createTestDatabase();
  const { db, sent } = counted(real);
  const home = { ...app, db, brand: { ...app.brand, brandId: newId() } };
  const statements: number[] = [];
  for (const players of [names('one', 1), names('many', 300)]) {
    await losers(home, players);
    const before = sent();
    await closeDue(home);
    statements.push(sent() - before);
  }
  await drop();
  expect(statements[0]).toBeGreaterThan(0);
  expect(statements[1]).toBe(statements[0]);
});
