import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../platform/testing/index.ts';

/**
 * The rules that let the same schema run on one PostgreSQL or on a cluster that spreads it by key
 * (docs/adr/0006-portable-sql.md).
 */
const KEYS: Readonly<Record<string, string>> = {
  players: 'player_id',
  activations: 'player_id',
  activation_deposits: 'player_id',
  activation_bets: 'player_id',
  facts: 'player_id',
  grants: 'player_id',
  postings: 'player_id',
  cashback_periods: 'player_id',
  platform_events: 'player_id',
  deliveries: 'player_id',
  engine_reports: 'player_id',
  hand_grants: 'player_id',
  wallets: 'player_id',
  player_days: 'player_id',
  first_activations: 'player_id',
  experiment_assignments: 'player_id',
  checkpoints: 'player_id',
  bets: 'player_id',
  wallet_entries: 'player_id',
  adjustments: 'player_id',
  wallet_transactions: 'player_id',
  tickets: 'player_id',
  ticket_uses: 'player_id',
  draw_entries: 'player_id',
  label_draws: 'player_id',
  free_spin_packages: 'player_id',
  free_spin_callbacks: 'player_id',
  messages: 'player_id',
  message_counters: 'player_id',
  player_addresses: 'player_id',
  journey_enrolments: 'player_id',
  journey_steps: 'player_id',
  journey_kept_inputs: 'player_id',
  journey_effects: 'player_id',
  journey_calls: 'player_id',
  journey_segment_members: 'player_id',
  journey_events_aside: 'player_id',
  risk_profiles: 'player_id',
  risk_sightings: 'player_id',
  risk_links: 'identifier_key',
  risk_identifiers: 'identifier_key',
  codes: 'code_key',
  code_strangers: 'code_key',
  counters: 'counter_key',
};

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function names(sql: string): Promise<string[]> {
  const { rows } = await database.db.query<{ name: string }>(sql);
  return rows.map(({ name }) => name);
}

describe('the schema', () => {
  it.each(Object.entries(KEYS))('every unique index of %s includes %s', async (table, key) => {
    const { rows } = await database.db.query<{ name: string; columns: string[] }>(
      `select c.relname as name, array_agg(a.attname::text) as columns
       from pg_index i join pg_class c on c.oid = i.indexrelid
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
       where i.indrelid = $1::regclass and i.indisunique group by c.relname`,
      [table],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { name, columns } of rows) expect(columns, name).toContain(key);
  });

  it('has no triggers, and no sequences that a correct answer could depend on', async () => {
    expect(await names('select tgname as name from pg_trigger where not tgisinternal')).toEqual([]);
    expect(await names(`select sequencename as name from pg_sequences where schemaname = 'public'`)).toEqual(
      [],
    );
  });

  it('has no foreign keys between tables that are spread by different keys', async () => {
    const spread = await names(
      `select conname as name from pg_constraint where contype = 'f'
       and (conrelid::regclass::text = any(array['${Object.keys(KEYS).join("','")}']))`,
    );
    expect(spread).toEqual([]);
  });
});

/** Statements that only work while everything is one server. */
const FORBIDDEN = /\b(pg_(try_)?advisory\w*|nextval|setval|listen\s+\w+|notify\s+\w+|pg_notify)\b/i;

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(sql|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) yield path;
  }
}

/** What is inside SQL: whole migrations, and the template and quoted texts that begin with a statement's first word. */
function statements(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.sql')) return [text.replace(/--.*$/gm, '')];
  return [
    ...text.matchAll(
      /([`'])\s*((?:select|insert|update|delete|with|lock|do|listen|notify|copy)\b[\s\S]*?)\1/gi,
    ),
  ].map(([, , sql]) => sql ?? '');
}

describe('the statements', () => {
  const found = [...sources(SOURCE)].flatMap((path) => statements(path).map((sql) => ({ path, sql })));

  it('are found', () => {
    expect(found.length).toBeGreaterThan(100);
  });

  it('use no advisory lock, sequence or notification', () => {
    expect(found.filter(({ sql }) => FORBIDDEN.test(sql))).toEqual([]);
  });
});
