import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/db.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import { deleteOldCounters, deleteOldMessages } from './retention.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());
beforeEach(() => db.query('truncate messages, label_draws, message_counters'));

interface Kept {
  channel: string;
  state: string;
  overSinceDays: number;
}

/** @param count how many of the kind, by players of their own. */
async function fill({ channel, state, overSinceDays }: Kept, count = 1): Promise<void> {
  await db.query(
    `with made as (
       insert into messages (player_id, message_id, brand_id, player_external_id, origin_key, origin, channel, product,
         content_id, content_version, locale, state, expires_at)
       select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), n, n, '{}', $1, 'casino', gen_random_uuid(), 1,
         'en', $2, now() - ($3 + n::float / 1e6) * interval '1 day'
       from generate_series(1, $4) as n returning player_id, message_id
     )
     insert into label_draws (player_id, message_id, name, batch_id, code_key)
     select player_id, message_id, 'promo_code', gen_random_uuid(), gen_random_uuid() from made`,
    [channel, state, overSinceDays, count],
  );
}

async function counts(): Promise<{ messages: number; draws: number }> {
  const { rows } = await db.query<{ messages: number; draws: number }>(
    `select (select count(*)::int from messages) as messages, (select count(*)::int from label_draws) as draws`,
  );
  return rows[0]!;
}

describe('messages', () => {
  test.each<[Kept, boolean]>([
    [{ channel: 'popup', state: 'dismissed', overSinceDays: 181 }, true],
    [{ channel: 'popup', state: 'dismissed', overSinceDays: 179 }, false],
    [{ channel: 'inbox', state: 'expired', overSinceDays: 181 }, true],
    [{ channel: 'inbox', state: 'clicked', overSinceDays: -10 }, false],
    [{ channel: 'email', state: 'sent', overSinceDays: 181 }, true],
    [{ channel: 'sms', state: 'failed', overSinceDays: 181 }, true],
    [{ channel: 'sms', state: 'suppressed', overSinceDays: 200 }, true],
    // Those are still to be expired, with all that follows.
    [{ channel: 'popup', state: 'sent', overSinceDays: 181 }, false],
    [{ channel: 'inbox', state: 'shown', overSinceDays: 181 }, false],
    [{ channel: 'email', state: 'prepared', overSinceDays: 181 }, false],
  ])('%j: goes with its draws: %s', async (message, goes) => {
    await fill(message);
    expect(await deleteOldMessages(db, 180)).toBe(false);
    const left = goes ? 0 : 1;
    expect(await counts()).toEqual({ messages: left, draws: left });
  });

  test('go in steps, and two that delete at once do not wait for each other', async () => {
    await fill({ channel: 'email', state: 'sent', overSinceDays: 200 }, 700);
    await fill({ channel: 'email', state: 'sent', overSinceDays: 100 }, 10);
    expect(await Promise.all([deleteOldMessages(db, 180), deleteOldMessages(db, 180)])).toEqual([true, true]);
    expect(await counts()).toEqual({ messages: 210, draws: 210 });
    expect(await deleteOldMessages(db, 180)).toBe(false);
    expect(await counts()).toEqual({ messages: 10, draws: 10 });
  });

  test('are found by an index in a full table, which is not read whole', async () => {
    await fill({ channel: 'email', state: 'sent', overSinceDays: 10 }, 60_000);
    await fill({ channel: 'popup', state: 'sent', overSinceDays: 300 }, 5_000);
    await fill({ channel: 'email', state: 'sent', overSinceDays: 200 }, 5_000);
    await db.query('analyze messages, label_draws');
    const plans = await db.transaction((tx) =>
      plansOf(tx, (explained) =>
        deleteOldMessages({ ...db, transaction: (work) => work({ ...tx, ...explained }) }, 180),
      ),
    );
    expect(plans).toContain('label_draws_pkey');
    expect(plans).toContain('Index Scan using messages_over');
    expect(plans.match(/Seq Scan on \w+/g)).toBeNull();
  });
});

test('counters go when no period of them can be under way', async () => {
  await db.query(
    `insert into message_counters (player_id, channel, period, starts_on, used)
     select gen_random_uuid(), 'email', 'month', current_date - days, 1 from unnest('{0, 31, 62, 63, 400}'::int[]) as days`,
  );
  expect(await deleteOldCounters(db)).toBe(false);
  const { rows } = await db.query('select current_date - starts_on as days from message_counters order by 1');
  expect(rows).toEqual([{ days: 0 }, { days: 31 }, { days: 62 }]);
});
