import { Command } from 'commander';
import { createApp } from '../app.ts';
import { seedDemo } from '../demo/seed.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { createLog } from '../platform/log.ts';
import { migrate } from '../platform/migrations.ts';
import { embeddedDataDir, openConfiguredDatabase } from './database.ts';
import { describeDemo } from './demo.ts';

/** Longest time that requests under way may take after a signal to stop. */
const drainMs = 30_000;

export function startCommand(): Command {
  return new Command('start')
    .description('Run the server: bring the database up to date, then serve the API.')
    .option(
      '--demo',
      'make a demo brand if there is none, and print its API key; webhooks may go to this machine',
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

All settings: docs/guides/configuration.md`,
    )
    .action(async ({ demo, host, port }: { demo?: boolean; host?: string; port?: string }) => {
      const flags = { HOST: host, PORT: port, OUTBOUND_ALLOW_PRIVATE: demo ? 'true' : undefined };
      await serve(loadConfig(undefined, flags), demo === true);
    });
}

/** Serves until SIGINT or SIGTERM, then lets requests under way finish before the database goes. */
async function serve(config: Config, demo: boolean): Promise<void> {
  const log = createLog(config.logLevel);
  const warn = (line: string) => log.warn(line);
  const toStop = untilSignal();
  await using running = new AsyncDisposableStack();

  let url = config.databaseUrl;
  if (url === undefined) {
    const server = await startEmbeddedPostgres({
      dataDir: embeddedDataDir(config),
      log: warn,
    });
    running.defer(server.stop);
    url = server.url;
  }
  const applied = await migrate(url);
  if (applied.length > 0) log.info({ applied }, 'database brought up to date');
  const db = openConfiguredDatabase(config, url, warn);
  running.defer(db.close);
  const app = await createApp(config, db);
  running.defer(app.close);

  const demoBrand = demo ? await seedDemo(app, config.dataDir) : undefined;
  console.log(`Promosmith listens on ${await app.listen()}`);
  if (demoBrand)
    console.log(
      `${describeDemo(demoBrand)}\nWebhooks may go to this machine and to private networks, as this is a demo.`,
    );

  log.info({ signal: await toStop }, 'stopping: no new requests, those under way may finish');
  setTimeout(() => {
    log.error('requests under way did not finish in time');
    process.exit(1);
  }, drainMs).unref();
}

/** Listens from the very start, so that a signal during the start still ends in a clean stop. */
function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, resolve);
  });
}
