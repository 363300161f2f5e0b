import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { TestApp, TestResponse } from './test-app.ts';

/** A bet as a test tells it: minor units; whatever is left out does not matter. */
export interface TestBet {
  id?: string;
  round?: string;
  player?: string;
  stake?: number;
  win?: number;
  category?: string;
  game?: string;
  currency?: string;
  /** ISO 8601, or ms since 1970. */
  time?: string | number;
}

const instant = (time: string | number): string =>
  typeof time === 'number' ? new Date(time).toISOString() : time;

export const betEvent = ({
  id = randomUUID(),
  round = id,
  player = 'ann',
  stake = 0,
  win = 0,
  category = 'slots',
  game = 'book-of-suns',
  currency = 'EUR',
  time = Date.now(),
}: TestBet) => ({
  id: `event of ${id}`,
  type: 'bet.settled',
  time: instant(time),
  player,
  data: { betId: id, roundId: round, game, category, stake, win, currency },
});

/** Any other event of the platform. */
export const moneyEvent = (
  type: string,
  data: Record<string, unknown>,
  {
    player = 'ann',
    time = Date.now(),
    id = randomUUID(),
  }: { player?: string; time?: string | number; id?: string } = {},
) => ({ id, type, time: instant(time), player, data });

/** Tells the platform's events in one call. @returns the status of each, or why it was rejected. */
export async function tell(app: Pick<TestApp, 'request'>, ...events: unknown[]): Promise<string[]> {
  const { status, body } = await app.request('POST', '/v1/events', { body: { events } });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.results.map((result: TestResponse['body']) => result.reason?.key ?? result.status);
}

/** What a player has in a currency, as the tables hold it. */
export async function walletOf({ db }: Pick<TestApp, 'db'>, player = 'ann', currency = 'EUR') {
  const { rows } = await db.query<{ real: number }>(
    `select w.real from wallets w join players p using (player_id) where p.external_id = $1 and w.currency = $2`,
    [player, currency],
  );
  return rows[0]?.real;
}

/** The bonuses of a player, in the order they were granted. Turnover in minor units. */
export async function bonusesOf({ db }: Pick<TestApp, 'db'>, player = 'ann') {
  const { rows } = await db.query<{ status: string; balance: number; wagered: number; converted: number }>(
    `select g.status, g.balance, (g.wagered / 10000)::int as wagered, g.converted from grants g
     join players p using (player_id) where p.external_id = $1 order by g.grant_id`,
    [player],
  );
  return rows;
}

/** What the books say a player has, and what they owe on each account: bets and postings together. */
export async function accountsOf(
  { db }: Pick<TestApp, 'db'>,
  player = 'ann',
): Promise<Record<string, number>> {
  const { rows } = await db.query<{ account: string; balance: number }>(
    `with mine as (select player_id from players where external_id = $1), legs as (
       select debit as account, -amount as amount from postings join mine using (player_id)
       union all select credit, amount from postings join mine using (player_id)
       union all select 'player:real', (win - bonus_win) - (stake - bonus_stake) from bets join mine using (player_id)
         where not unbooked
       union all select 'player:bonus:' || grant_id,
           bonus_win - bonus_stake
             + coalesce((select sum((f->>1)::bigint - (f->>2)::bigint) from json_array_elements(further) f), 0)
         from bets join mine using (player_id) where not unbooked and grant_id is not null
       union all select 'player:bonus:' || (f->>0), (f->>2)::bigint - (f->>1)::bigint
         from bets join mine using (player_id), json_array_elements(further) f where not unbooked
       union all select 'house:gaming', stake - win from bets join mine using (player_id) where not unbooked
     )
     select account, sum(amount)::bigint as balance from legs group by account having sum(amount) <> 0 order by account`,
    [player],
  );
  return Object.fromEntries(rows.map(({ account, balance }) => [account, balance]));
}

/** The books agree with balances: of the wallet, and of every bonus; and nobody's money comes from nowhere. */
export async function expectBooked(app: Pick<TestApp, 'db'>, player = 'ann'): Promise<void> {
  const accounts = await accountsOf(app, player);
  expect(accounts['player:real'] ?? 0).toBe((await walletOf(app, player)) ?? 0);
  const { rows } = await app.db.query<{ grant_id: string; balance: number }>(
    'select grant_id, balance from grants join players using (player_id) where external_id = $1',
    [player],
  );
  for (const { grant_id, balance } of rows) expect(accounts[`player:bonus:${grant_id}`] ?? 0).toBe(balance);
  expect(Object.values(accounts).reduce((sum, balance) => sum + balance, 0)).toBe(0);
}
