import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../platform/testing/index.ts';
import { explain } from './failure.ts';
import { createProgram } from './program.ts';

// The commands in this process; processes.test.ts starts real ones.

let database: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'promosmith-commands-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

/** Every command with the words that lead to it. */
function commandsOf(command: Command, words: string[] = []): [words: string[], command: Command][] {
  const below = command.commands.flatMap((inner) => commandsOf(inner, [...words, inner.name()]));
  return [[words, command], ...below];
}

/** What `main.ts` does, with what it prints and would exit with. */
async function run(args: readonly string[], env: Record<string, string> = {}) {
  const settings = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'warn',
    DEMO_HISTORY: 'false',
    ...env,
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const printed = { out: '', err: '' };
  const into = (stream: 'out' | 'err') => (text: string) => {
    printed[stream] += text;
  };
  vi.spyOn(console, 'log').mockImplementation((line) => into('out')(`${line}\n`));
  vi.spyOn(console, 'error').mockImplementation((line) => into('err')(`${line}\n`));
  const program = createProgram();
  for (const [, command] of commandsOf(program))
    command.exitOverride().configureOutput({ writeOut: into('out'), writeErr: into('err') });
  try {
    await program.parseAsync(args, { from: 'user' });
    return { code: 0, ...printed };
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.exitCode, ...printed };
    into('err')(`${explain(error)}\n`);
    return { code: 1, ...printed };
  }
}

const words = (line: string) => line.split(' ');
const addKim = words('staff add --brand demo --email Kim@casino.example --name Kim --role owner');

test('demo makes one brand and shows the same key and owner every time', async () => {
  const first = await run(['demo']);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(
    /^Demo brand: demo\nIts API key: \S+\nIts owner: \S+, password \S+\n(Its [a-z ]+: \S+, password \S+\n){5}$/,
  );
  expect(await run(['demo'])).toEqual(first);
});

test('brands create makes a brand that keys and staff can be made for; the same slug is refused', async () => {
  const brand = [
    'brands',
    'create',
    '--slug',
    'new',
    '--name',
    'New',
    '--time-zone',
    'Europe/Malta',
    '--currency',
  ];
  const made = await run([...brand, 'EUR']);
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toMatch(/^[\w-]{36}\n$/);
  expect(await run(words('keys create --brand new --name x --all'))).toMatchObject({ code: 0 });
  expect(await run([...brand, 'EUR'])).toMatchObject({ code: 1, err: 'There is a brand new already.\n' });
  expect((await run([...brand, 'euro'])).err).toContain('a currency code such as EUR');
});

describe('with a brand', () => {
  beforeAll(async () => {
    expect(await run(['demo'])).toMatchObject({ code: 0 });
    vi.restoreAllMocks();
  });

  test('bi lets a role read a brand, which has to be there', async () => {
    expect(await run(words('bi grant --brand demo --role nobody-of-that-name'))).toMatchObject({ code: 1 });
    const role = `bi_cli_${process.pid}`;
    await database.db.query(`create role ${role}`);
    try {
      expect(await run(words(`bi grant --brand demo --role ${role}`))).toEqual({ code: 0, out: '', err: '' });
      expect(await run(words(`bi revoke --brand demo --role ${role}`))).toEqual({
        code: 0,
        out: '',
        err: '',
      });
      expect(await run(words(`bi revoke --brand demo --role ${role}`))).toMatchObject({ code: 1 });
    } finally {
      await database.db.query(`drop owned by ${role}; drop role ${role}`);
    }
  });

  test('recount counts anew, and prints nothing', async () => {
    const { rows } = await database.db.query<{ brandId: string }>(
      `insert into rollup_brand_days (brand_id, day, measure, detail, currency, count, amount)
       select brand_id, '2026-03-01', 'accepted', '', '', 7, 0 from brands where slug = 'demo' returning brand_id as "brandId"`,
    );
    await database.db.query(
      `insert into player_days select gen_random_uuid(), '2026-03-01', 'EUR', $1, 1, 1, 0, 0, 0, 0, 0, 0`,
      [rows[0]?.brandId],
    );
    expect(await run(words('recount --brand demo'))).toEqual({ code: 0, out: '', err: '' });
    const left = await database.db.query(
      `select brand_id, day from rollup_brand_days where brand_id = $1 and day = '2026-03-01'
       union all select brand_id, day from player_days where brand_id = $1 and day = '2026-03-01'`,
      [rows[0]?.brandId],
    );
    expect(left.rowCount).toBe(0);
  });

  test('keys create prints the key and nothing else', async () => {
    const made = await run(words('keys create --brand demo --name website --publishable'));
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(/^\S+\n$/);
  });

  test('staff add prints a password once; staff set-password another', async () => {
    const added = await run(addKim);
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toMatch(/^[\w-]{20}\n$/);
    expect(await run(addKim)).toEqual({
      code: 1,
      out: '',
      err: 'Kim@casino.example is a member of staff already.\n',
    });
    const set = await run(words('staff set-password --email kim@casino.example'));
    expect(set).toMatchObject({ code: 0, err: '' });
    expect(set.out).toMatch(/^[\w-]{20}\n$/);
    expect(set.out).not.toBe(added.out);
  });

  test.each<[string, string]>([
    ['keys create --brand nobody --name x --all', 'There is no brand nobody.\n'],
    ['staff add --brand nobody --email a@b.example --name x --role owner', 'There is no brand nobody.\n'],
    [
      'staff set-password --email nobody@casino.example',
      'Nobody with the address nobody@casino.example works for a brand at present.\n',
    ],
  ])('%s is refused', async (line, err) => {
    expect(await run(words(line))).toEqual({ code: 1, out: '', err });
  });
});

