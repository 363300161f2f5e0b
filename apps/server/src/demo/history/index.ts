import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Config } from '../../platform/config.ts';
import type { Database } from '../../platform/db.ts';
import { closeWorkshop, moveIn, openWorkshop } from './workshop.ts';

/** How much there is of it: two months, unless asked for less. */
interface Extent {
  readonly days?: number;
  readonly players?: number;
  /** Told of each day that is written, by how many there are by then. */
  readonly lived?: (days: number, of: number) => void;
}

const DAY_MS = 24 * 3_600_000;

/** What the thread is given. */
export interface HistoryOrder {
  readonly config: Config;
  /** Of the workshop. */
  readonly databaseUrl: string;
  /** Ms since 1970. */
  readonly from: number;
  readonly until: number;
  readonly players: number;
}

/**
 * Makes the demo brand together with its last two months. The real application writes them, in a thread and a schema of its
 * own where the time is told; in the end they are there at once, or not at all.
 * @param databaseUrl of `db`.
 */
export async function makeHistory(
  config: Config,
  db: Database,
  databaseUrl: string,
  { days = 60, players = 800, lived }: Extent = {},
): Promise<void> {
  const until = Date.now();
  const from = until - days * DAY_MS;
  const url = await openWorkshop(db, databaseUrl, new Date(from));
  try {
    const order: HistoryOrder = { config, databaseUrl: url, from, until, players };
    const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData: order });
    thread.on('message', (lately: number) => lived?.(lately, days));
    const [code] = (await once(thread, 'exit')) as [number];
    if (code !== 0) throw new Error(`the history of the demo ended with code ${code}`);
  } catch (error) {
    await closeWorkshop(db);
    throw error;
  }
  await moveIn(db);
}
