import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// Whoever works in German reads nothing but German, also of what the server refuses in English.

const SLOW = { timeout: 240_000 };

let world: ConsoleWorld;
beforeAll(async () => {
  world = await startConsoleWorld();
}, SLOW.timeout);
afterAll(() => world?.close());

const call = (method: 'POST' | 'PUT', path: string, body: object) =>
  done(world.app.request(method, path, { body }));

async function speakGerman(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem('promosmith.language', 'de'));
}

test('who signs in with a wrong password is told so', SLOW, async () => {
  const context = await world.browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();
  await page.goto(`${world.server.url}/console`);
  await page.getByLabel('E-Mail').fill('nobody@staff.example');
  await page.locator('input[type=password]').fill('no password of anybody');
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await expect
    .poll(() => page.getByRole('alert').allInnerTexts())
    .toEqual(['E-Mail-Adresse oder Passwort ist falsch.']);
  await context.close();
});

test('what is refused, found and warned of is told in the language of the page', SLOW, async () => {
  await call('POST', '/v1/labels', { name: 'greeting', definition: { kind: 'text', default: 'Hello' } });
  const journey = await call('POST', '/v1/journeys', { name: 'Leer', definition: { nodes: {}, edges: [] } });
  await using marketing = await world.signIn('marketing');
  const { page, go } = marketing;
  await speakGerman(page);

  await go('/labels');
  await page.getByRole('button', { name: 'Neues Label-Tag' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('greeting');
  await dialog.getByRole('textbox', { name: 'Text' }).fill('Hallo');
  const answer = page.waitForResponse((response) => response.status() === 409);
  await dialog.getByRole('button', { name: 'Anlegen und bearbeiten' }).click();
  const refused = dialog.getByRole('alert');
  await refused.getByText('So, wie es steht, nicht möglich').waitFor();
  await refused.getByText('Ein Label-Tag „greeting“ gibt es schon.').waitFor();
  await refused.getByText('wählen Sie einen anderen Namen', { exact: false }).waitFor();
  expect(await (await answer).json()).toMatchObject({ detail: 'There is already a label tag "greeting".' });

  await go(`/journeys/${journey.id}/edit`);
  await page.getByRole('button', { name: /^Probleme/ }).click();
  await page.getByText('Nichts lässt Spieler ein.').waitFor();
  await page.getByText('Fügen Sie einen Auslöser hinzu.').waitFor();

  await go('/players/nobody-of-this-name');
  await page.getByText('Einen Spieler „nobody-of-this-name“ gibt es nicht.').waitFor();

  await go('/campaigns/new');
  await page
    .getByRole('button', { name: /Zielgruppe/ })
    .first()
    .click();
  await page.getByText('CEL-Text', { exact: true }).click();
  await page.getByRole('textbox', { name: 'CEL-Text' }).fill('player.aeg > 18');
  await page.getByText('Unbekannte Angabe player.aeg. Meinten Sie player.age?', { exact: false }).waitFor();
});
