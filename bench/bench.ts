import { join } from 'node:path';
import { type Database, openDatabase } from '../apps/server/src/platform/db.ts';
import { createBaseline } from './baseline/index.ts';
import { type BenchBrand, makeBrand } from './environment/brand.ts';
import { makePlayers } from './environment/players.ts';
import { startPostgres } from './environment/postgres.ts';
import { type ServerProcess, startServer } from './environment/processes.ts';
import type { Figure } from './report.ts';

const POOL_SIZE = 4;

/** What every figure is measured on. */
export interface Bench {
  db: Database;
  databaseUrl: string;
  brand: BenchBrand;
  /** The product's server, started when first asked for. */
  server(): Promise<ServerProcess>;
  /** Runs `work` against a server that has done nothing yet. */
  withFreshServer<T>(work: (server: ServerProcess) => Promise<T>): Promise<T>;
  /** Runs `work` against the product's HTTP stack with nothing behind it. */
  withNoopServer<T>(work: (server: ServerProcess) => Promise<T>): Promise<T>;
  /** The result of `measure`, which runs at most once however many figures need it. */
  once<T>(name: string, measure: () => Promise<T>): Promise<T>;
  /** Starts a measured run on even terms: nothing left to write back from the one before. */
  settle(): Promise<void>;
}

/** Figures that are measured together. */
export interface Group {
  /** Of the figures, for choosing them. */
  names: readonly string[];
  measure(bench: Bench): Promise<Figure[]>;
}

export interface BenchOptions {
  /** Options of Node for the product's server, e.g. to profile it. */
  serverOptions: readonly string[];
}

const root = join(import.meta.dirname, '..');
const main = join(root, 'apps/server/src/main.ts');
const noop = join(import.meta.dirname, 'environment/noop-server.ts');

/** Sets everything up, runs `work` and takes it all down again. */
export async function withBench<T>(options: BenchOptions, work: (bench: Bench) => Promise<T>): Promise<T> {
  await using stack = new AsyncDisposableStack();
  const postgres = await startPostgres(root);
  stack.defer(postgres.stop);
  const db = openDatabase(postgres.url, {
    poolSize: POOL_SIZE,
    onIdleError: (error) => console.error(error),
  });
  stack.defer(db.close);
  const brand = await makeBrand(db, postgres.url);
  await makePlayers(db, brand.brandId);
  await createBaseline(db);

  const kept = new Map<string, Promise<unknown>>();
  const once = <R>(name: string, measure: () => Promise<R>): Promise<R> => {
    const found = (kept.get(name) as Promise<R> | undefined) ?? measure();
    kept.set(name, found);
    return found;
  };
  async function withServer<R>(args: string[], use: (server: ServerProcess) => Promise<R>): Promise<R> {
    const server = await startServer(args, brand.environment);
    try {
      return await use(server);
    } finally {
      await server.stop();
    }
  }
  return await work({
    db,
    databaseUrl: postgres.url,
    brand,
    once,
    server: () =>
      once('server', async () => {
        const server = await startServer([...options.serverOptions, main, 'start'], brand.environment);
        stack.defer(server.stop);
        return server;
      }),
    withFreshServer: (use) => withServer([main, 'start'], use),
    withNoopServer: (use) => withServer([noop], use),
    async settle() {
      await db.query('checkpoint');
    },
  });
}
