import type { Locator, Page } from 'playwright-core';
import type { Take } from './photographer.ts';

/** The console as its pictures are taken. */
export interface Tour {
  readonly page: Page;
  readonly take: Take;
  /** `http://127.0.0.1:3000/console/demo` */
  readonly home: string;
}

export const nameOf = (address: string): string =>
  new URL(address, 'http://localhost').pathname.split('/').at(-1) ?? address;

/** Which of a list's rows are worth a picture. */
const LIVELY: Readonly<Record<string, string>> = {
  campaigns: '?status=active&name=gift',
  journeys: '?status=active',
  activations: '?outcome=refused',
  players: '?q=p-20388',
};

/** What reads is a question, whatever its method is. */
const QUESTIONS = /\/(search|count|check|lint|[a-z-]*previews?|validations)$/;

/** What is shown before anybody is signed in; the form of the first start as an empty server would show it. */
export async function takeFront({ page, take, home }: Tour): Promise<void> {
  await page.goto(home);
  await page.locator('input[type=password]').waitFor();
  await take('sign-in');
  await page.route('**/v1/setup', (route) => route.fulfill({ json: { needed: true } }));
  await page.goto(home);
  await page.locator('input[type=password]').waitFor();
  await take('set-up');
  await page.unroute('**/v1/setup');
  await page.goto(`${new URL(home).origin}/console/-invitation#token`);
  await page.locator('input[type=password]').first().waitFor();
  await take('invitation');
}

/** @returns the addresses of the rooms that are offered. From here on nothing is changed. */
export async function signIn({ page, home }: Tour, email: string, password: string): Promise<string[]> {
  await page.goto(home);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  const links = page.locator('nav a[href]');
  await links.first().waitFor();
  await page.route('**/v1/**', (route) => {
    const isRead =
      route.request().method() === 'GET' || QUESTIONS.test(new URL(route.request().url()).pathname);
    return isRead ? route.continue() : route.abort();
  });
  const rooms = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  return [...rooms, `${new URL(home).pathname}/account`];
}

/** A room, and the first page its list leads to. */
export async function takeRoom(tour: Tour, room: string): Promise<void> {
  const name = nameOf(room);
  await open(tour, room);
  await takePage(tour, name);
  await open(tour, `${room}${LIVELY[name] ?? ''}`);
  // What leads elsewhere is seen there.
  const first = await addressOf(
    tour.page.locator(`main a[href^="${new URL(room).pathname}/"]:not([href$="/new"])`),
  );
  if (first !== undefined) {
    await open(tour, first);
    await takePage(tour, `${name}-one`);
    await open(tour, first);
    const editor = await addressOf(tour.page.locator('main a[href$="/edit"]'));
    if (editor !== undefined) await takeEditor(tour, editor, `${name}-edit`);
  }
  await open(tour, room);
  const maker = await addressOf(tour.page.locator('main a[href$="/new"]'));
  if (maker !== undefined) await takeEditor(tour, maker, `${name}-new`);
}

/** A page with each of its tabs, and what its buttons open. */
async function takePage(tour: Tour, name: string): Promise<void> {
  const { page, take } = tour;
  await take(name);
  await takeOpened(tour, name, page.locator('[data-actions] button'));
  const tabs = await page.locator('main [role=tab]').all();
  for (const [index, tab] of tabs.entries()) {
    if (index > 0) {
      await tab.click();
      await take(`${name}-tab${index + 1}`);
    }
    const row = page.locator('[role=tabpanel] table button[data-first]').first();
    if ((await row.count()) > 0) await takeOpened(tour, `${name}-tab${index + 1}-row`, row);
  }
  const row = page.locator('main table button[data-first]').first();
  if (tabs.length === 0 && (await row.count()) > 0) await takeOpened(tour, `${name}-row`, row);
}

/** An editor with each of its steps. */
async function takeEditor({ page, take, ...tour }: Tour, address: string, name: string): Promise<void> {
  await open({ page, take, ...tour }, address);
  const steps = await page.locator('main nav:has([aria-current=step]) button').all();
  if (steps.length === 0) return take(name);
  for (const [index, step] of steps.entries()) {
    await step.click();
    await take(`${name}-step${index + 1}`);
  }
}

/** Dialogs, drawers and menus. A button that does something at once has been kept from it. */
async function takeOpened({ page, take }: Tour, name: string, buttons: Locator): Promise<void> {
  const opened = page.locator('[role=dialog], [role=menu]').first();
  for (const [index, button] of (await buttons.all()).entries()) {
    if (!(await button.isEnabled())) continue;
    await button.click();
    await page.waitForTimeout(300);
    if ((await opened.count()) === 0) continue;
    await take(`${name}-opened${index + 1}`);
    // A list that is open in it closes first.
    while ((await opened.count()) > 0) {
      await page.keyboard.press('Escape');
      await page.waitForTimeout(300);
    }
  }
}

/** Search from anywhere: rooms, and what was found. */
export async function takePalette({ page, take, home }: Tour): Promise<void> {
  await page.goto(home);
  await page.locator('main h1').first().waitFor();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').waitFor();
  await take('palette');
  await page.keyboard.type('fri');
  await take('palette-found');
  await page.goto(`${home}/nowhere`);
  await take('not-found');
}

async function open({ page, home }: Tour, address: string): Promise<void> {
  await page.setViewportSize({ width: 1_360, height: 860 });
  await page.goto(new URL(address, home).href);
  await page.locator('main h1').first().waitFor();
  while ((await page.locator('main [aria-busy=true]').count()) > 0) await page.waitForTimeout(100);
}

const addressOf = async (links: Locator): Promise<string | undefined> =>
  (await links.count()) > 0 ? ((await links.first().getAttribute('href')) ?? undefined) : undefined;
