import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestApp } from '../../apps/server/src/testing/test-app.ts';

const MAIN = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url));
const LISTENS = /^Promosmith listens on (\S+)/;

/** A server of its own, as an operator runs it; in one process unless the settings say otherwise. */
export interface ServerProcess {
  readonly url: string;
  readonly process: ChildProcess;
  /** The lines it has printed so far. */
  readonly printed: readonly string[];
  /** SIGKILL: no drain, no goodbye. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for the clean end. @returns the exit code. */
  stop(): Promise<number | null>;
}

/** Servers that nobody has stopped, because a test failed before: they go with the process that started them. */
const started = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

/** Starts a server process on the database of a test app, under its secret key. */
export const startServer = (app: TestApp, settings: Record<string, string> = {}): Promise<ServerProcess> =>
  spawnServer({
    DATABASE_URL: app.databaseUrl,
    SECRET_KEY: app.config.secretKey.toString('base64'),
    DATA_DIR: app.config.dataDir,
    DB_POOL_SIZE: '5',
    ...settings,
  });

/** Starts `promosmith start` with these settings; without DATABASE_URL it keeps a PostgreSQL of its own. */
export async function spawnServer(
  settings: Record<string, string>,
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN, 'start', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inherited,
      PROCESSES: '1',
      PORT: '0',
      LOG_LEVEL: 'warn',
      NODE_ENV: 'test',
      DEMO_HISTORY: 'false',
      ...settings,
    },
  });
  started.add(child);
  child.once('exit', () => started.delete(child));
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const ended = async () => (await exited)[0];
  const printed: string[] = [];
  const url = await Promise.race([
    listening(child, printed),
    ended().then((code) => {
      throw new Error(`the server ended with ${code} before it listened: ${errors.join('')}`);
    }),
  ]);
  return {
    url,
    process: child,
    printed,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    stop() {
      child.kill('SIGTERM');
      return ended();
    },
  };
}

/** @param printed gets every line. */
async function listening(child: ChildProcess, printed: string[]): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      printed.push(line);
      const url = LISTENS.exec(line)?.[1];
      if (url) resolve(url);
    });
  });
}

export const startServers = (app: TestApp, count: number): Promise<ServerProcess[]> =>
  Promise.all(Array.from({ length: count }, () => startServer(app)));
