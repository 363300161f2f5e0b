import { randomBytes } from 'node:crypto';
import type { EventType } from '@promosmith/contract';
import { seal } from '../../../platform/chain.ts';
import { type Config, loadConfig } from '../../../platform/config.ts';
import type { Database } from '../../../platform/db.ts';
import { createHttpServer } from '../../../platform/http/server.ts';
import { createLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { createAgent } from '../../../platform/outbound/agent.ts';
import { type NewEvent, publish } from '../../../platform/outbox.ts';
import type { Platform } from '../../../platform/platform.ts';
import { openSecrets } from '../../../platform/secrets.ts';
import { createSetAsides } from '../../../platform/set-aside.ts';
import { createTestDatabase } from '../../../platform/testing/index.ts';
import { createTicker } from '../../../platform/ticker.ts';
import { must } from '../../../testing/test-app.ts';
import { type Brand, createBrands } from '../../brands/index.ts';
import { fanOut } from '../delivery/fan-out.ts';
import { createSender, type Sender, type Timing } from '../delivery/sender.ts';
import { createWebhookService, type Origin, type WebhookService } from '../service.ts';
import { listDeliveries } from '../store/deliveries.ts';
import { findEndpoint } from '../store/endpoints.ts';

/** Failed attempts are tried again at once, four times. */
export const AT_ONCE: Timing = { backoffMs: [0, 0, 0, 0], timeoutMs: 5000, leaseMs: 60_000, perEndpoint: 10 };

/** One process that delivers, driven by hand. */
export interface Dispatcher {
  /** Turns events into deliveries until there are no more. */
  fanOut(): Promise<void>;
  sender: Sender;
  /** Attempts what is due until nothing is due. */
  run(): Promise<void>;
  close(): Promise<void>;
}

export interface Bench extends AsyncDisposable {
  db: Database;
  databaseUrl: string;
  config: Config;
  brand: Brand;
  origin: Origin;
  webhooks: WebhookService;
  dispatcher(timing?: Partial<Timing>, allowPrivate?: boolean): Dispatcher;
  /** Publishes and seals events, numbered in their data, so many in a row of the outbox. */
  publish(types: readonly EventType[], perRow?: number): Promise<void>;
  create(url: string, eventTypes?: EventType[] | null): Promise<{ webhookId: string; secret: string }>;
  deliveries(webhookId: string): ReturnType<typeof listDeliveries>;
  webhook(webhookId: string): ReturnType<typeof findEndpoint>;
}

/** A brand on a fresh database, and dispatchers on it that run when told to, not by a clock. */
export async function startBench(): Promise<Bench> {
  const { db, url: databaseUrl, drop } = await createTestDatabase();
  const platform = await platformOn(db);
  const brands = createBrands(platform);
  const actor = { kind: 'system', id: 'test' } as const;
  const brand = must(
    await brands.create(
      { slug: 'lucky-star', name: 'Lucky Star', timeZone: 'Europe/Malta', currency: 'EUR' },
      { actor },
    ),
  );
  const { brandId } = brand;
  const origin = { brandId, actor, requestId: 'request' };
  const webhooks = createWebhookService(db, platform.secrets, true);
  const dispatchers: Dispatcher[] = [];
  let published = 0;

  function dispatcher(timing: Partial<Timing> = {}, allowPrivate = true): Dispatcher {
    const chosen = { ...AT_ONCE, ...timing };
    const agent = createAgent({ allowPrivate, connectTimeoutMs: chosen.timeoutMs });
    let more = false;
    const sender = createSender({ ...platform, metrics: createMetrics() }, brands, agent, chosen, () => {
      more = true;
    });
    const made: Dispatcher = {
      sender,
      async fanOut() {
        while (await fanOut(db, brands));
      },
      async run() {
        do {
          more = false;
          await sender.send();
          await sender.settle();
        } while (more);
      },
      async close() {
        await sender.settle();
        await agent.destroy();
      },
    };
    dispatchers.push(made);
    return made;
  }

  return {
    db,
    databaseUrl,
    config: platform.config,
    brand,
    origin,
    webhooks,
    dispatcher,
    async publish(types, perRow = types.length) {
      const events: NewEvent[] = types.map((type) => ({ type, subject: 'code/1', data: { n: published++ } }));
      const time = new Date().toISOString();
      for (let start = 0; start < events.length; start += perRow)
        await publish(
          db,
          { brandId, actor, correlationId: 'request', time },
          events.slice(start, start + perRow),
        );
      while (await seal(db, 'outbox'));
    },
    async create(url, eventTypes = null) {
      const { webhookId, secret } = must(await webhooks.create({ url, description: '', eventTypes }, origin));
      return { webhookId, secret };
    },
    deliveries: (webhookId) => listDeliveries(db, webhookId, {}, 1000),
    webhook: (webhookId) => findEndpoint(db, brandId, webhookId),
    async [Symbol.asyncDispose]() {
      await Promise.all(dispatchers.map((each) => each.close()));
      await drop();
    },
  };
}

async function platformOn(db: Database): Promise<Platform> {
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    SECRET_KEY: randomBytes(32).toString('base64'),
  });
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  return {
    config,
    db,
    log,
    metrics,
    http: await createHttpServer({
      log,
      metrics,
      trustProxy: false,
      https: false,
      corsOrigins: [],
      authenticate: () => Promise.reject(new Error('nobody calls this server')),
    }),
    secrets: openSecrets(config.secretKey),
    setAside: createSetAsides({ log, metrics }),
    ticker: createTicker(log, { looksForWork: true }),
  };
}
