import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../apps/server/src/platform/testing/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { joinCasino, logIn, logOut, visit } from '../support/casino.ts';
import { type ServerProcess, spawnServer } from '../support/servers.ts';

// The journey of the demo, as `npm start` makes it.

const SLOW = { timeout: 240_000 };

let dataDir: string;
let database: TestDatabase;
let browser: Browser;
const started: ServerProcess[] = [];
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'promosmith-daily-code-'));
  chmodSync(dataDir, 0o711);
  [database, browser] = await Promise.all([createTestDatabase(), launchBrowser()]);
}, SLOW.timeout);
afterAll(async () => {
  await browser?.close();
  for (const server of started) await server.stop();
  await database?.drop();
  rmSync(dataDir, { recursive: true });
});

/** A server of its own port each time, with its casino. */
async function start(processes: number): Promise<{ server: ServerProcess; casino: string; anna: string }> {
  const server = await spawnServer(
    { DATABASE_URL: database.url, DATA_DIR: dataDir, PROCESSES: String(processes) },
    ['--demo'],
  );
  started.push(server);
  await expect
    .poll(() => server.printed.join('\n'), { timeout: 60_000 })
    .toMatch(/^Its journey: .*^Its player:/ms);
  const printed = server.printed.join('\n');
  return {
    server,
    casino: /^Demo casino: (\S+)$/m.exec(printed)?.[1] ?? '',
    anna: /password (\S+); or join/.exec(printed)?.[1] ?? '',
  };
}

const popupOn = (page: Page) => page.getByRole('dialog', { name: 'Your code of the day' });

/** Goes to the cashier with the popup's code, deposits, and sees the bonus. */
async function useCode(page: Page): Promise<void> {
  const popup = popupOn(page);
  await popup.waitFor();
  const code = await popup.locator('code').textContent();
  expect(code).toMatch(/^BAY-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  await popup.getByRole('link', { name: 'Use it in the cashier' }).click();
  await page.waitForURL(/\/cashier\?code=/);
  const form = page.locator('form[action="/cashier/deposits"]');
  expect(await form.getByLabel('Promo code').inputValue()).toBe(code);
  await page.goto(new URL('/inbox', page.url()).href);
  const inbox = page.locator('promosmith-inbox');
  await inbox.getByText('Your code of the day').first().click();
  await inbox.getByText(code ?? '').waitFor();
  await page.goto(new URL(`/cashier?code=${code}`, page.url()).href);
  await form.getByLabel('Amount').fill('20');
  await form.getByRole('button', { name: 'Deposit' }).click();
  await page.getByText('Your code was taken, and the bonus is on your balance').waitFor();
  await page.goto(new URL('/bonuses', page.url()).href);
  await page
    .locator('promosmith-bonuses')
    .getByText(/€0\.00\D+20\.00/)
    .waitFor();
}

test('whoever logs in gets a code, once a day, and has its bonus with the next deposit', SLOW, async () => {
  const first = await start(1);
  {
    await using visitor = await visit(browser);
    const { page, faults } = visitor;
    await logIn(page, first.casino, 'anna@demo.example', first.anna);
    await useCode(page);
    await logOut(page, first.casino);
    await logIn(page, first.casino, 'anna@demo.example', first.anna);
    await page.waitForTimeout(2_000);
    expect(await popupOn(page).count()).toBe(0);
    expect(faults).toEqual([]);
  }
  let bea: string;
  {
    // She is in the journey, and her popup waits for a page that shows it.
    await using visitor = await visit(browser);
    const { page } = visitor;
    await page.route('**/widget.js', (route) => route.abort());
    bea = await joinCasino(page, first.casino, '', { news: true });
    await logOut(page, first.casino);
    await logIn(page, first.casino, bea);
  }
  expect(await first.server.stop()).toBe(0);

  // On another port, webhooks find the server all the same, also of who was on the way; nothing is made twice.
  const second = await start(2);
  expect(second.server.url).not.toBe(first.server.url);
  {
    await using visitor = await visit(browser);
    const { page } = visitor;
    await logIn(page, second.casino, bea);
    await useCode(page);
  }
  const { rows } = await database.db.query(
    `select (select count(*)::int from journeys) as journeys, (select max(version) from journey_versions) as version,
       (select count(*)::int from labels) as labels, (select count(*)::int from content_items) as contents,
       (select count(*)::int from campaigns where name = 'Code of the day') as campaigns,
       (select count(*)::int from api_keys where name like 'journey %') as keys`,
  );
  expect(rows).toEqual([{ journeys: 1, version: 2, labels: 1, contents: 2, campaigns: 1, keys: 1 }]);
  expect(await second.server.stop()).toBe(0);
});
