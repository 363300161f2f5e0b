import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../e2e/support/browser.ts';

const usage = `Usage: npm run screenshots -- [--url http://127.0.0.1:3000] [--brand demo] [ROOM…]

Takes pictures of every room of the console and of the first page its list leads to, light, dark and narrow, into
screenshots/. The server must be running with the demo brand; the owner's password is read from its data folder, or
from PASSWORD.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    brand: { type: 'string', default: 'demo' },
    data: { type: 'string', default: '.data' },
    help: { type: 'boolean' },
  },
});
const root = join(import.meta.dirname, '..');
const folder = join(root, 'screenshots');
const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1_360, height: 860 },
  { name: 'dark', colorScheme: 'dark', width: 1_360, height: 860 },
  { name: 'narrow', colorScheme: 'light', width: 390, height: 844 },
] as const;
/** Charts are drawn after their numbers. */
const DRAWN_MS = 400;

async function takeAll(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1_360, height: 860 } });
    await signIn(page);
    for (const room of await roomsOf(page)) {
      await page.goto(`${values.url}${room}`);
      await settled(page);
      await take(page, nameOf(room));
      const first = await page
        .locator('main table a[data-first]')
        .first()
        .getAttribute('href', { timeout: 500 })
        .catch(() => null);
      if (first === null) continue;
      await page.goto(`${values.url}${first}`);
      await settled(page);
      await take(page, `${nameOf(room)}-one`);
    }
  } finally {
    await browser.close();
  }
}

async function signIn(page: Page): Promise<void> {
  const password =
    process.env.PASSWORD ?? readFileSync(join(root, values.data, 'demo.password'), 'utf8').trim();
  await page.goto(`${values.url}/console/${values.brand}`);
  await page.locator('input[type=email]').fill(`owner@${values.brand}.example`);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('nav a[href]').first().waitFor();
}

async function roomsOf(page: Page): Promise<string[]> {
  const links = await page.locator('nav a[href]').all();
  const rooms = await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
  return rooms.filter((room) => positionals.length === 0 || positionals.includes(nameOf(room)));
}

const nameOf = (room: string): string => room.split('/').at(-1) ?? room;

async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  while ((await page.locator('main [aria-busy=true]').count()) > 0) await page.waitForTimeout(DRAWN_MS);
  await page.waitForTimeout(DRAWN_MS);
}

async function take(page: Page, name: string): Promise<void> {
  for (const { name: look, colorScheme, width, height } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(DRAWN_MS);
    await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
  }
  console.log(name);
}

if (values.help) console.log(usage);
else await takeAll();
