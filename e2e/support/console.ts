import { randomUUID } from 'node:crypto';
import type { Role } from '@promosmith/contract';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildConsole } from '../../apps/console/build/build.ts';
import {
  must,
  startTestApp,
  type TestApp,
  type TestAppOptions,
} from '../../apps/server/src/testing/test-app.ts';
import { launchBrowser } from './browser.ts';
import { type ServerProcess, startServer } from './servers.ts';

const PASSWORD = 'correct horse battery staple';
const SYSTEM = { actor: { kind: 'system', id: 'test' }, permissions: 'all' } as const;

/** The product as staff use it: a server of its own, a brand, and a browser. */
export interface ConsoleWorld {
  /** The same database, for what a test prepares or looks up without the pages. */
  readonly app: TestApp;
  readonly server: ServerProcess;
  readonly browser: Browser;
  /** Somebody of that role, signed in at their desk, in a browser profile of their own. */
  signIn(role: Role): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly email: string;
  /** Opens a page of the console, e.g. `/campaigns?status=active`. */
  go(path: string): Promise<void>;
}

/**
 * @param settings of the server's environment.
 * @param options of the app on the same database.
 */
export async function startConsoleWorld(
  settings: Record<string, string> = {},
  options: TestAppOptions = {},
): Promise<ConsoleWorld> {
  await using stack = new AsyncDisposableStack();
  await buildConsole();
  const app = await startTestApp(options);
  stack.defer(() => app.close());
  const server = await startServer(app, settings);
  stack.defer(async () => {
    await server.stop();
  });
  const browser = await launchBrowser();
  stack.defer(() => browser.close());
  const kept = stack.move();
  return {
    ...{ app, server, browser },
    signIn: async (role) => {
      const email = await makeStaff(app, role);
      return signIn(browser, { url: server.url, brand: app.brand.slug, email, password: PASSWORD });
    },
    close: () => kept.disposeAsync(),
  };
}

async function makeStaff(app: TestApp, role: Role): Promise<string> {
  const email = `${role}-${randomUUID()}@staff.example`;
  const { brandId } = app.brand;
  must(await app.staff.addMember({ brandId, email, name: `A ${role}`, role, password: PASSWORD }, SYSTEM));
  return email;
}

interface Desk {
  /** Of the server. */
  readonly url: string;
  /** Slug of the brand. */
  readonly brand: string;
  readonly email: string;
  readonly password: string;
}

/** Signs in to the console, in a browser profile of its own. */
export async function signIn(browser: Browser, { url, brand, email, password }: Desk): Promise<Visit> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1_360, height: 860 },
    locale: 'en-GB',
    timezoneId: 'Europe/Malta',
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await page.goto(`${url}/console`);
  await page.getByLabel('E-mail').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  return {
    ...{ page, email },
    go: async (path) => {
      await page.goto(`${url}/console/${brand}${path}`);
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}
