import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// Marketing writes what players are to read, with a code that a function makes for each of them.

const SLOW = { timeout: 240_000 };

let world: ConsoleWorld;
beforeAll(async () => {
  world = await startConsoleWorld();
}, SLOW.timeout);
afterAll(() => world?.close());

const stored = (path: string) => done(world.app.request('GET', path));

async function germanPlayer(): Promise<string> {
  const player = `p-${randomUUID()}`;
  await done(
    world.app.request('PUT', `/v1/players/${player}`, {
      body: { language: 'de', country: 'DE', currency: 'EUR' },
    }),
  );
  return player;
}

const BROKEN = "var word = 'SPIN';\nword + digits;";
const GOOD = `var code = '';
for (var i = 0; i < 6; i++) code += Math.floor(Math.random() * 10);
'SPIN-' + code;`;

/** Replaces the source in the editor of functions. */
const write = (page: Page, source: string) => page.getByRole('textbox', { name: 'Function' }).fill(source);

async function pickPlayer(page: Page, label: string, player: string): Promise<void> {
  // The list of proposals has the same name.
  await page.getByLabel(label).and(page.locator('input')).fill(player.slice(0, 12));
  await page.getByRole('option', { name: player }).click();
}

/** The text of the block that is open. */
const textIn = (page: Page) =>
  page
    .getByRole('list', { name: 'Blocks in their order' })
    .getByRole('textbox', { name: 'Text', exact: true });

