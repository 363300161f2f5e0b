import { activateCode } from '@promosmith/contract';
import { createApp } from '../../apps/server/src/app.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import { openDatabase } from '../../apps/server/src/platform/db.ts';
import { createHttpServer, reply } from '../../apps/server/src/platform/http/server.ts';
import { createLog } from '../../apps/server/src/platform/log.ts';
import { createMetrics } from '../../apps/server/src/platform/metrics.ts';

/**
 * The product's HTTP stack (server, credentials, check of headers and body) around a handler that does nothing: what
 * any answer costs at least. A process of its own, so that the product has no route for it.
 */
const config = loadConfig();
const db = openDatabase(config.databaseUrl ?? '', {
  poolSize: config.databasePoolSize,
  onIdleError: (error) => console.error(error),
});
const app = await createApp(config, db);
const { fastify, mount } = createHttpServer({
  log: createLog(config.logLevel),
  metrics: createMetrics(),
  trustProxy: config.trustProxy,
  https: config.publicUrl.startsWith('https:'),
  corsOrigins: config.corsOrigins,
  authenticate: (request, access) => app.staff.authenticate(request, access),
});
const nothing = { ...activateCode, id: 'doNothing', path: '/bench/nothing', success: { 200: null } } as const;
mount(nothing, async () => reply(200, undefined));

console.log(`The no-op server listens on ${await fastify.listen({ host: config.host, port: config.port })}`);
process.once('SIGTERM', async () => {
  await fastify.close();
  await app.close();
  await db.close();
});
