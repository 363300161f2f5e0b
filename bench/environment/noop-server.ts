import { activateCode } from '@promosmith/contract';
import { createApp } from '../../apps/server/src/app.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import { openDatabase } from '../../apps/server/src/platform/db.ts';
import { createHttpServer, reply } from '../../apps/server/src/platform/http/server.ts';
import { createLog } from '../../apps/server/src/platform/log.ts';
import { createMetrics } from '../../apps/server/src/platform/metrics.ts';
import {
  isServerProcess,
  leavePrimary,
  startServerProcesses,
  tellPrimary,
} from '../../apps/server/src/platform/processes/index.ts';

/**
 * The product's HTTP stack (server, credentials, check of headers and body) around a handler that does nothing: what
 * any answer costs at least. A program of its own, so that the product has no route for it; in as many processes.
 */
const config = loadConfig();
const log = createLog(config.logLevel);

/** @returns the base URL, and how to stop. */
async function serve(): Promise<{ url: string; stop(): Promise<void> }> {
  const db = openDatabase(config.databaseUrl ?? '', {
    poolSize: config.databasePoolSize,
    onIdleError: (error) => console.error(error),
  });
  const app = await createApp(config, db);
  const { fastify, mount } = createHttpServer({
    log,
    metrics: createMetrics(),
    trustProxy: config.trustProxy,
    https: config.publicUrl.startsWith('https:'),
    corsOrigins: config.corsOrigins,
    authenticate: (request, access) => app.staff.authenticate(request, access),
  });
  const nothing = {
    ...activateCode,
    id: 'doNothing',
    path: '/bench/nothing',
    success: { 200: null },
  } as const;
  mount(nothing, async () => reply(200, undefined));
  return {
    url: await fastify.listen({ host: config.host, port: config.port }),
    async stop() {
      await fastify.close();
      await app.close();
      await db.close();
    },
  };
}

if (isServerProcess) {
  const { url, stop } = await serve();
  tellPrimary({ kind: 'listens', url });
  process.once('SIGTERM', () => stop().then(leavePrimary));
} else {
  const count = config.processes;
  const processes = startServerProcesses({
    count,
    args: [],
    environmentOf: (nth) => ({ BACKGROUND_WORK: String(nth === 0) }),
    log,
  });
  console.log(`The no-op server listens on ${await processes.url}`);
  process.once('SIGTERM', processes.stop);
}