test('a function is written, run and saved, and a popup shows its value in two languages', SLOW, async () => {
  const player = await germanPlayer();
  await using marketing = await world.signIn('marketing');
  const { page, go } = marketing;

  await go('/labels');
  await page.getByRole('button', { name: 'New label tag' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('spin_code');
  await page.getByRole('radio', { name: 'Function' }).click();
  await page.getByRole('button', { name: 'Create and edit' }).click();
  await page.getByRole('heading', { level: 1, name: 'spin_code' }).waitFor();
  await write(page, BROKEN);
  await page.getByRole('button', { name: 'Run it' }).click();
  const result = page.getByRole('region', { name: 'What came of running it' });
  await result.getByText(/line 2: ReferenceError/).waitFor();
  await write(page, GOOD);
  await page.getByRole('button', { name: 'Run it' }).click();
  const example = result.getByRole('group', { name: 'Examples' }).locator('code').first();
  await expect.poll(() => example.textContent(), { timeout: 60_000 }).toMatch(/^SPIN-\d{6}$/);
  await result.getByText('Weak: soon guessed or repeated').waitFor();
  await pickPlayer(page, 'Player', player);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page
    .getByRole('status')
    .getByText(/^SPIN-\d{6}$/)
    .waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Function · Version 2').waitFor();
  const label = await stored('/v1/labels/spin_code');
  expect(label.definition).toEqual({ kind: 'function', conditions: [], default: GOOD });

  await go('/content/new');
  await page.getByRole('button', { name: 'Promo Code with Label Tag' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Spin the wheel');
  await dialog.getByRole('combobox').click();
  await page.getByRole('option', { name: 'spin_code' }).click();
  await dialog.getByRole('button', { name: 'Create and edit' }).click();
  await page.getByRole('heading', { level: 1, name: 'Spin the wheel' }).waitFor();
  const contentId = new URL(page.url()).pathname.split('/').at(-1);

  await page.getByRole('button', { name: /^Heading/ }).click();
  await textIn(page).fill('Spin it, {{ state.user_countri }}');
  await page.getByRole('button', { name: 'Heading “title”' }).waitFor();
  await textIn(page).fill('Spin the wheel');
  await page.getByRole('list', { name: 'Findings' }).waitFor({ state: 'detached' });
  // The button goes above the code by the keyboard, the code above the text by the mouse.
  await page.getByRole('button', { name: /^Move Button, 4 of 4/ }).focus();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('button', { name: /^Move Button, 3 of 4/ }).waitFor();
  await page.getByRole('button', { name: /^Move Promo code/ }).dragTo(page.locator('[data-block=offer]'));
  await page.getByRole('button', { name: /^Move Promo code, 2 of 4/ }).waitFor();

  await page.getByRole('tab', { name: /^Translations/ }).click();
  await page.getByRole('tab', { name: 'German' }).click();
  await page.getByLabel('Heading “title” in German').fill('Dreh am Rad');
  await pickPlayer(page, 'For player', player);
  const preview = page.getByRole('figure', { name: 'Preview of the message' });
  await preview.getByText('Dreh am Rad').waitFor();
  await preview.getByText('SPIN_CODE').waitFor();

  // Somebody else says another text otherwise meanwhile: both stay.
  const { version, document } = await stored(`/v1/content/${contentId}`);
  const theirs = structuredClone(document);
  theirs.translations.de['offer.text'] = 'Es wartet auf dich.';
  await done(world.app.request('PATCH', `/v1/content/${contentId}`, { body: { version, document: theirs } }));
  await page.getByRole('button', { name: 'Save' }).click();
  const conflict = page.getByRole('dialog', { name: 'Somebody else saved meanwhile' });
  await conflict.getByText('Es wartet auf dich.').waitFor();
  await conflict.getByRole('button', { name: 'Keep both' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Popup · Version 3').waitFor();
  const item = await stored(`/v1/content/${contentId}`);
  expect(item.findings).toEqual([]);
  expect(item.document.blocks.map(({ id }: { id: string }) => id)).toEqual([
    'title',
    'code',
    'offer',
    'close',
  ]);
  expect(item.document.blocks[0].text).toBe('Spin the wheel');
  expect(item.document.blocks[1].value).toBe('{{ label.spin_code }}');
  expect(item.document.translations.de).toMatchObject({
    'title.text': 'Dreh am Rad',
    'offer.text': 'Es wartet auf dich.',
  });
});

test('whoever may only look sees content as it is, and is offered no change of it', SLOW, async () => {
  const body = { from: 'template', name: 'Only to look at', template: 'announcement' };
  const { id } = await done(world.app.request('POST', '/v1/content', { body }));
  await using analyst = await world.signIn('data_analyst');
  const { page, go } = analyst;
  await go('/content');
  await page.getByRole('link', { name: 'Only to look at' }).click();
  await page
    .getByRole('figure', { name: 'Preview of the message' })
    .getByText('News from Lucky Star')
    .waitFor();
  expect(new URL(page.url()).pathname).toContain(id);
  expect(await page.getByRole('button', { name: /Save|Add a block|^Move|Value/ }).count()).toBe(0);
  await page.getByRole('button', { name: /^Heading/ }).click();
  expect(await textIn(page).isDisabled()).toBe(true);
});

test('properties are registered by "+": of players, and of events with their fields', SLOW, async () => {
  await using administrator = await world.signIn('administrator');
  const { page, go } = administrator;
  await go('/properties');
  await page.getByRole('button', { name: 'New property' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('favourite_game');
  await dialog.getByLabel('Label').fill('Favourite game');
  await dialog.getByLabel('Example').fill('starlight');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('row', { name: /Favourite game/ }).waitFor();
  expect((await stored('/v1/properties')).items).toMatchObject([
    { name: 'favourite_game', type: 'string', label: 'Favourite game', example: 'starlight' },
  ]);

  await page.getByRole('tab', { name: 'Of events' }).click();
  await page.getByRole('button', { name: 'Register an event' }).click();
  await dialog.getByRole('textbox', { name: 'Event' }).fill('WHEEL_SPUN');
  await dialog.getByRole('button', { name: 'Register' }).click();
  await page.getByRole('button', { name: 'Add a field' }).click();
  const field = page.getByRole('dialog', { name: 'Add a field' });
  await field.getByLabel('Name').fill('segment');
  await field.getByLabel('Example').fill('jackpot');
  await field.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('event.segment').waitFor();
  const { items } = await stored('/v1/event-properties?source=client_action');
  const spun = items.find(({ key }: { key: string }) => key === 'client_action:WHEEL_SPUN');
  expect(spun.fields).toMatchObject([
    { name: 'segment', type: 'string', example: 'jackpot', origin: 'manual' },
  ]);
});
