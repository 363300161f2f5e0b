import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  aRequest,
  composed,
  prepareMessages,
} from '../../apps/server/src/features/channels/testing/messages.ts';
import { findingsOf } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  type CasinoWorld,
  deposit,
  joinCasino,
  playerOn,
  startCasinoWorld,
  visit,
} from '../support/casino.ts';

// The widget on the casino's pages, and what every page owes its readers.

const SLOW = { timeout: 240_000 };

let world: CasinoWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startCasinoWorld(), launchBrowser()]);
}, SLOW.timeout);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

test('a code is tried before there is an account, and used with it', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page, faults } = visitor;
  await page.goto(`${world.url}/register`);
  const entry = page.locator('promosmith-code');
  await entry.getByRole('textbox').fill('LANTERN');
  await entry.getByRole('button').click();
  await entry.getByRole('status').filter({ hasText: /\S/ }).waitFor();
  // The plain field that stood in its place is gone: the form has one code.
  expect(await page.locator('input[name="code"]').count()).toBe(0);
  await joinCasino(page, world.url, 'LANTERN');
  await page.getByText('LANTERN is yours').waitFor();
  expect(faults).toEqual([]);
});

test(
  'my bonuses show how far they are; a code is entered there, or refused with the reason',
  SLOW,
  async () => {
    await using visitor = await visit(browser);
    const { page, faults } = visitor;
    await joinCasino(page, world.url);
    await deposit(page, world.url, '20', 'TOPUP50');
    await page.goto(`${world.url}/slot`);
    await page.getByRole('button', { name: 'Spin', exact: true }).click();
    await page.locator('[data-wagered="100"]').waitFor();

    await page.goto(`${world.url}/bonuses`);
    const bonuses = page.locator('promosmith-bonuses');
    await bonuses.getByText(/€1\.00\D+20\.00/).waitFor();
    const entry = page.locator('promosmith-code');
    await entry.getByRole('textbox').fill('tenonus');
    await entry.getByRole('button').click();
    await bonuses.getByText(/€0\.00\D+300\.00/).waitFor();
    await entry.getByRole('textbox').fill('TENONUS');
    await entry.getByRole('button').click();
    await entry.locator('[aria-invalid="true"]').waitFor();
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  },
);

test('after an exclusion the widget refuses codes, too', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await joinCasino(page, world.url);
  const player = await playerOn(page, world.url);
  await page.goto(`${world.url}/responsible`);
  await page.getByLabel('For good').check();
  await page.getByLabel('I am sure').check();
  await page.getByRole('button', { name: 'Exclude me' }).click();
  await page.getByText('You have excluded yourself from playing.').waitFor();
  await page.goto(`${world.url}/bonuses`);
  const entry = page.locator('promosmith-code');
  await entry.getByRole('textbox').fill('TENONUS');
  await entry.getByRole('button').click();
  await entry.locator('[aria-invalid="true"]').waitFor();
  expect(await world.api('GET', `/v1/grants?player=${player}`)).toMatchObject({ items: [] });
  const { items } = await world.api('GET', `/v1/activations?player=${player}`);
  expect(items).toMatchObject([{ outcome: 'refused', refusalKey: 'self_excluded', channel: 'account' }]);
});

/** A popup and an inbox message for the player, as a journey sends them. */
async function sendMessages(player: string): Promise<void> {
  const { brandId } = world.demo.casino;
  const requests = (['popup', 'inbox'] as const).map((channel) => aRequest(brandId, player, { channel }));
  const prepared = await prepareMessages(
    { db: world.db, channels: world.app.channels },
    brandId,
    requests,
    composed,
  );
  expect(prepared.map(({ state }) => state)).toEqual(['sent', 'sent']);
}

test('popups come while the player looks at a page, and messages are in the inbox', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page, faults } = visitor;
  await joinCasino(page, world.url, '', { news: true });
  const player = await playerOn(page, world.url);
  await page.goto(`${world.url}/`);
  await sendMessages(player);
  const popup = page.getByRole('dialog');
  await popup.waitFor();
  await page.keyboard.press('Escape');
  await popup.waitFor({ state: 'detached' });
  await expect
    .poll(async () => (await world.api('GET', `/v1/messages?player=${player}&channel=popup`)).items[0].state)
    .toBe('dismissed');
  await page.goto(`${world.url}/inbox`);
  await page.locator('promosmith-inbox').getByText('Welcome').waitFor();
  expect(faults).toEqual([]);
});

