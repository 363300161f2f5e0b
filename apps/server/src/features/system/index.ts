import { getSystem, type System } from '@promosmith/contract';
import { reply } from '../../platform/http/server.ts';
import { pendingMigrations } from '../../platform/migrations.ts';
import type { Platform } from '../../platform/platform.ts';
import { VERSION } from '../../platform/version.ts';
import * as views from './views.ts';

/** How the installation is doing, for an administrator to look at. */
export function createSystem({ config, db, http }: Platform): void {
  async function look(brandId: string): Promise<System> {
    const { now, version, startedAt, sizeBytes, connections, oldestStatement } = await views.database(db);
    const { totalCount, idleCount, waitingCount } = db.pool;
    return {
      version: VERSION,
      now,
      process: processNow(config.backgroundWork),
      processes: config.processes,
      database: {
        version,
        startedAt,
        sizeBytes,
        connections,
        pool: { open: totalCount, idle: idleCount, waiting: waitingCount, most: config.databasePoolSize },
        oldestStatement,
      },
      migrations: { ...(await views.migrations(db)), pending: await pendingMigrations(db.pool) },
      queues: await views.queues(db),
      reconciliation: await views.latestReconciliation(db, brandId),
    };
  }

  http.mount(getSystem, async (_, { caller }) => reply(200, await look(caller.brandId)));
}

function processNow(backgroundWork: boolean): System['process'] {
  const uptimeSeconds = Math.floor(process.uptime());
  return {
    startedAt: new Date(Date.now() - uptimeSeconds * 1000).toISOString(),
    uptimeSeconds,
    memoryBytes: process.memoryUsage.rss(),
    nodeVersion: process.versions.node,
    backgroundWork,
  };
}
