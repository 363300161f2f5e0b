import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate, deposit } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { countAll } from '../analytics/testing.ts';
import { type BiReaders, createBiReaders } from './bi-readers.ts';

let app: TestApp;
let readers: BiReaders;
let other: Awaited<ReturnType<TestApp['anotherBrand']>>;
/** Roles are of the whole server: of a name that no other test has. */
const role = `bi_${randomBytes(6).toString('hex')}`;
let client: pg.Client;

beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
  readers = createBiReaders(app.db);
  other = await app.anotherBrand();
  for (const { brand, ownerKey } of [{ brand: app.brand, ownerKey: app.ownerKey }, other]) {
    const home = {
      ...app,
      brand,
      ownerKey,
      request: (...call: Parameters<TestApp['request']>) =>
        app.request(call[0], call[1], { key: ownerKey, ...call[2] }),
    };
    const offer = await createOffer(home);
    expect((await activate(home, offer.code, 'player-1')).status).toBe(201);
    await deposit(home, 'player-1', { amount: 5_000 });
  }
  await countAll(app);
  await app.db.query(`create role ${role} login password 'secret'`);
  const url = new URL(app.databaseUrl);
  url.username = role;
  url.password = 'secret';
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await app.db.query(`drop owned by ${role}; drop role ${role}`);
  await app.close();
});

async function viewNames(): Promise<string[]> {
  const { rows } = await app.db.query<{ name: string }>(
    "select table_name as name from information_schema.views where table_schema = 'bi' order by 1",
  );
  return rows.map(({ name }) => name);
}

test('a role that nobody let in reads nothing', async () => {
  for (const view of await viewNames())
    await expect(client.query(`select * from bi.${view}`)).rejects.toThrow(/permission denied/);
});

describe('a role that reads a brand', () => {
  beforeAll(async () => {
    expect(await readers.add(app.brand.brandId, role)).toMatchObject({ ok: true });
    expect(await readers.add(app.brand.brandId, role)).toMatchObject({ ok: true });
  });

  it('sees rows of it in every view, and none of another', async () => {
    for (const view of await viewNames()) {
      const { rows } = await client.query(`select distinct brand_id from bi.${view}`);
      expect(rows, view).toEqual([{ brand_id: app.brand.brandId }]);
    }
  });

  it('finds no other brand’s row by its id, nor with a function that tells of what it is shown', async () => {
    await client.query(`create function pg_temp.tell(id uuid) returns boolean language plpgsql cost 0.0001
      as $$ begin raise notice '%', id; return true; end $$`);
    const told: string[] = [];
    client.on('notice', ({ message }) => told.push(String(message)));
    await client.query('select * from bi.campaigns where pg_temp.tell(brand_id)');
    expect(new Set(told)).toEqual(new Set([app.brand.brandId]));
    const { rows } = await client.query('select * from bi.campaigns where brand_id = $1', [
      other.brand.brandId,
    ]);
    expect(rows).toEqual([]);
  });

  it('reads no table, and changes nothing', async () => {
    const { rows } = await app.db.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    expect(rows.length).toBeGreaterThan(50);
    for (const { name } of rows)
      await expect(client.query(`select * from public."${name}"`), name).rejects.toThrow(/permission denied/);
    await expect(client.query('delete from bi.campaigns')).rejects.toThrow(/permission denied/);
    await expect(
      client.query('insert into bi_readers values (session_user, $1)', [other.brand.brandId]),
    ).rejects.toThrow(/permission denied/);
    const { rows: owner } = await app.db.query<{ name: string }>('select session_user as name');
    await expect(client.query(`set session authorization "${owner[0]?.name}"`)).rejects.toThrow(
      /permission denied/,
    );
  });

  it('is told nothing of who a player is, and codes are masked', async () => {
    const { rows } = await client.query('select * from bi.players');
    expect(JSON.stringify(rows)).not.toMatch(/player-1|@/);
    expect(Object.keys(rows[0])).not.toEqual(
      expect.arrayContaining(['email', 'phone', 'external_id', 'birth_date']),
    );
  });

  it('reads it no more once it may not', async () => {
    expect(await readers.remove(app.brand.brandId, role)).toBe(true);
    expect(await readers.remove(app.brand.brandId, role)).toBe(false);
    for (const view of await viewNames())
      expect((await client.query(`select * from bi.${view}`)).rows, view).toEqual([]);
  });
});

test('a role that there is not is refused, whatever its name', async () => {
  for (const name of ['nobody_of_that_name', 'x; drop table players', 'a"b'])
    expect(await readers.add(app.brand.brandId, name)).toMatchObject({
      ok: false,
      refusal: { key: 'not_found' },
    });
});

test('the guide has every column of every view, as the database describes it', async () => {
  const { rows } = await app.db.query<{ view: string; about: string; column: string; definition: string }>(
    `select c.relname as view, obj_description(c.oid) as about, a.attname as column,
       col_description(c.oid, a.attnum) as definition
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname = 'bi' and c.relkind = 'v' and a.attnum > 0 order by c.relname, a.attnum`,
  );
  const guide = readFileSync(
    fileURLToPath(new URL('../../../../../docs/guides/sql-views.md', import.meta.url)),
    'utf8',
  );
  for (const [view, columns] of Map.groupBy(rows, ({ view: name }) => name)) {
    const table = columns.map(({ column, definition }) => `| \`${column}\` | ${definition} |`).join('\n');
    expect(guide).toContain(
      `### bi.${view}\n\n${columns[0]?.about}\n\n| column | what it is |\n|---|---|\n${table}\n`,
    );
  }
  const told = [...guide.matchAll(/^### bi\.(\w+)$/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual([...new Set(rows.map(({ view }) => view))].sort());
});
