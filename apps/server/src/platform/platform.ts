import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Database } from './db.ts';
import type { HttpServer } from './http/server.ts';
import type { Metrics } from './metrics.ts';
import type { Secrets } from './secrets.ts';
import type { SetAside } from './set-aside.ts';
import type { Ticker } from './ticker.ts';

/** What every feature is built from. app.ts makes it once and hands it on. */
export interface Platform {
  config: Config;
  db: Database;
  http: HttpServer;
  log: Logger;
  metrics: Metrics;
  secrets: Secrets;
  /** @param task what the background work does, as logs and metrics name it. */
  setAside(task: string): SetAside;
  ticker: Ticker;
}
