import type { Logger } from 'pino';
import type { Config } from '../platform/config.ts';
import { freePort } from '../platform/free-port.ts';
import { createLog } from '../platform/log.ts';
import { leavePrimary, startServerProcesses, tellPrimary } from '../platform/processes/index.ts';
import { openApp, openConfiguredDatabase } from './database.ts';
import { explain } from './failure.ts';

/** What runs by now, stopped in reverse order. */
export type Running = AsyncDisposableStack;

/** A configuration with the URL of a database that is up to date. */
export type ReadyConfig = Config & { databaseUrl: string };

/** Longest time that requests under way may take after a signal to stop. */
const drainMs = 30_000;

/** Listens in this process. @returns the base URL. */
export async function serveHere(config: ReadyConfig, log: Logger, running: Running): Promise<string> {
  const db = openConfiguredDatabase(config, config.databaseUrl, (line) => log.warn(line));
  running.defer(db.close);
  const app = await openApp(config, db);
  running.defer(app.close);
  return app.listen();
}

/**
 * Listens in several processes, to which this one is the primary.
 * @param flags settings that do not come from the environment.
 * @returns the base URL they share, once all of them listen; undefined when they are to stop before.
 */
export async function serveInProcesses(
  config: ReadyConfig,
  flags: Readonly<Record<string, string | undefined>>,
  toStop: Promise<NodeJS.Signals>,
  log: Logger,
  running: Running,
): Promise<string | undefined> {
  // Chosen here, so that one that takes the place of the last has the same.
  const port = config.port || (await freePort(config.host));
  const given = Object.entries(flags).filter((flag): flag is [string, string] => flag[1] !== undefined);
  const processes = startServerProcesses({
    count: config.processes,
    args: ['start'],
    environmentOf: (nth) => ({
      ...Object.fromEntries(given),
      PORT: String(port),
      DATABASE_URL: config.databaseUrl,
      SECRET_KEY: config.secretKey.toString('base64'),
      BACKGROUND_WORK: String(config.backgroundWork && nth === 0),
    }),
    log,
  });
  running.defer(processes.stop);
  return Promise.race([processes.url, toStop.then(() => undefined)]);
}

/** Is one of several processes: listens, and tells the primary so, or why it cannot. */
export async function serveInThisOne(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const toStop = untilSignal();
  try {
    const { databaseUrl } = config;
    if (databaseUrl === undefined) throw new Error('the primary did not say where the database is');
    await using running = new AsyncDisposableStack();
    tellPrimary({ kind: 'listens', url: await serveHere({ ...config, databaseUrl }, log, running) });
    await drainInTime(toStop, log);
  } catch (error) {
    tellPrimary({ kind: 'failed', reason: explain(error) });
    process.exitCode = 1;
  }
  leavePrimary();
}

/** Listens from the very start, so that a signal during the start still ends in a clean stop. */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
}

/** Waits for the signal. What is under way may then finish, but not for ever. */
export async function drainInTime(toStop: Promise<NodeJS.Signals>, log: Logger): Promise<void> {
  log.info({ signal: await toStop }, 'stopping: no new requests, those under way may finish');
  setTimeout(() => {
    log.error('requests under way did not finish in time');
    process.exit(1);
  }, drainMs).unref();
}
