import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Actor, PERMISSIONS, type Permission, type Route } from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import { SignJWT } from 'jose';
import { createApp } from '../app.ts';
import type { Reviews } from '../features/activations/index.ts';
import type { Analytics } from '../features/analytics/index.ts';
import type { Brand, NewBrand } from '../features/brands/index.ts';
import type { Channels } from '../features/channels/index.ts';
import type { Cohorts } from '../features/cohorts/index.ts';
import type { Enrolments } from '../features/journeys/index.ts';
import type { NewApiKey, Staff } from '../features/staff/index.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import type { Database } from '../platform/db.ts';
import { TURNED_AWAY } from '../platform/http/overload.ts';
import { createTestDatabase } from '../platform/testing/index.ts';

const MS_PER_S = 1_000;
const SYSTEM: Actor = { kind: 'system', id: 'test' };

const LUCKY_STAR: NewBrand = {
  slug: 'lucky-star',
  name: 'Lucky Star',
  timeZone: 'Europe/Malta',
  currency: 'EUR',
};

export interface TestAppOptions {
  /** Differences from a brand in EUR and Europe/Malta. */
  brand?: Partial<NewBrand>;
  config?: Partial<Config>;
}

export interface TestRequest {
  /** An API key or player token; the owner's key when left out, none when null. */
  key?: string | null;
  /** Sent as JSON unless it is a string. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** An answer as a test reads it: `body` is parsed when it is JSON. */
export interface TestResponse {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of the body by comparing it
  body: any;
}

export interface TestApp extends AsyncDisposable {
  url: string;
  db: Database;
  /** Connection URL of the database, for another app or process on it. */
  databaseUrl: string;
  config: Config;
  analytics: Analytics;
  cohorts: Pick<Cohorts, 'count' | 'recount' | 'refresh'>;
  brand: Brand;
  channels: Channels;
  enrolments: Enrolments;
  /** Tells journeys of some of what was published and sealed. */
  hear(): Promise<boolean>;
  reviews: Reviews;
  staff: Staff;
  /** Every route that is mounted. */
  routes: readonly Route[];
  /** A secret key with every scope. */
  ownerKey: string;
  /** @returns the secret of a new API key of the brand. */
  key(scopes: readonly Permission[]): Promise<string>;
  publishableKey(): Promise<string>;
  /** Another brand of the same server, with a key that has every scope. */
  anotherBrand(brand?: Partial<NewBrand>): Promise<{ brand: Brand; ownerKey: string }>;
  /** A token as the brand's platform signs it, good for an hour. */
  playerToken(externalId: string): Promise<string>;
  request(method: string, path: string, options?: TestRequest): Promise<TestResponse>;
  close(): Promise<void>;
}

/**
 * The real app on a port of its own and a fresh database, with one brand. Use
 * `await using app = await startTestApp()`, or call `close`.
 */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const poolSize = options.config?.databasePoolSize;
  const { db, url: databaseUrl, drop } = await createTestDatabase(poolSize === undefined ? {} : { poolSize });
  const config: Config = {
    ...loadConfig({ NODE_ENV: 'test', LOG_LEVEL: 'error', SECRET_KEY: randomBytes(32).toString('base64') }),
    port: 0,
    databaseUrl,
    ...options.config,
  };
  const app = await createApp(config, db);
  const url = await app.listen();

  async function makeKey(brandId: string, scopes: readonly Permission[]): Promise<string> {
    const kind = scopes.length === 0 ? 'publishable' : 'secret';
    const key: NewApiKey = { brandId, name: `test ${kind}`, kind, scopes };
    return must(await app.staff.createApiKey(key, { actor: SYSTEM, permissions: 'all' })).secret;
  }
  async function makeBrand(brand: NewBrand): Promise<{ brand: Brand; ownerKey: string }> {
    const made = must(await app.brands.create(brand, { actor: SYSTEM }));
    return { brand: made, ownerKey: await makeKey(made.brandId, Object.keys(PERMISSIONS) as Permission[]) };
  }

  const { brand, ownerKey } = await makeBrand({ ...LUCKY_STAR, ...options.brand });
  const { brandId, slug } = brand;
  const tokenSecret = randomBytes(32).toString('hex');
  must(
    await app.brands.setPlayerTokens(brandId, { kind: 'hs256', secrets: [tokenSecret] }, { actor: SYSTEM }),
  );

  let brands = 1;
  const close = async () => {
    await app.close();
    await drop();
  };
  return {
    url,
    db,
    databaseUrl,
    config,
    analytics: app.analytics,
    cohorts: app.cohorts,
    brand,
    channels: app.channels,
    enrolments: app.journeys.enrolments,
    hear: app.journeys.hear,
    reviews: app.reviews,
    staff: app.staff,
    routes: app.routes,
    ownerKey,
    key: (scopes) => makeKey(brandId, scopes),
    publishableKey: () => makeKey(brandId, []),
    anotherBrand: (other) =>
      makeBrand({ ...LUCKY_STAR, slug: `other-${++brands}`, name: `Other ${brands}`, ...other }),
    playerToken: (externalId) =>
      new SignJWT({ brand: slug })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(externalId)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(tokenSecret)),
    request: (method, path, { key = ownerKey, body, headers } = {}) =>
      send(`${url}${path}`, {
        method,
        headers: {
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** As a client does, again when it was turned away: tests are in the server's process, and may be what keeps it busy. */
async function send(url: string, init: RequestInit): Promise<TestResponse> {
  for (;;) {
    const response = await sendOnce(url, init);
    if (response.status !== 503 || response.body.detail !== TURNED_AWAY) return response;
    await delay(Number(response.headers.get('retry-after')) * MS_PER_S);
  }
}

async function sendOnce(url: string, init: RequestInit): Promise<TestResponse> {
  const response = await fetch(url, init);
  const endless = response.headers.get('content-type') === 'text/event-stream';
  if (endless) await response.body?.cancel();
  const text = endless ? '' : await response.text();
  const isJson =
    /^application\/(?:problem\+)?json\b/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** @throws when the result is a refusal: what a test sets up must succeed. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.key}: ${result.refusal.message}`);
  return result.value;
}
