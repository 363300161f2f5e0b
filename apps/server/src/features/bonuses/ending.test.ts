import { type GrantState, grantLifecycle, previousStates } from '@promosmith/core/lifecycle';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { endGrants, type GrantEnding } from './ending.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

interface TestGrant {
  kind?: string;
  status?: GrantState;
  reserved?: number;
  spent?: number | null;
  /** Of one that an outside engine keeps. */
  outside?: number | null;
}

async function grant({
  kind = 'special',
  status = 'active',
  reserved = 0,
  spent = null,
  outside = null,
}: TestGrant) {
  const key = { playerId: newId(), grantId: newId() };
  await database.db.query(
    `insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status, currency,
       amount, budget_reserved, budget_spent, outside_balance, created_at, changed_at)
     values ($1, $2, $1, $1, 1, 0, $3, $4, 'EUR', 1000, $5, $6, $7, now(), now())`,
    [key.playerId, key.grantId, kind, status, reserved, spent, outside],
  );
  return key;
}

async function rowOf({ grantId }: { grantId: string }) {
  const { rows } = await database.db.query<{
    status: string;
    ended: boolean;
    reason: string | null;
    reserved: number;
    outside: number | null;
  }>(
    `select status, ended_at is not null as ended, ended_reason as reason, budget_reserved as reserved,
       outside_balance as outside from grants where grant_id = $1`,
    [grantId],
  );
  return rows[0];
}

const STATES = Object.keys(grantLifecycle.moves) as GrantState[];

describe.each(['completed', 'lost', 'expired', 'forfeited', 'cancelled'] as const)('a bonus %s', (as) => {
  it('says when and why, and ends from the states it may end from alone', async () => {
    const allowed = previousStates(grantLifecycle, as);
    for (const status of STATES) {
      const key = await grant({ status });
      const ended = await endGrants(database.db, [key], { as, reason: 'because' });
      const isAllowed = allowed.includes(status);
      expect(ended.map(({ grantId }) => grantId)).toEqual(isAllowed ? [key.grantId] : []);
      expect(await rowOf(key)).toMatchObject(
        isAllowed ? { status: as, ended: true, reason: 'because' } : { status, ended: false, reason: null },
      );
    }
  });
});

it.each<[string, TestGrant, GrantEnding, boolean]>([
  ['of the wallet stays: it ends there', { kind: 'deposit' }, { as: 'cancelled' }, false],
  ['of the wallet that never began ends', { kind: 'deposit', status: 'pending' }, { as: 'cancelled' }, true],
  ['of money that an outside engine keeps ends', { kind: 'deposit', outside: 700 }, { as: 'lost' }, true],
  ['from another state than was asked for stays', {}, { as: 'cancelled', from: ['pending'] }, false],
])('a bonus %s', async (_, of, how, ends) => {
  const key = await grant(of);
  expect(await endGrants(database.db, [key], how)).toHaveLength(ends ? 1 : 0);
  const after = await rowOf(key);
  expect(after?.ended).toBe(ends);
  if (ends) expect(after).toMatchObject({ reason: how.as, outside: of.outside ? 0 : null });
});

it.each<[string, number | null, GrantEnding['budget'], number, number]>([
  ['kept where nobody asks for it', null, undefined, 0, 1_000],
  ['released when nothing of it is spent for good', null, 'released', 1_000, 0],
  ['released but for what is', 300, 'released', 700, 300],
])('the budget is %s', async (_, spent, budget, released, left) => {
  const key = await grant({ reserved: 1_000, spent });
  const how: GrantEnding = { as: 'cancelled', ...(budget && { budget }) };
  expect(await endGrants(database.db, [key], how)).toMatchObject([{ ...key, budget: released }]);
  expect(await rowOf(key)).toMatchObject({ reserved: left });
});

it('is ended once by any number at once, in whatever order they name them', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => grant({ reserved: 100 })));
  const ends = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      database.db.transaction((tx) =>
        endGrants(tx, n % 2 === 0 ? keys : keys.toReversed(), { as: 'cancelled', budget: 'released' }),
      ),
    ),
  );
  expect(
    ends
      .flat()
      .map(({ grantId }) => grantId)
      .sort(),
  ).toEqual(keys.map(({ grantId }) => grantId).sort());
});
