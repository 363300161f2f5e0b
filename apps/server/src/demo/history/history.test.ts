import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyChains } from '../../features/audit/index.ts';
import { reconcile } from '../../features/ledger/index.ts';
import { type Config, loadConfig } from '../../platform/config.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { isSeeded } from '../seed.ts';
import { makeHistory } from './index.ts';
import { openWorkshop } from './workshop.ts';

// A short one: the same people do the same things, only for fewer days.

const DAYS = 13;
const DAY_MS = 24 * 3_600_000;
const SLOW = { timeout: 300_000 };

let database: TestDatabase;
let config: Config;
let dataDir: string;
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'promosmith-history-'));
  config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir });
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

test(
  'the history is there at once, is balanced and sealed, and nothing of it is from another time',
  SLOW,
  async () => {
    const { db, url } = database;
    // What a start leaves behind that was killed in the middle.
    await openWorkshop(db, url, new Date());
    expect(await isSeeded(db)).toBe(false);
    const before = Date.now();

    await makeHistory(config, db, url, { days: DAYS, players: 90 });

    expect(await isSeeded(db)).toBe(true);
    expect(await reconcile(db)).toEqual([]);
    for (const chain of ['audit', 'outbox'] as const)
      for (const verdict of (await verifyChains(db, { chain })).values())
        expect(verdict).toMatchObject({ ok: true });
    const times = `select created_at as at from activations union all select created_at from grants
    union all select created_at from campaigns union all select created_at from outbox union all select at from audit_log
    union all select received_at from platform_events union all select created_at from players`;
    const { rows } = await db.query<{ first: Date; last: Date; days: number }>(
      `select min(at) as first, max(at) as last, count(distinct at::date)::int as days from (${times}) t`,
    );
    expect(rows[0]?.first.getTime()).toBeGreaterThanOrEqual(before - DAYS * DAY_MS);
    expect(rows[0]?.last.getTime()).toBeLessThanOrEqual(Date.now());
    expect(rows[0]?.days).toBeGreaterThan(DAYS - 2);

    const outcomes = await db.query<{ outcome: string }>('select distinct outcome from activations');
    const happened = outcomes.rows.map(({ outcome }) => outcome);
    expect(happened).toEqual(expect.arrayContaining(['accepted', 'refused']));
    // Whether somebody's deposit is waited for just now hangs on the hour; that some was waited for in vain does not.
    expect(happened.filter((outcome) => ['awaiting_deposit', 'lapsed'].includes(outcome))).not.toEqual([]);
    const refusals = await db.query(`select distinct refusal_key from activations where outcome = 'refused'`);
    expect(refusals.rows.length).toBeGreaterThan(5);
    const ended = await db.query<{ status: string }>(
      `select distinct status from grants where kind = 'deposit'`,
    );
    expect(ended.rows.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['active', 'expired', 'completed']),
    );
    const workshop = await db.query(`select from pg_namespace where nspname = 'demo_history'`);
    expect(workshop.rows).toEqual([]);
  },
);
