import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type MailServer,
  startMailServer,
} from '../../apps/server/src/features/channels/testing/mail-server.ts';
import { ACCEPTED } from '../../apps/server/src/features/engines/testing.ts';
import {
  answers,
  type Receiver,
  startReceiver,
} from '../../apps/server/src/features/webhooks/testing/receiver.ts';
import { type ConsoleWorld, startConsoleWorld, type Visit } from '../support/console.ts';
import { done } from '../support/done.ts';

// Whom the brand works with, connected by hand: mistakes stand at their fields, tests reach the other side, and a secret
// that was entered is never seen again.

const SLOW = { timeout: 240_000 };
const PATIENCE = { timeout: 60_000 };
const BOT_TOKEN = '123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

let world: ConsoleWorld;
let administrator: Visit;
let mail: MailServer;
let outside: Receiver;
beforeAll(async () => {
  world = await startConsoleWorld(
    { OUTBOUND_ALLOW_PRIVATE: 'true' },
    { config: { outboundAllowPrivate: true } },
  );
  administrator = await world.signIn('administrator');
  outside = await startReceiver();
  mail = await startMailServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, callback) =>
      password === 'smtp-secret'
        ? callback(null, { user: username ?? '' })
        : callback(new Error('no such user')),
  });
}, SLOW.timeout);
afterAll(async () => {
  await world?.close();
  await mail?.[Symbol.asyncDispose]();
  await outside?.[Symbol.asyncDispose]();
});

const read = (path: string) => done(world.app.request('GET', path));
const panelOf = (page: Page, title: string): Locator =>
  page.locator('section', { has: page.getByRole('heading', { level: 2, name: title, exact: true }) });
/** What a field is said to have wrong with it. */
const faultOf = async (field: Locator): Promise<string> => {
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
  const ids = (await field.getAttribute('aria-describedby')) ?? '';
  const texts = await Promise.all(
    ids
      .split(' ')
      .filter(Boolean)
      .map((id) => field.page().locator(`[id="${id}"]`).textContent()),
  );
  return texts.join(' ');
};
/** A form may be on its way out beside what came of it. */
const allClosed = (page: Page): Promise<void> => expect.poll(() => page.getByRole('dialog').count()).toBe(0);
/** Nothing that is on the page or in a field of it, nor what the API answers, has the secret in it. */
async function expectForgotten(page: Page, path: string, secret: string): Promise<void> {
  const all = await page.locator('input, textarea').all();
  const fields = await Promise.all(all.map((field) => field.inputValue()));
  expect([await page.content(), ...fields, JSON.stringify(await read(path))].join('\n')).not.toContain(
    secret,
  );
}

test('mail goes out by an SMTP server', SLOW, async () => {
  const { page, go } = administrator;
  await go('/integrations');
  const panel = panelOf(page, 'E-mail');
  await panel.getByText('Not connected').waitFor();
  await panel.getByRole('button', { name: 'Connect' }).click();
  const form = page.getByRole('dialog');
  const field = (name: string) => form.getByLabel(name, { exact: true });
  const save = form.getByRole('button', { name: 'Save' });
  await form.getByLabel('Host').fill('not a host');
  await form.getByLabel('Port').fill(String(mail.port));
  await form.getByRole('combobox', { name: 'Encryption' }).click();
  await page.getByRole('option', { name: 'None' }).click();
  await field('User').fill('casino');
  await form.getByLabel('From, name').fill('Lucky Star');
  await form.getByLabel('From, address').fill('news@lucky-star.example');
  await save.click();
  expect(await faultOf(form.getByLabel('Host'))).toContain('a host name or address');
  await form.getByLabel('Host').fill('127.0.0.1');
  await save.click();
  expect(await faultOf(field('Password'))).toContain('is needed');
  await field('Password').fill('a wrong one');
  await save.click();
  await panel.getByText('Connected', { exact: true }).waitFor();

  const tryIt = async (outcome: string) => {
    await panel.getByRole('button', { name: 'Test' }).click();
    await page.getByRole('dialog').getByLabel('To the address').fill('anna@example.com');
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await page.getByRole('dialog').getByText(outcome).waitFor(PATIENCE);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await allClosed(page);
  };
  await tryIt('no such user');
  expect(mail.received).toHaveLength(0);
  await panel.getByRole('button', { name: 'Edit' }).click();
  expect(await field('Password').inputValue()).toBe('');
  await field('Password').fill('smtp-secret');
  await save.click();
  await allClosed(page);
  await tryIt('It was sent');
  expect(mail.received).toMatchObject([{ to: ['anna@example.com'], from: 'news@lucky-star.example' }]);

  // Left empty, the one there is stays.
  await page.reload();
  await panel.getByRole('button', { name: 'Edit' }).click();
  await expectForgotten(page, '/v1/channels', 'smtp-secret');
  await form.getByLabel('From, name').fill('Lucky Star Casino');
  await save.click();
  await panel.getByText('Lucky Star Casino <news@lucky-star.example>').waitFor();
  await tryIt('It was sent');
  expect(mail.received).toHaveLength(2);
});

