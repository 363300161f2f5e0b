import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOffer } from '../../apps/server/src/testing/fixtures.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';

// The administrator keeps keys, people and currency rates; the analyst takes numbers away.

const SLOW = { timeout: 240_000 };

let world: ConsoleWorld;
beforeAll(async () => {
  world = await startConsoleWorld();
}, SLOW.timeout);
afterAll(() => world?.close());

const statusWith = async (key: string): Promise<number> =>
  (await world.app.request('GET', '/v1/brand', { key })).status;

test('the administrator rotates a key without a gap, and ends the old one', SLOW, async () => {
  const old = await world.app.key(['brands:read']);
  await using administrator = await world.signIn('administrator');
  const { page, go } = administrator;
  await go('/keys');
  const row = page.locator('tbody tr', { hasText: `…${old.slice(-4)}` });
  await row.getByRole('button', { name: /^Acts on/ }).click();
  await page.getByRole('menuitem', { name: 'Rotate' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  const shown = page.getByRole('dialog').locator('code').first();
  await shown.waitFor();
  const fresh = (await shown.textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept it' }).click();
  expect([await statusWith(old), await statusWith(fresh)]).toEqual([200, 200]);

  await row.getByRole('button', { name: /^Acts on/ }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('It was in a log.');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row.getByText('Revoked').waitFor();
  await expect.poll(() => statusWith(old)).toBe(401);
  expect(await statusWith(fresh)).toBe(200);
});

test('somebody who is invited accepts by the link they are given, and gets to their desk', SLOW, async () => {
  await using administrator = await world.signIn('administrator');
  const { page, go } = administrator;
  await go('/staff');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Sam Support');
  await dialog.getByLabel('E-mail').fill('sam@staff.example');
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = (await page.getByRole('dialog').locator('code').first().textContent()) ?? '';

  const context = await world.browser.newContext({ locale: 'en-GB' });
  const invited = await context.newPage();
  await invited.goto(link);
  await invited.locator('input[type=password]').fill('a long enough password');
  await invited.getByRole('button', { name: 'Accept the invitation' }).click();
  await invited.getByRole('link', { name: 'Sign in' }).click();
  await invited.getByLabel('E-mail').fill('sam@staff.example');
  await invited.locator('input[type=password]').fill('a long enough password');
  await invited.getByRole('button', { name: 'Sign in' }).click();
  await invited.getByRole('heading', { level: 1, name: 'Players' }).waitFor();
  expect(await invited.getByRole('link', { name: 'API keys' }).count()).toBe(0);
  await context.close();
});

test('the analyst takes the numbers of campaigns away as a file', SLOW, async () => {
  const { code } = await createOffer(world.app, { code: 'NUMBERS' });
  for (const player of ['a', 'b', 'c'])
    await world.app.request('POST', '/v1/activations', {
      body: { code, player: { id: player, currency: 'EUR' } },
    });
  await using analyst = await world.signIn('data_analyst');
  const { page, go } = analyst;
  await go('/performance');
  await page.getByRole('heading', { level: 1, name: 'Performance' }).waitFor();
  const row = page.getByRole('row', { name: /Test.*3/ });
  await expect
    .poll(
      async () => {
        await page.reload();
        await page.getByRole('heading', { level: 1, name: 'Performance' }).waitFor();
        return row.count();
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toBe(1);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(2);
  const cells = Object.fromEntries(
    (lines[0] ?? '')
      .trim()
      .split(',')
      .map((name, column) => [name, (lines[1] ?? '').trim().split(',')[column]]),
  );
  expect([cells.tries, cells.accepted]).toEqual(['3', '3']);
});

test('the administrator says what share of revenue goes away in fees', SLOW, async () => {
  const feesNow = async () => (await world.app.request('GET', '/v1/brand')).body.settings.feesBps;
  await using administrator = await world.signIn('administrator');
  const { page, go } = administrator;
  await go('/brand');
  const fees = page.getByRole('textbox', { name: 'Fees on gaming revenue' });
  const save = page.getByRole('button', { name: 'Save' });
  await fees.fill('21,5');
  await save.click();
  await page.getByText('Saved').waitFor();
  expect(await feesNow()).toBe(2_150);

  await fees.fill('about 20');
  await save.click();
  expect(
    await fees.evaluate((field: { validity?: { customError: boolean } }) => field.validity?.customError),
  ).toBe(true);
  await fees.fill('120');
  await save.click();
  await page.getByRole('alert').waitFor();
  expect(await feesNow()).toBe(2_150);

  await fees.fill('');
  await save.click();
  await expect.poll(feesNow).toBe(null);
});

test('the administrator keeps the currency rates, which the analyst only reads', SLOW, async () => {
  const rates = async () => {
    const { body } = await world.app.request('GET', '/v1/currency-rates');
    return body.items.map(({ day, currency, rate }: Record<string, string>) => `${day} ${currency} ${rate}`);
  };
  await using administrator = await world.signIn('administrator');
  const { page } = administrator;
  await page.locator('nav').getByRole('link', { name: 'Currency rates' }).click();
  await page.getByText('No rates yet').waitFor();

  await page.getByRole('button', { name: 'Add a rate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('From day').fill('2026-01-05');
  await dialog.getByRole('combobox', { name: 'Currency' }).fill('USD');
  await page.getByRole('option', { name: 'USD', exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Rate' }).fill('0,9273');
  await dialog.getByText('1 USD = 0.9273 EUR').waitFor();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.locator('tbody tr', { hasText: 'USD' });
  await row.getByText('No rate after that').waitFor();
  expect(await rates()).toEqual(['2026-01-05 USD 0.9273']);

  await row.getByRole('button', { name: /^Jan 5, 2026/ }).press('Enter');
  await dialog.getByRole('textbox', { name: 'Rate' }).fill('0.9301');
  await dialog.getByRole('button', { name: 'Replace' }).click();
  await dialog.waitFor({ state: 'detached' });
  await row.getByText('0.9301 EUR').waitFor();

  await page.getByRole('button', { name: 'Paste several' }).click();
  const lines = dialog.getByLabel('Rates, one a line');
  await lines.fill('2026-01-12\tUSD\t0,94\n2026-01-12 EUR 1\n2026-01-32 SEK 0.09');
  await dialog.getByRole('button', { name: 'Set 3 rates' }).click();
  const faults = dialog.getByRole('alert').getByRole('listitem');
  await faults.first().waitFor();
  expect(await faults.allTextContents()).toEqual([
    'Line 2: EUR is the brand’s own currency, and worth itself',
    'Line 3: “2026-01-32” is no day such as 2026-01-05',
  ]);
  expect(await rates()).toEqual(['2026-01-05 USD 0.9301']);
  await lines.fill('2026-01-12\tUSD\t0,94\n\n2026-01-12 SEK 0.09');
  await dialog.getByRole('button', { name: 'Set 2 rates' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await rates()).toEqual(['2026-01-12 USD 0.94', '2026-01-12 SEK 0.09', '2026-01-05 USD 0.9301']);
  // The next one comes just in time.
  await page.getByRole('row', { name: /Jan 5, 2026.*0.9301 EUR.*Jan 11, 2026$/ }).waitFor();

  await page.locator('tbody tr', { hasText: 'SEK' }).getByRole('button').click();
  await dialog.getByRole('button', { name: 'Take away' }).click();
  const question = page.getByRole('dialog', { name: 'Take away this rate of SEK?' });
  await question.getByRole('button', { name: 'Take away' }).click();
  await page.locator('tbody tr', { hasText: 'SEK' }).waitFor({ state: 'detached' });
  expect(await rates()).toEqual(['2026-01-12 USD 0.94', '2026-01-05 USD 0.9301']);

  await using analyst = await world.signIn('data_analyst');
  await analyst.go('/currency-rates?currency=USD&rate=2026-01-12.USD.EUR');
  await analyst.page.getByRole('dialog').getByText('0.94 EUR').waitFor();
  for (const name of ['Add a rate', 'Paste several', 'Replace', 'Take away'])
    expect(await analyst.page.getByRole('button', { name, includeHidden: true }).count()).toBe(0);
});