test('a client action of the platform page arrives', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await joinCasino(page, world.url);
  await page.goto(`${world.url}/platform`);
  await page.getByRole('button', { name: 'Fire a client action' }).click();
  await expect
    .poll(async () =>
      (await world.api('GET', '/v1/event-properties?source=client_action')).items.map(
        ({ key }: { key: string }) => key,
      ),
    )
    .toContain('client_action:WHEEL_SPUN');
});

const GRAVE = ['serious', 'critical'];

const OPEN_PAGES = ['/', '/login', '/register', '/responsible', '/nowhere'];
const PLAYER_PAGES = [
  ...['/', '/cashier', '/slot', '/roulette', '/bonuses', '/inbox', '/platform', '/responsible'],
  '/nowhere',
];

/** By then the widget has drawn what it asked for. */
const SETTLED_MS = 700;

/** What moves so long after a click is no longer put down to it. */
const LATE_MS = 600;

/**
 * Cumulative layout shift of a page. Web Vitals call 0.1 good; ours is a tenth. None at all cannot be asked for: a browser
 * that is short of time paints a page before it has read the whole of it.
 */
const MOVES = 0.01;

/** Anything that moved without the reader having done something. */
const SHIFTS = `
  globalThis.shifted = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (!entry.hadRecentInput) shifted.push({ value: entry.value, nodes: entry.sources.map(({ node }) => node?.localName + '.' + node?.className).join() });
  }).observe({ type: 'layout-shift', buffered: true });`;

test.each<[string, BrowserContextOptions]>([
  ['light', { viewport: { width: 1280, height: 900 } }],
  ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['on a small phone', { viewport: { width: 360, height: 740 }, hasTouch: true }],
])(
  'every page, %s, reads well: nothing serious for axe, nothing wider than the screen, nothing that moves',
  SLOW,
  async (_, options) => {
    await using visitor = await visit(browser, options);
    const { page, faults } = visitor;
    await page.addInitScript(SHIFTS);
    const wrong: string[] = [];
    // In the dark the same pages have other colours, and nothing else.
    const rules = options.colorScheme === 'dark' ? { rules: ['color-contrast'] } : {};
    const findings = () => findingsOf(page, { impacts: GRAVE, ...rules });
    async function look(path: string, act: (page: Page) => Promise<unknown> = async () => undefined) {
      await page.goto(`${world.url}${path}`);
      await page.waitForFunction('window.promosmith?.loaded');
      await page.waitForTimeout(SETTLED_MS);
      await act(page);
      const say = (text: string) => wrong.push(`${path}: ${text}`);
      for (const finding of await findings()) say(finding);
      const shifts = await page.evaluate<{ value: number; nodes: string }[]>('shifted');
      if (shifts.reduce((sum, { value }) => sum + value, 0) > MOVES) say(`moved: ${JSON.stringify(shifts)}`);
      if (await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'))
        say('is wider than the screen');
    }
    for (const path of OPEN_PAGES) await look(path);
    await look('/register', (page) => page.getByRole('button', { name: 'Make my account' }).click());
    await joinCasino(page, world.url, 'LANTERN', { news: true });
    await deposit(page, world.url, '30', 'TOPUP50');
    const player = await playerOn(page, world.url);
    // The popup is of this page; the others are read without it.
    await look('/', async (page) => {
      await sendMessages(player);
      await page.getByRole('dialog').waitFor();
      wrong.push(...(await findings()));
      await page.keyboard.press('Escape');
    });
    for (const path of PLAYER_PAGES) await look(path);
    await page.route('**/slot/spins', async (route) => {
      await page.waitForTimeout(LATE_MS);
      await route.continue();
    });
    await look('/slot', async (page) => {
      await page.getByRole('button', { name: 'Spin', exact: true }).click();
      await page.locator('[data-wagered="100"]').waitFor();
    });
    expect(wrong).toEqual([]);
    expect(faults.filter((fault) => !/\b(404|422)\b/.test(fault))).toEqual([]);
  },
);

test('the table of the roulette is played with the keyboard alone', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await joinCasino(page, world.url);
  await deposit(page, world.url, '10');
  await page.goto(`${world.url}/roulette`);
  const focused = () =>
    page.evaluate<string>('document.activeElement.dataset.place ?? document.activeElement.name ?? ""');
  for (let i = 0; i < 40 && (await focused()) !== '0'; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  expect(await page.getByRole('button', { name: '0, €2.00 on it' }).count()).toBe(1);
  const go = page.getByRole('button', { name: 'Spin', exact: true });
  await go.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Stake paid by').waitFor();
});