test('a bot of Telegram and a gateway for SMS are connected and tried', SLOW, async () => {
  const { page, go } = administrator;
  await go('/integrations');
  const form = page.getByRole('dialog');
  const telegram = panelOf(page, 'Telegram');
  await telegram.getByRole('button', { name: 'Connect' }).click();
  await form.getByLabel('Bot token').fill('no token');
  await form.getByLabel('Bot API').fill(outside.url(''));
  await form.getByRole('button', { name: 'Save' }).click();
  expect(await faultOf(form.getByLabel('Bot token'))).toContain('a token as BotFather gives it');
  await form.getByLabel('Bot token').fill(BOT_TOKEN);
  await form.getByRole('button', { name: 'Save' }).click();
  await telegram.getByText('Connected', { exact: true }).waitFor();
  const tryIt = async (panel: Locator, to: string, address: string, outcome: string) => {
    await panel.getByRole('button', { name: 'Test' }).click();
    await form.getByLabel(to).fill(address);
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText(outcome).waitFor(PATIENCE);
    await page.keyboard.press('Escape');
    await allClosed(page);
  };
  const sendMessage = `/bot${BOT_TOKEN}/sendMessage`;
  const json = { 'content-type': 'application/json' };
  outside.behave(answers(400, json, '{"ok":false,"description":"chat not found"}'), sendMessage);
  await tryIt(telegram, 'To the chat', '42', 'chat not found');
  outside.behave(answers(200, json, '{"ok":true,"result":{"message_id":7}}'), sendMessage);
  await tryIt(telegram, 'To the chat', '42', 'It was sent');
  expect(JSON.parse(outside.at(sendMessage).at(-1)?.body ?? '{}')).toMatchObject({ chat_id: '42' });
  await expectForgotten(page, '/v1/channels', BOT_TOKEN);

  const sms = panelOf(page, 'SMS');
  await sms.getByRole('button', { name: 'Connect' }).click();
  await form.getByLabel('URL').fill(outside.url('/sms'));
  await form.getByLabel('Body').fill('{"to":"{{ message.to "}');
  await form.getByRole('button', { name: 'Add a header' }).click();
  await form.getByLabel('Name of header 1').fill('X Api Key');
  await form.getByLabel('Value of header 1').fill('gateway-secret');
  await form.getByLabel('HTTP statuses').fill('404');
  await page.keyboard.press('Enter');
  await form.getByRole('button', { name: 'Save' }).click();
  expect(await faultOf(form.getByLabel('Name of header 1'))).toContain('a header name such as X-Api-Key');
  expect(await faultOf(form.getByLabel('HTTP statuses'))).toMatch(/299/);
  await form.getByLabel('Name of header 1').fill('X-Api-Key');
  await form.getByLabel('HTTP statuses').focus();
  await page.keyboard.press('Backspace');
  await form.getByRole('button', { name: 'Save' }).click();
  expect(await faultOf(form.getByLabel('Body'))).toMatch(/line 1/);
  await form.getByLabel('Body').fill('{"to":"{{ message.to }}","text":"{{ message.text }}"}');
  await form.getByRole('switch', { name: /tells later/ }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter this address at the gateway').waitFor();
  const receipts = (await page.getByRole('dialog').locator('code').first().textContent()) ?? '';
  expect(receipts).toMatch(/\/v1\/sms-receipts\//);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await allClosed(page);
  outside.behave(answers(202), '/sms');
  await tryIt(sms, 'To the number', '+35699123456', 'It was sent');
  expect(outside.at('/sms')).toMatchObject([{ headers: { 'x-api-key': 'gateway-secret' } }]);

  // Whoever sends it elsewhere has to know the headers.
  await sms.getByRole('button', { name: 'Edit' }).click();
  await expectForgotten(page, '/v1/channels', 'gateway-secret');
  await form.getByText('Headers stay as they are: X-Api-Key').waitFor();
  await form.getByLabel('URL').fill(outside.url('/elsewhere'));
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('is needed, as what it is shown to is new', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  expect((await page.content()).includes(receipts)).toBe(false);
});

test('a provider of free spins and an outside bonus engine are connected', SLOW, async () => {
  const { page, go } = administrator;
  await go('/integrations?tab=providers');
  const form = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Connect a provider' }).first().click();
  await form.getByLabel('Name').fill('Acme Games!');
  await form.getByLabel('URL').fill('https://somebody:else@games.example/api');
  await form.getByLabel('Account').fill('lucky-star');
  await form.getByLabel('Secret').fill('spins-secret');
  await form.getByRole('button', { name: 'Save' }).click();
  expect(await faultOf(form.getByLabel('Name'))).toContain('dashes and underscores');
  await form.getByLabel('Name').fill('acme-games');
  await form.getByRole('button', { name: 'Save' }).click();
  expect(await faultOf(form.getByLabel('URL'))).toContain('holds a user or password');
  await form.getByLabel('URL').fill('https://games.example/api');
  await form.getByRole('button', { name: 'Save' }).click();
  const row = page.locator('tbody tr', { hasText: 'acme-games' });
  await row.getByText('JSON, HMAC-SHA256').waitFor();
  await row.getByRole('button', { name: 'Edit' }).click();
  await expectForgotten(page, '/v1/free-round-providers', 'spins-secret');
  await page.keyboard.press('Escape');
  expect((await read('/v1/free-round-providers')).items).toMatchObject([
    { name: 'acme-games', baseUrl: 'https://games.example/api', accountId: 'lucky-star' },
  ]);

  await page.getByRole('tab', { name: 'Bonus engine' }).click();
  await page.getByRole('button', { name: 'Change' }).click();
  await form.getByRole('radio', { name: 'Kept by an outside engine' }).click();
  await form.getByLabel('URL').fill('https://somebody:else@engine.example/');
  await form.getByRole('button', { name: 'Save' }).click();
  expect(await faultOf(form.getByLabel('URL'))).toContain('holds a user or password');
  await form.getByLabel('URL').fill(outside.url('/engine'));
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Both sides sign with it').waitFor();
  const secret = (await page.getByRole('dialog').locator('code').first().textContent()) ?? '';
  expect(secret).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await allClosed(page);
  outside.behave(answers(500, {}, 'asleep'), '/engine');
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('The engine did not accept').waitFor(PATIENCE);
  outside.behave(ACCEPTED, '/engine');
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('The engine accepted').waitFor(PATIENCE);
  await page.reload();
  await page.getByText('Kept by an outside engine').waitFor();
  await expectForgotten(page, '/v1/bonus-engine', secret);
  expect(await read('/v1/bonus-engine')).toMatchObject({ keeper: 'outside', url: outside.url('/engine') });
});

test('nobody but the administrator is led to it', SLOW, async () => {
  for (const role of ['marketing', 'support'] as const) {
    await using somebody = await world.signIn(role);
    const { page, go } = somebody;
    expect(await page.getByRole('link', { name: 'Integrations' }).count()).toBe(0);
    await go('/integrations');
    await page
      .getByRole('alert')
      .or(page.getByRole('heading', { level: 1 }))
      .first()
      .waitFor();
    for (const name of ['Connect', 'Edit', 'Test', 'Change'])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
  }
});