test('a command that needs the application asks for the migrations first', async () => {
  const empty = await createTestDatabase();
  await empty.db.query('drop table schema_migrations');
  const { code, err } = await run(words('keys create --brand demo --name x --all'), {
    DATABASE_URL: empty.url,
  });
  await empty.drop();
  expect(code).toBe(1);
  expect(err).toBe('The database is not up to date: run promosmith migrate first.\n');
});

describe('mistakes are answered in words', () => {
  test.each<[string, string, Record<string, string>, string]>([
    [
      'bad settings',
      'start',
      { PORT: 'x', LOG_LEVEL: 'loud' },
      'PORT: must be a whole number from 0 to 65535\n  LOG_LEVEL: must be one of',
    ],
    ['a bad flag', 'start --port 70000', {}, 'PORT: must be a whole number from 0 to 65535'],
    [
      'a database that is not there',
      'migrate',
      { DATABASE_URL: 'postgres://promosmith@127.0.0.1:1/x' },
      'The database of DATABASE_URL cannot be reached',
    ],
    [
      'an unknown scope',
      'keys create --brand demo --name x --scope all:things',
      {},
      "argument 'all:things' is invalid",
    ],
    [
      'a bad instant',
      'keys create --brand demo --name x --all --expires soon',
      {},
      '--expires soon is not an instant',
    ],
    [
      'an unknown role',
      'staff add --brand demo --email a@b.example --name x --role king',
      {},
      "argument 'king' is invalid",
    ],
    ['no role', 'staff add --brand demo --email a@b.example --name x', {}, "'--role <role>' not specified"],
    ['a bad address', 'staff set-password --email kim', {}, "argument 'kim' is invalid"],
    ['an unknown command', 'launch', {}, "unknown command 'launch'"],
    [
      'a file that is not there',
      'codes import /nowhere/codes.csv --brand demo --campaign x',
      {},
      "The file cannot be read: ENOENT: no such file or directory, open '/nowhere/codes.csv'",
    ],
    [
      'a folder for a file',
      'codes import / --brand demo --campaign x',
      {},
      '/ is a folder: name a CSV file.',
    ],
  ])('%s', async (_, line, env, message) => {
    const { code, out, err } = await run(words(line), env);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

const leaves = commandsOf(createProgram()).filter(([, { commands }]) => commands.length === 0);

test.each(leaves.map(([path]) => path.join(' ')))('%s has help with examples', async (line) => {
  const { code, out, err } = await run([...words(line), '--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`Usage: promosmith ${line}`);
  expect(out).toMatch(/Examples?:\n {2}(\S+=\S+ )*promosmith/);
});
