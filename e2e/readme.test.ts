import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../apps/server/src/platform/testing/index.ts';

const root = dirname(import.meta.dirname);
const SIX = [
  'code.generated',
  'code.activated',
  'bonus.granted',
  'code.limit_reached',
  'code.expired',
  'code.disabled',
];

test('the walk of the README goes as it says', async () => {
  await using cleanUp = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'promosmith-readme-'));
  cleanUp.defer(() => rm(dataDir, { recursive: true }));
  const database = await createTestDatabase();
  cleanUp.defer(database.drop);
  const server = await startAsNpmStartDoes(database.url, dataDir);
  cleanUp.defer(server.stop);

  const walk = bashBlocks(readFileSync(join(root, 'README.md'), 'utf8'))
    .replaceAll('http://localhost:3000', server.url)
    .replaceAll('.data/demo.key', join(dataDir, 'demo.key'))
    .replaceAll('4000', String(await freePort()));
  const { code, output } = await runBash(walk);

  expect(server.errors()).toEqual([]);
  expect(code, output).toBe(0);
  for (const type of SIX) expect(output).toContain(`webhook: ${type}`);
  const answers = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  expect(answers.find(({ status }) => status === 'active')).toMatchObject({ name: 'Welcome' });
  const [anna, again, ben] = answers.filter(({ grants }) => grants !== undefined);
  expect(anna).toMatchObject({
    outcome: 'accepted',
    player: 'anna',
    grants: [{ kind: 'bonus_balance', amount: 1000, currency: 'EUR', wageringRequired: 35_000 }],
  });
  expect(again).toEqual(anna);
  expect(ben).toMatchObject({ outcome: 'accepted', player: 'ben' });
  const refused = answers.find(({ status }) => status === 422);
  expect(refused).toMatchObject({ key: 'player_quantity_exceeded' });
  const explained = answers.find(({ checks }) => checks !== undefined);
  expect(explained).toMatchObject({ activation: { id: refused.activationId, outcome: 'refused' } });
  expect(explained.checks.filter(({ ok }: { ok: boolean }) => !ok)).toHaveLength(refused.reasons.length);
  const feed = answers.at(-1).items.map(({ type }: { type: string }) => type);
  expect(feed).toEqual(expect.arrayContaining(SIX));
  expect(feed.filter((type: string) => type === 'code.limit_reached')).toHaveLength(1);
});

const bashBlocks = (markdown: string): string =>
  [...markdown.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n');

/** The command of the `start` script, but for the port, the folder and the database. */
async function startAsNpmStartDoes(databaseUrl: string, dataDir: string) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const args = scripts.start.split('scripts/run.mjs ')[1].split(' ');
  const server = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      const listens = /listens on (\S+)/.exec(said)?.[1];
      if (listens && said.includes('Its API key')) resolve(listens);
    });
    exited.then(() => reject(new Error(`the server did not start:\n${said}`)));
  });
  return {
    url,
    errors: () => said.split('\n').filter((line) => line.startsWith('{"level":50')),
    stop: async () => {
      server.kill('SIGTERM');
      await exited;
    },
  };
}

async function runBash(script: string): Promise<{ code: unknown; output: string }> {
  const bash = spawn('bash', ['-e', '-c', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [bash.stdout, bash.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  const [code] = await once(bash, 'close');
  return { code, output };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
