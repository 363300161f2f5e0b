import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { playerId } from '../../platform/ids.ts';
import type { TestApp, TestResponse } from '../../testing/test-app.ts';

/** Two arms of one half each: a code, and nothing. */
export const HALVES = [
  { key: 'code', name: 'With a code', weightBps: 5_000, treatment: { kind: 'nothing' } },
  { key: 'control', name: 'Without', weightBps: 5_000, treatment: { kind: 'nothing' } },
];

/** An experiment as the API makes it. */
export async function createExperiment(
  app: TestApp,
  differences: Record<string, unknown> = {},
): Promise<TestResponse['body']> {
  const body = { name: 'Test', arms: HALVES, baseline: 'control', ...differences };
  const { status, body: made } = await app.request('POST', '/v1/experiments', { body });
  expect(status, JSON.stringify(made)).toBe(201);
  return made;
}

export async function assign(
  app: TestApp,
  experimentId: string,
  players: readonly string[],
): Promise<TestResponse['body'][]> {
  const { status, body } = await app.request('POST', `/v1/experiments/${experimentId}/assignments`, {
    body: { players },
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items;
}

/** Players as they are in an arm, who did something on the day of their assignment. */
export interface TestGroup {
  arm: number;
  players: number;
  /** Minor units of all of them together, shared out evenly. */
  staked?: number;
  won?: number;
  cost?: number;
  deposited?: number;
  currency?: string;
}

/** Assignments and days of players as the server would have written them, so many days ago. */
export async function play(
  { db, brand: { brandId } }: Pick<TestApp, 'db' | 'brand'>,
  experimentId: string,
  daysAgo: number,
  ...groups: readonly TestGroup[]
): Promise<void> {
  for (const { arm, players, currency = 'EUR', staked = 0, won = 0, cost = 0, deposited = 0 } of groups) {
    const ids = Array.from({ length: players }, () => playerId(brandId, randomUUID()));
    await db.query(
      `insert into experiment_assignments (player_id, experiment_id, brand_id, arm, assigned_at)
       select id, $2::uuid, $3::uuid, $4::int, now() - make_interval(days => $5) from unnest($1::uuid[]) id`,
      [ids, experimentId, brandId, arm, daysAgo],
    );
    const share = (amount: number) => amount / players;
    await db.query(
      `insert into player_days (player_id, day, currency, brand_id, bets, staked, bonus_staked, won, deposits, deposited,
         withdrawn, bonus_cost)
       select id, ((now() - make_interval(days => $3)) at time zone time_zone)::date, $4, brand_id, 1, $5::bigint, 0,
         $6::bigint, 1, $7::bigint, 0, $8::bigint
       from unnest($1::uuid[]) id, brands where brand_id = $2`,
      [ids, brandId, daysAgo, currency, share(staked), share(won), share(deposited), share(cost)],
    );
  }
}
