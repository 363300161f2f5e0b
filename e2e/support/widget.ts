import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../../apps/server/src/testing/test-app.ts';
import { launchBrowser } from './browser.ts';
import { type HostPage, type HostSite, startHostSite } from './host-site.ts';

/** Starting Chromium and loading pages on a busy machine. */
export const SLOW = { timeout: 240_000 };

/** A page with the widget, and what it did that it should not. */
export interface WidgetPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors in the console, exceptions, violations of the policy. */
  readonly faults: string[];
  /** Events for the page so far, with their details: those of the name. */
  events(name: string): Promise<EventOnPage[]>;
}

export interface EventOnPage {
  readonly name: string;
  readonly target: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects of the detail by comparing it
  readonly detail: any;
}

export interface OpenOptions extends HostPage {
  /** Signed in when the page is opened. */
  player?: string;
  context?: BrowserContext;
  options?: BrowserContextOptions;
  /** Attributes of the script tag. */
  attributes?: string;
  /** More of the page's own script, before the widget is loaded. */
  script?: string;
}

/** The API, the operator's site on another origin, and a browser. */
export interface WidgetWorld extends AsyncDisposable {
  readonly app: TestApp;
  readonly site: HostSite;
  readonly browser: Browser;
  open(options: OpenOptions): Promise<WidgetPage>;
}

const RECORDER = `
  globalThis.told = [];
  for (const name of ['ready', 'message', 'shown', 'clicked', 'dismissed', 'copied', 'navigate', 'activated', 'refused',
    'validated', 'claimed', 'forfeited', 'unread', 'error'])
    addEventListener('promosmith:' + name, ({ target, detail }) =>
      told.push({ name, target: target.localName ?? 'window', detail }));
  addEventListener('securitypolicyviolation', (event) =>
    console.error('policy', event.violatedDirective, event.blockedURI, event.sample));
`;

/** What the guide tells operators to put on their pages. */
export const STUB = `window.promosmith = window.promosmith || function () { (promosmith.q = promosmith.q || []).push(arguments) };`;

export async function startWidgetWorld(): Promise<WidgetWorld> {
  const site = await startHostSite();
  const [app, browser] = await Promise.all([
    startTestApp({ config: { corsOrigins: [site.url] } }),
    launchBrowser(),
  ]);
  site.tokens = (player) => app.playerToken(player);

  async function open(options: OpenOptions): Promise<WidgetPage> {
    const { player, attributes = '', script = '', body = '', head = '', ...rest } = options;
    const signIn =
      player === undefined
        ? ''
        : `promosmith('token', () => fetch('/token/${player}').then((answer) => answer.text()));`;
    const own = site.file('text/javascript', `${STUB}${signIn}${script}`);
    const url = site.page({
      ...rest,
      head: `${head}<script src="${own}"></script><script async src="${app.url}/widget.js" ${attributes}></script>`,
      body,
    });
    const page = options.context
      ? await options.context.newPage()
      : await browser.newPage(options.options ?? {});
    page.setDefaultTimeout(60_000);
    const faults: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.addInitScript(RECORDER);
    await page.goto(url);
    await page.waitForFunction('told.some(({ name }) => name === "ready")');
    return {
      page,
      faults,
      events: (name) => page.evaluate(`told.filter((one) => one.name === ${JSON.stringify(name)})`),
      [Symbol.asyncDispose]: () => page.close(),
    };
  }

  return {
    app,
    site,
    browser,
    open,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await app.close();
      await site[Symbol.asyncDispose]();
    },
  };
}

/** What a page works out: a computed style of the popup on it. */
export const styleOfPopup = (property: string): string =>
  `getComputedStyle(document.querySelector('promosmith-popup').shadowRoot.querySelector('.popup')).${property}`;
