import { expect, vi } from 'vitest';
import type { Database } from '../../apps/server/src/platform/db.ts';

/**
 * Changed in the background, whatever becomes of a request: how far readers of logs have come and what they counted,
 * deliveries, hints, the daily look at the books.
 */
const RESTLESS_TABLES = [
  ...['journey_feeds', 'message_signals', 'webhook_cursors', 'webhook_deliveries'],
  ...['rollup_feeds', 'rollups', 'rollup_days', 'rollup_brand_days', 'activation_deposits'],
  ...[
    'facts',
    'fact_profiles',
    'breakdown_days',
    'breakdown_values',
    'bet_marks',
    'activation_bets',
    'outreach_days',
  ],
  ...['player_days', 'player_day_feeds', 'first_activations', 'kept_reports'],
  ...['code_watch_feeds', 'code_tries', 'code_strangers', 'guess_waves', 'wrong_codes'],
  ...['risk_feeds', 'risk_sightings', 'risk_identifiers', 'risk_links', 'risk_clusters', 'risk_profiles'],
  'reconciliations',
];
/** Attempts of deliveries go on, the use of a key is noted, deposits are counted, and days of players summed up. */
const RESTLESS_COLUMNS = ['failing_since', 'last_used_at', 'counted', 'days_stale_since'];

/** A digest of each table, once the logs are sealed: equal before and after a request that left nothing behind. */
export async function stored(db: Database): Promise<Record<string, string>> {
  await sealed(db);
  return eachTable(db, async (table) => {
    if (RESTLESS_TABLES.includes(table)) return '';
    const { rows } = await db.query<{ digest: string }>(
      `select md5(coalesce(string_agg(line, ',' order by line), '')) as digest
       from (select (to_jsonb(t) - $1::text[])::text as line from ${table} t) lines`,
      [RESTLESS_COLUMNS],
    );
    return rows[0]!.digest;
  });
}

/** Names of the tables that hold the text, in whatever column. */
export async function tablesHolding(db: Database, text: string): Promise<string[]> {
  const found = await eachTable(db, async (table) => {
    const { rows } = await db.query(
      `select 1 from ${table} t where strpos(to_jsonb(t)::text, $1) > 0 limit 1`,
      [text],
    );
    return rows.length > 0;
  });
  return Object.keys(found).filter((table) => found[table]);
}

/**
 * Waits until events and audit entries have their places in their logs, are counted as tallies and bets are, and have been
 * looked through for who is behind accounts, which happens in the background.
 */
export async function sealed(db: Database): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await db.query(
        `select 1 from outbox where position is null union all select 1 from audit_log where position is null
         union all select 1 from journey_tallies
         union all select 1 from chain_heads h left join rollup_feeds f on f.brand_id = h.brand_id
           where h.chain = 'outbox' and h.position > coalesce(f.position, 0)
         union all select 1 from bet_marks
         union all select 1 from risk_sightings
         union all select 1 from risk_profiles where due_at is not null
         union all select 1 from chain_heads h left join risk_feeds f on f.brand_id = h.brand_id
           where h.chain = 'outbox' and h.position > coalesce(f.position, 0)
         union all select 1 from platform_events
           where not counted and type in ('deposit.succeeded', 'deposit.reversed')`,
      );
      expect(rows).toEqual([]);
    },
    { timeout: 60_000 },
  );
}

async function eachTable<T>(db: Database, look: (table: string) => Promise<T>): Promise<Record<string, T>> {
  const { rows } = await db.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by name`,
  );
  return Object.fromEntries(
    await Promise.all(rows.map(async ({ name }) => [name, await look(name)] as const)),
  );
}
