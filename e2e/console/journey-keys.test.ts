import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEED } from '../../apps/server/src/features/labels/sandbox/testing/seed.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';
import { type Call, contentFrom } from '../support/promo-journey.ts';

// A journey from nothing to running by the keyboard alone: no mouse, and no focus that a person's keys would not get to.

const SLOW = { timeout: 240_000 };

let world: ConsoleWorld;
beforeAll(async () => {
  world = await startConsoleWorld();
  await call('POST', '/v1/labels', {
    name: 'promo_code',
    definition: { kind: 'function', default: SEED },
  });
  await contentFrom(call, 'Promo Code with Label Tag', 'A code just for you', {
    label: 'promo_code',
    whenShown: 'CODE_IS_SHOWN',
  });
}, SLOW.timeout);
afterAll(() => world?.close());

const call: Call = (method, path, body) => done(world.app.request(method, path, { body }));

const hasFocus = async (what: Locator): Promise<boolean> =>
  (await what.and(what.page().locator(':focus')).count()) === 1;
const keysAreAt = (what: Locator): Promise<void> => expect.poll(() => hasFocus(what)).toBe(true);

/** Walks with a key until it is there, as somebody would who looks where the focus is. */
async function walkTo(page: Page, what: Locator, key = 'Tab', atMost = 40): Promise<void> {
  await what.waitFor();
  for (let step = 0; step < atMost; step++) {
    if (await hasFocus(what)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${what}`);
}

test('a journey is drawn, mended, published and started with the keyboard alone', SLOW, async () => {
  await using administrator = await world.signIn('administrator');
  const { page, go } = administrator;
  const { keyboard } = page;
  const side = page.getByRole('complementary', { name: 'Settings of what is picked' });
  const palette = page.getByRole('navigation', { name: 'Activities' });
  const node = (name: string) => page.locator(`.react-flow__node[aria-label*="${name}"]`);
  const edges = page.locator('.react-flow__edge');
  const said = (text: string) => page.getByRole('status').filter({ hasText: text }).first().waitFor();
  /** A list that opens forgets a moment later what was found in it: whoever types as fast as this opens it first. */
  const pick = async (typed: string) => {
    await keyboard.press('ArrowDown');
    await page.getByRole('option').first().waitFor();
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
    await keyboard.type(typed);
    await page.getByRole('option', { name: typed }).first().waitFor();
    await keyboard.press('Enter');
  };

  /** Types an event that is known. Those come from the server: a list that opened later would take the next key. */
  const nameEvent = async (event: string) => {
    await walkTo(page, side.getByRole('combobox', { name: 'Event', exact: true }));
    await keyboard.type(event);
    await page.getByRole('option', { name: event, exact: true }).waitFor();
  };
  /** Down in a list to an option, and takes it. Each key waits for what the one before did. */
  const choose = async (option: string) => {
    const at = page.locator('[role="option"][data-combobox-selected]');
    const state = async () => {
      const isOpen = await page.locator(':focus').getAttribute('aria-expanded');
      return `${isOpen}: ${(await at.allTextContents()).join()}`;
    };
    for (let before = await state(); !before.includes(option); before = await state()) {
      await keyboard.press('ArrowDown');
      await expect.poll(state).not.toBe(before);
    }
    await keyboard.press('Enter');
  };
  /** From the settings of a node back to it; what is open there closes first. */
  const comeBack = async (name: string) => {
    const isOpen = await page.locator(':focus').getAttribute('aria-expanded');
    if (isOpen === 'true') await keyboard.press('Escape');
    await keyboard.press('Escape');
    await keysAreAt(node(name));
  };

  await go('/journeys');
  await walkTo(page, page.getByRole('button', { name: 'New journey' }).first());
  await keyboard.press('Enter');
  await keysAreAt(page.getByRole('dialog').getByLabel('Name'));
  await keyboard.type('By keys');
  await keyboard.press('Enter');

  // Every key is told of.
  await node('Trigger').waitFor();
  await keyboard.press('F6');
  await keysAreAt(palette.getByRole('button', { name: 'Popup' }));
  await keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys of the editor' }).getByText('Arranges all nodes').waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  // What lets players in.
  await walkTo(page, node('Trigger'), 'F6', 8);
  await keyboard.press('Enter');
  await keysAreAt(side.getByLabel('Name'));
  await walkTo(page, side.getByRole('combobox', { name: 'Players enter by' }));
  await choose('An event');
  await nameEvent('login');
  await comeBack('Trigger');

  // An activity from the palette comes after the node that is picked; what it lacks is told, and leads there.
  await keyboard.press('Shift+F6');
  await walkTo(page, palette.getByRole('button', { name: 'Condition' }));
  await keyboard.press('Enter');
  await said('Condition was added after Trigger.');
  const problems = page.getByRole('region', { name: 'Problems' });
  await problems.getByText(/error/).first().waitFor();
  await walkTo(page, problems.getByRole('button').first(), 'F6', 8);
  await keyboard.press('Enter');
  await walkTo(page, problems.getByRole('button', { name: /^Condition/ }).first());
  await keyboard.press('Enter');
  await keysAreAt(side.getByLabel('Name'));
  await walkTo(page, side.getByRole('textbox', { name: 'Rule' }));
  await keyboard.type('player.country == "DE"');
  await comeBack('Condition');

  // A connector leads to a node that there is, or to a new one.
  await keyboard.press('c');
  await keysAreAt(side.getByRole('combobox', { name: 'Yes' }));
  await pick('New: Popup');
  await said('Popup was added after Condition.');
  await keysAreAt(side.getByLabel('Name'));
  await walkTo(page, side.getByRole('combobox', { name: 'Content' }));
  await keyboard.type('A code');
  await page.getByRole('option', { name: 'A code just for you' }).waitFor();
  await choose('A code just for you');
  await comeBack('Popup');
  await keyboard.press('c');
  await keysAreAt(side.getByRole('combobox', { name: 'Impression' }));
  await pick('New: Wait for event');
  await nameEvent('deposit.succeeded');
  await comeBack('Wait for event');
  await keyboard.press('c');
  await keysAreAt(side.getByRole('combobox', { name: 'When happened' }));
  await pick('New: Exit');
  await keysAreAt(side.getByLabel('Name'));
  await keyboard.type('Deposited');
  await comeBack('Deposited');
  await keyboard.press('Shift+Tab');
  await keysAreAt(node('Wait for event'));
  await keyboard.press('c');
  await keysAreAt(side.getByRole('combobox', { name: 'Timed out' }));
  await pick('Deposited');
  await said('Wait for event leads to Deposited by “Timed out”.');

  // Undone, made again, moved, arranged.
  await comeBack('Wait for event');
  await expect.poll(() => edges.count()).toBe(5);
  await keyboard.press('ControlOrMeta+z');
  await said('The last change was undone.');
  await expect.poll(() => edges.count()).toBe(4);
  await keyboard.press('ControlOrMeta+Shift+z');
  await expect.poll(() => edges.count()).toBe(5);
  const waiting = node('Wait for event');
  await keysAreAt(waiting);
  const placeOf = async () => (await waiting.getAttribute('style'))?.match(/translate\([^)]*\)/)?.[0];
  await keyboard.press('l');
  await said('The nodes were arranged.');
  const arranged = await placeOf();
  await keyboard.press('Shift+ArrowDown');
  await expect.poll(placeOf).not.toBe(arranged);
  // The keys are the tools' own where they stand.
  await walkTo(page, page.getByRole('button', { name: 'Arrange' }));
  await keyboard.press('Enter');
  await expect.poll(placeOf).toBe(arranged);

  // A node that is taken away leaves the keys where it was led to from; so does a connection.
  await walkTo(page, node('Deposited'), 'F6', 8);
  await keyboard.press('Delete');
  await keysAreAt(waiting);
  await keyboard.press('ControlOrMeta+z');
  await node('Deposited').waitFor();
  await expect.poll(() => edges.count()).toBe(5);
  await walkTo(page, edges.last(), 'Shift+Tab');
  await keyboard.press('Enter');
  await side.getByRole('heading', { name: 'Connection' }).waitFor();
  await keyboard.press('Escape');

  await page.getByText('Nothing is wrong with this draft.').waitFor();
  await keyboard.press('ControlOrMeta+s');
  await page.getByText('All saved').waitFor();
  await walkTo(page, page.getByRole('button', { name: 'Publish…' }), 'Shift+Tab', 60);
  await keyboard.press('Enter');
  await keysAreAt(page.getByRole('dialog').getByLabel('What is new'));
  await keyboard.type('Without a mouse');
  await walkTo(page, page.getByRole('button', { name: 'Publish and start' }));
  await keyboard.press('Enter');
  await page.getByText('Active', { exact: true }).first().waitFor();

  const { items } = await call('GET', '/v1/journeys?name=By keys');
  const { draft, status, version } = await call('GET', `/v1/journeys/${items[0].id}`);
  expect({ status, version }).toEqual({ status: 'active', version: 1 });
  expect(draft.edges).toHaveLength(5);
  expect(draft.edges).toEqual(
    expect.arrayContaining([
      { from: 'start', connector: 'next', to: 'condition' },
      { from: 'condition', connector: 'yes', to: 'popup' },
      { from: 'popup', connector: 'impression', to: 'wait_event' },
      { from: 'wait_event', connector: 'happened', to: 'exit' },
      { from: 'wait_event', connector: 'timed_out', to: 'exit' },
    ]),
  );
  expect(draft.nodes).toMatchObject({
    start: { on: { source: 'event', name: 'login' } },
    condition: { rule: 'player.country == "DE"' },
    popup: { contentId: expect.any(String) },
    wait_event: { event: { source: 'event', name: 'deposit.succeeded' } },
    exit: { name: 'Deposited' },
  });
});
