import { setTimeout as delay } from 'node:timers/promises';
import type { CampaignDefinition, Reward } from '@promosmith/contract';
import type { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import { newId, playerId } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { createCampaign, type FixtureHome } from '../../testing/fixtures.ts';
import { freshSetAside } from '../../testing/set-aside.ts';
import type { TestApp, TestResponse } from '../../testing/test-app.ts';
import { budgetReturns } from '../activations/budget-returns.ts';
import { openNew } from './open.ts';
import { type SettleParts, settleDue } from './settle.ts';

export type CashbackTerms = Partial<Extract<z.input<typeof Reward>, { kind: 'cashback' }>>;

/** A database with a brand in it, whether or not a server runs on it. */
export type TestHome = FixtureHome & { brand: Pick<TestApp['brand'], 'brandId' | 'timeZone'> };

/** 10 % of the day's loss from 50.00 on, up to 200.00, as a bonus to be wagered five times. */
export const TEN_PERCENT = {
  kind: 'cashback' as const,
  rateBps: 1_000,
  period: 'day' as const,
  minLoss: { EUR: 5_000 },
  cap: { EUR: 20_000 },
  wagering: { multiplier: 500 },
};

type Definition = Partial<z.input<typeof CampaignDefinition>>;

/** A campaign with a reward that differs from these ten percent. */
export async function cashbackCampaign(
  app: FixtureHome,
  terms: CashbackTerms = {},
  more: Definition = {},
): Promise<string> {
  return (await createCampaign(app, { ...more, rewards: [{ ...TEN_PERCENT, ...terms }] })).campaignId;
}

export interface TestGrant {
  playerId: string;
  grantId: string;
}

/** Cashback bonuses of players, active since then. */
export async function grantCashback(
  { db, brand }: TestHome,
  campaignId: string,
  players: readonly string[],
  activatedAt: Date,
): Promise<TestGrant[]> {
  const grants = players.map((player) => ({
    playerId: playerId(brand.brandId, player),
    grantId: newId(),
    player,
  }));
  await db.query(
    `with known as (
       insert into players (player_id, brand_id, external_id)
       select player_id, $1, external_id from unnest($2::uuid[], $3::text[]) as t (player_id, external_id)
       on conflict do nothing)
     insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status, currency,
       granted_at, created_at, changed_at)
     select player_id, grant_id, $1, $4, 1, 0, 'cashback', 'active', 'EUR', $6, $6, $6
     from unnest($2::uuid[], $5::uuid[]) as t (player_id, grant_id)`,
    [
      brand.brandId,
      grants.map((grant) => grant.playerId),
      grants.map(({ player }) => player),
      campaignId,
      grants.map(({ grantId }) => grantId),
      activatedAt,
    ],
  );
  return grants;
}

export interface TestBet {
  at: Date;
  /** When it was told; at once when left out. */
  toldAt?: Date;
  /** Minor units. */
  stake: number;
  win?: number;
  bonusStake?: number;
  bonusWin?: number;
  currency?: string;
}

/** Bets as they are stored. @returns their ids. */
export async function placeBets(
  { db, brand }: TestHome,
  player: string,
  bets: readonly TestBet[],
): Promise<string[]> {
  const ids = bets.map(newId);
  const column = <T>(of: (bet: TestBet) => T): T[] => bets.map(of);
  await db.query(
    `insert into bets (player_id, bet_id, brand_id, round_id, game, currency, stake, win, bonus_stake, bonus_win, at,
       received_at)
     select $1, id, $2, id, 'book', currency, stake, win, bonus_stake, bonus_win, at, told_at
     from unnest($3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::timestamptz[],
       $10::timestamptz[]) as t (id, currency, stake, win, bonus_stake, bonus_win, at, told_at)`,
    [
      playerId(brand.brandId, player),
      brand.brandId,
      ids,
      column(({ currency = 'EUR' }) => currency),
      column(({ stake }) => stake),
      column(({ win = 0 }) => win),
      column(({ bonusStake = 0 }) => bonusStake),
      column(({ bonusWin = 0 }) => bonusWin),
      column(({ at }) => at),
      column(({ at, toldAt = at }) => toldAt),
    ],
  );
  return ids;
}

/** A cashback bonus of one player, active since the middle of last month. */
export async function grantLastMonth(home: TestHome, campaignId: string, player: string): Promise<TestGrant> {
  const [grant] = await grantCashback(home, campaignId, [player], lastMonth().midst);
  if (!grant) throw new Error('nothing was granted');
  return grant;
}

let players = 0;

/** A player with these bets, and a bonus for months that began in the middle of last month. */
export async function playerWith(
  app: TestApp,
  bets: readonly TestBet[],
  terms: CashbackTerms = {},
  player = `player-${++players}`,
): Promise<{ player: string; campaignId: string; grant: TestGrant }> {
  const campaignId = await cashbackCampaign(app, { period: 'month', ...terms });
  await placeBets(app, player, bets);
  return { player, campaignId, grant: await grantLastMonth(app, campaignId, player) };
}

/** What settling is done with. */
export const settling = (db: Database): SettleParts => ({
  db,
  log: createLog('silent'),
  budgets: budgetReturns,
});

/** Opens what is new and closes all that is due, as the server does by itself every second. */
export async function closeDue({ db, brand }: TestHome): Promise<void> {
  while (await openNew(db, freshSetAside(), async () => brand.timeZone));
  while (await settleDue(settling(db), freshSetAside()));
}

/** The first closed periods of a bonus, once there are so many, as the API shows them. */
export async function settlementsOf(
  app: TestApp,
  { grantId }: TestGrant,
  count: number,
): Promise<TestResponse['body'][]> {
  for (;;) {
    await closeDue(app);
    const { body } = await app.request('GET', `/v1/cashback/settlements?grantId=${grantId}&limit=200`);
    if (body.items.length >= count) return body.items.toReversed();
    await delay(20);
  }
}

/** Ends the open period of a bonus, long enough ago to be closed. */
export const endPeriod = (
  { db }: Pick<TestApp, 'db'>,
  { playerId: player, grantId }: TestGrant,
): Promise<unknown> =>
  db.query(
    `update cashback_periods set ends_at = now() - interval '5 seconds' where player_id = $1 and grant_id = $2 and state = 'open'`,
    [player, grantId],
  );

/** The 15th of last month, its end, and this month's first instant: of a brand in UTC. */
export function lastMonth(now = new Date()): { midst: Date; last: Date; over: Date } {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const over = Date.UTC(year, month);
  return { midst: new Date(Date.UTC(year, month - 1, 15)), last: new Date(over - 1), over: new Date(over) };
}

export interface TestMovement {
  kind: string;
  debit: string;
  credit: string;
  /** Minor units. */
  amount: number;
  at: Date;
}

/** Movements of a player's real money as they are booked, and the balance they leave. */
export async function bookMovements(
  { db, brand }: TestHome,
  player: string,
  movements: readonly TestMovement[],
  real: number,
): Promise<void> {
  const id = playerId(brand.brandId, player);
  await db.query(
    `insert into postings (player_id, posting_id, transaction_id, brand_id, kind, debit, credit, amount, currency, created_at)
     select $1, id, id, $2, kind, debit, credit, amount, 'EUR', at
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::timestamptz[])
       as t (id, kind, debit, credit, amount, at)`,
    [
      id,
      brand.brandId,
      movements.map(newId),
      movements.map(({ kind }) => kind),
      movements.map(({ debit }) => debit),
      movements.map(({ credit }) => credit),
      movements.map(({ amount }) => amount),
      movements.map(({ at }) => at),
    ],
  );
  await db.query(
    `insert into wallets (player_id, currency, brand_id, real) values ($1, 'EUR', $2, $3)
     on conflict (player_id, currency) do update set real = excluded.real`,
    [id, brand.brandId, real],
  );
}
