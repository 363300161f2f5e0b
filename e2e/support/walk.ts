import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createTestDatabase } from '../../apps/server/src/platform/testing/index.ts';

const root = dirname(dirname(import.meta.dirname));

/** What came of a walk. */
export interface Walked {
  /** Exit code of the shell. */
  code: unknown;
  /** What the commands printed. */
  output: string;
  /** Every line of it that is a JSON object, in order: the answers of the API. */
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of an answer by comparing it
  answers: any[];
  /** What the server logged as its own mistakes. */
  errors: string[];
}

/**
 * Does what a document tells its readers to: starts a server as `npm start` does, on a database of its own, and pastes
 * all blocks of bash into a shell.
 * @param path of the document, from the root of the project.
 * @param replaced texts that are otherwise on this machine.
 */
export async function walk(path: string, replaced: Readonly<Record<string, string>> = {}): Promise<Walked> {
  await using cleanUp = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'promosmith-walk-'));
  cleanUp.defer(() => rm(dataDir, { recursive: true }));
  const database = await createTestDatabase();
  cleanUp.defer(database.drop);
  const server = await startAsNpmStartDoes(database.url, dataDir);
  cleanUp.defer(server.stop);

  let script = bashBlocks(readFileSync(join(root, path), 'utf8'))
    .replaceAll('http://localhost:3000', server.url)
    .replaceAll('.data/demo.key', join(dataDir, 'demo.key'));
  for (const [text, here] of Object.entries(replaced)) script = script.replaceAll(text, here);
  const { code, output } = await runBash(script);
  const answers = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  return { code, output, answers, errors: server.errors() };
}

const bashBlocks = (markdown: string): string =>
  [...markdown.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n');

/** The command of the `start` script, but for the port, the folder and the database. */
async function startAsNpmStartDoes(databaseUrl: string, dataDir: string) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const args = scripts.start.split('scripts/run.mjs ')[1].split(' ');
  const server = spawn(process.execPath, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      PORT: '0',
      DEMO_HISTORY: 'false',
    },
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

/** A document that waits for what never comes is at its end after this long. */
const PATIENCE_MS = 90_000;

async function runBash(script: string): Promise<{ code: unknown; output: string }> {
  const bash = spawn('bash', ['-e', '-c', script], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  let output = '';
  for (const stream of [bash.stdout, bash.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  const closed = once(bash, 'close');
  const [code] = await once(bash, 'exit');
  endGroupOf(bash);
  await closed;
  return { code, output };
}

/** What it left in the background would hold its output open. */
function endGroupOf({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    const nobodyIsLeft = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!nobodyIsLeft) throw error;
  }
}
