import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type RunningCasino, startCasino } from '../../apps/casino/src/start.ts';
import { type App, createApp } from '../../apps/server/src/app.ts';
import { originsOfCasino } from '../../apps/server/src/cli/casino.ts';
import { type Demo, seedDemo } from '../../apps/server/src/demo/seed.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import type { Database } from '../../apps/server/src/platform/db.ts';
import { freePort } from '../../apps/server/src/platform/free-port.ts';
import { createTestDatabase } from '../../apps/server/src/platform/testing/index.ts';

/** A server with the demo brand and the casino beside it, both in this process. */
export interface CasinoWorld {
  /** Of the casino. */
  url: string;
  /** Of the API. */
  apiUrl: string;
  casino: RunningCasino;
  app: App;
  db: Database;
  demo: Demo;
  /** Calls the API with the key that may do everything. */
  api(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  /** What went wrong inside the casino. */
  errors: readonly unknown[];
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of the body by comparing it
export type ApiAnswer = any;

/** Gets the URL of the server, and says where it is reached. */
type Way = (url: string) => Promise<string>;
const straight: Way = async (url) => url;

/**
 * @param between of the casino's back end.
 * @param browsersBetween of the pages in browsers.
 */
export async function startCasinoWorld(
  between: Way = straight,
  browsersBetween: Way = straight,
): Promise<CasinoWorld> {
  const cleanUp = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'promosmith-casino-'));
  cleanUp.defer(() => rm(dataDir, { recursive: true }));
  const { db, url: databaseUrl, drop } = await createTestDatabase();
  cleanUp.defer(drop);
  const defaults = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    OUTBOUND_ALLOW_PRIVATE: 'true',
    SECRET_KEY: randomBytes(32).toString('base64'),
  });
  const port = await freePort(defaults.host);
  const ownPort = await freePort(defaults.host);
  const config = {
    ...{ ...defaults, port: ownPort, databaseUrl, dataDir },
    publicUrl: `http://localhost:${ownPort}`,
    corsOrigins: originsOfCasino(defaults, port),
  };
  const app = await createApp(config, db);
  cleanUp.defer(app.close);
  const promosmithUrl = await app.listen();
  const demo = await seedDemo(app, dataDir);
  const errors: unknown[] = [];
  const casino = await startCasino(
    {
      ...{ host: config.host, port, dataDir: join(dataDir, 'casino') },
      ...{
        promosmithUrl: await between(promosmithUrl),
        promosmithPublicUrl: await browsersBetween(config.publicUrl),
      },
      ...{ promosmithKey: demo.casino.key, promosmithPublishableKey: demo.casino.publishableKey },
    },
    (error) => errors.push(error),
  );
  cleanUp.defer(casino.close);
  return {
    ...{ url: casino.url, apiUrl: promosmithUrl, casino, app, db, demo, errors },
    async api(method, path, body) {
      const answer = await fetch(`${promosmithUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${demo.apiKey}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return answer.json();
    },
    close: () => cleanUp.disposeAsync(),
  };
}

/** A page in a profile of its own, and what it did that it should not. */
export interface Visitor extends AsyncDisposable {
  page: Page;
  faults: string[];
}

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => console.error('policy', event.violatedDirective, event.blockedURI))",
  );
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}

/** What is written there, with its white space as a reader sees it. */
export const textOf = async (place: Locator): Promise<string> =>
  ((await place.textContent()) ?? '').replace(/\s+/g, ' ').trim();

let joined = 0;
const PASSWORD = 'a long password';

/** Fills the registration form in and sends it. @returns the address. */
export async function joinCasino(page: Page, url: string, code = '', { news = false } = {}): Promise<string> {
  const email = `player${++joined}@example.com`;
  await page.goto(`${url}/register`);
  await page.getByLabel('First name').fill(`Bea ${joined}`);
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Date of birth').fill('1990-04-12');
  if (code) await page.getByLabel('Promo code').last().fill(code);
  if (news) await page.getByLabel('Tell me of offers').check();
  await page.getByLabel('I am 18 or older').check();
  await page.getByRole('button', { name: 'Make my account' }).click();
  await page.waitForURL(`${url}/`);
  return email;
}

export async function logIn(page: Page, url: string, email: string, password = PASSWORD): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(`${url}/`);
}

export async function logOut(page: Page, url: string): Promise<void> {
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(`${url}/`);
}

/** The platform's id of whoever is signed in on the page. */
export async function playerOn(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/platform`);
  return (await page.locator('.lead code').textContent()) ?? '';
}

export async function deposit(page: Page, url: string, amount: string, code = ''): Promise<void> {
  await page.goto(`${url}/cashier`);
  const form = page.locator('form[action="/cashier/deposits"]');
  await form.getByLabel('Amount').fill(amount);
  if (code) await form.getByLabel('Promo code').last().fill(code);
  await form.getByRole('button', { name: 'Deposit' }).click();
  await page.waitForURL(/\/cashier\/payments\//);
}
