import type { FastifyInstance } from 'fastify';
import type { Database } from '../db.ts';
import type { Metrics } from '../metrics.ts';
import { pendingMigrations } from '../migrations.ts';
import { sendRefusal } from './errors.ts';
import { ALWAYS_ANSWERED } from './overload.ts';

export interface SystemOptions {
  db: Database;
  metrics: Metrics;
  /** Whether the process has been told to stop. */
  isDraining: () => boolean;
}

/**
 * What runs the process asks it: `/healthz` (is it up: restart it if not), `/readyz` (may it get requests: database
 * reachable, schema current, not stopping), `/metrics` (Prometheus). No credential: keep them from the public.
 */
export function mountSystemRoutes(
  fastify: FastifyInstance,
  { db, metrics, isDraining }: SystemOptions,
): void {
  fastify.get('/healthz', ALWAYS_ANSWERED, () => ({ status: 'ok' }));

  fastify.get('/readyz', ALWAYS_ANSWERED, async (request, response) => {
    const reason = isDraining() ? 'it is shutting down' : await whyNotReady(db);
    if (reason === undefined) return { status: 'ready' };
    return sendRefusal(request, response, {
      key: 'not_ready',
      message: `The server takes no requests: ${reason}.`,
    });
  });

  fastify.get('/metrics', ALWAYS_ANSWERED, async (_, response) =>
    response.type(metrics.contentType).send(await metrics.text()),
  );

  metrics.gauge('promosmith_processes', 'Server processes', (gauge) => gauge.set(1));
  metrics.gauge('promosmith_db_pool_connections', 'Connections to PostgreSQL, open', (gauge) =>
    gauge.set(db.pool.totalCount),
  );
  metrics.gauge(
    'promosmith_db_pool_idle_connections',
    'Connections to PostgreSQL that wait for work',
    (gauge) => gauge.set(db.pool.idleCount),
  );
  metrics.gauge('promosmith_db_pool_waiting', 'Work that waits for a connection to PostgreSQL', (gauge) =>
    gauge.set(db.pool.waitingCount),
  );
}

async function whyNotReady(db: Database): Promise<string | undefined> {
  try {
    const pending = await pendingMigrations(db.pool);
    return pending.length === 0 ? undefined : `the schema lacks ${pending.join(', ')}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
