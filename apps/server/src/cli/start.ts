import { Command } from 'commander';
import type { Logger } from 'pino';
import { runDailyCode } from '../demo/run-daily-code.ts';
import type { Demo } from '../demo/seed.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import { PIPELINED_CONNECTIONS } from '../platform/db.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { freePort } from '../platform/free-port.ts';
import { createLog } from '../platform/log.ts';
import { migrate } from '../platform/migrations.ts';
import { isServerProcess } from '../platform/processes/index.ts';
import { openSecrets } from '../platform/secrets.ts';
import { needsSetUp, setUpToken } from '../platform/set-up.ts';
import { onThisMachine, originsOfCasino, startCasino } from './casino.ts';
import { embeddedDataDir, withDatabase } from './database.ts';
import { describeDemo, makeDemo } from './demo.ts';
import {
  drainInTime,
  type Running,
  serveHere,
  serveInProcesses,
  serveInThisOne,
  untilSignal,
} from './serve.ts';

/** What the flags set, under the names of the settings. */
type Flags = Readonly<Record<string, string | undefined>>;

export function startCommand(): Command {
  return new Command('start')
    .description('Run the server: bring the database up to date, then serve the API.')
    .option(
      '--demo',
      'make a demo brand if there is none, print its API key, and open a demo casino; webhooks may go to this machine',
    )
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <number>', 'port to listen on (PORT)')
    .addHelpText(
      'after',
      `
Examples:
  promosmith start                      its own PostgreSQL, http://127.0.0.1:3000
  promosmith start --demo --port 8080
  DATABASE_URL=postgres://user:password@db.example/promosmith promosmith start --host 0.0.0.0

It serves in one process per core, at most 4 (PROCESSES). All settings: docs/guides/configuration.md`,
    )
    .action(async ({ demo, host, port }: { demo?: boolean; host?: string; port?: string }) => {
      const flags: Flags = { HOST: host, PORT: port, OUTBOUND_ALLOW_PRIVATE: demo ? 'true' : undefined };
      const config = loadConfig(undefined, flags);
      await (isServerProcess ? serveInThisOne(config) : start(config, flags, demo === true));
    });
}

/** Sets everything up and serves until SIGINT or SIGTERM, then lets requests under way finish before the database goes. */
async function start(config: Config, flags: Flags, demo: boolean): Promise<void> {
  const log = createLog(config.logLevel);
  const toStop = untilSignal();
  await using running = new AsyncDisposableStack();

  const databaseUrl = config.databaseUrl ?? (await ownPostgres(config, running, (line) => log.warn(line)));
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) log.info({ applied }, 'database brought up to date');
  const casinoPort = demo ? config.casinoPort || (await freePort(config.host)) : undefined;
  const casinoOrigins = casinoPort === undefined ? [] : originsOfCasino(config, casinoPort);
  const corsOrigins = [...config.corsOrigins, ...casinoOrigins];
  const ready = { ...config, databaseUrl, corsOrigins };
  const made = demo
    ? await withDatabase(ready, (db, at) =>
        makeDemo(ready, { db, url: at, tell: (line) => console.log(line) }),
      )
    : undefined;

  const url =
    config.processes === 1
      ? await serveHere(ready, log, running)
      : await serveInProcesses(ready, { ...flags, CORS_ORIGINS: corsOrigins.join() }, toStop, log, running);
  if (url !== undefined) console.log(`Promosmith listens on ${url}`);
  if (url !== undefined && (await withDatabase(ready, needsSetUp)))
    console.log(
      `There is no brand yet: make one at ${onThisMachine(url)}/console with the set-up token ${setUpToken(openSecrets(config.secretKey))}`,
    );
  if (made)
    console.log(
      `${describeDemo(made)}${url === undefined ? '' : `\nThey sign in at: ${url}/console`}\nWebhooks may go to this machine and to private networks, as this is a demo.`,
    );
  if (made && url !== undefined && casinoPort !== undefined) {
    if (await runsDailyCode(onThisMachine(url), made, log))
      console.log('Its journey: who logs in at the casino gets a popup with a code of their own, once a day');
    running.defer(startCasino({ config, port: casinoPort, url, credentials: made.casino, log }));
  }
  await drainInTime(toStop, log);
}

/** @returns whether it does; why not is logged, and no reason to stop the rest of the demo. */
async function runsDailyCode(url: string, { apiKey }: Demo, log: Logger): Promise<boolean> {
  try {
    await runDailyCode(url, apiKey);
    return true;
  } catch (error) {
    log.error({ err: error }, 'the journey of the demo was not set up; the server goes on without it');
    return false;
  }
}

/** Of a process besides its pool: those of the hot paths, and a few for commands that run beside the server. */
const connectionsBesidePool = PIPELINED_CONNECTIONS + 4;
const usualConnections = 100;

async function ownPostgres(config: Config, running: Running, warn: (line: string) => void): Promise<string> {
  const needed = config.processes * (config.databasePoolSize + connectionsBesidePool);
  const server = await startEmbeddedPostgres({
    dataDir: embeddedDataDir(config),
    log: warn,
    settings: { max_connections: String(Math.max(usualConnections, needed)) },
  });
  running.defer(server.stop);
  return server.url;
}
