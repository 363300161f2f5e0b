import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../apps/server/src/testing/test-app.ts';
import { launchBrowser } from './support/browser.ts';

// A page of 4 MB in a browser without a GPU.
const SLOW = { timeout: 240_000 };

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
}, SLOW.timeout);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** The reference page once it is drawn, and what it did that it should not. */
async function openReference(options: BrowserContextOptions = {}) {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== app.url && url.protocol !== 'data:') faults.push(`asked ${url.href}`);
  });
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => console.error('policy', event.blockedURI))",
  );
  await page.goto(`${app.url}/docs`);
  await page.getByRole('heading', { name: 'Promosmith API' }).waitFor();
  return { page, faults, [Symbol.asyncDispose]: () => page.close() };
}

const fitsItsWidth = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');

const brightness = async (page: Page): Promise<number> => {
  const colour = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  return Math.max(...(colour.match(/\d+/g) ?? []).map(Number));
};

test('shows every operation, and asks nobody but this server', SLOW, async () => {
  await using reference = await openReference();
  const { page, faults } = reference;
  const menu = page.getByRole('complementary', { name: /^Sidebar/ });
  const closed = menu.getByRole('button', { name: /^Open Group/ });
  while ((await closed.count()) > 0) await closed.first().click();
  const shown = (await menu.textContent()) ?? '';
  expect(app.routes.map(({ summary }) => summary).filter((summary) => !shown.includes(summary))).toEqual([]);
  expect(await page.title()).toBe('Promosmith API');
  expect(await brightness(page)).toBeGreaterThan(240);
  expect(faults).toEqual([]);
});

test('a request can be tried with a key', SLOW, async () => {
  await using reference = await openReference();
  const { page, faults } = reference;
  await page
    .getByRole('button', { name: /^Test Request/ })
    .first()
    .click();
  await page.getByPlaceholder('Token').last().fill(app.ownerKey);
  await page.getByRole('button', { name: /^Send/ }).first().click();
  await page.getByText('200 OK').waitFor();
  expect(faults).toEqual([]);
});

test('works on a phone in the dark', SLOW, async () => {
  await using reference = await openReference({
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    hasTouch: true,
  });
  const { page, faults } = reference;
  expect(await brightness(page)).toBeLessThan(40);
  expect(await fitsItsWidth(page)).toBe(true);
  await page.getByRole('button', { name: 'Open Menu' }).tap();
  await page.getByRole('button', { name: /^Open Group.*Activations/ }).tap();
  await page.getByRole('link', { name: 'Use a code for a player' }).tap();
  await page.getByRole('heading', { name: 'Use a code for a player' }).waitFor();
  expect(await fitsItsWidth(page)).toBe(true);
  expect(faults).toEqual([]);
});
