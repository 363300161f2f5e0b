import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type MailServer,
  smtpError,
  startMailServer,
} from '../../apps/server/src/features/channels/testing/mail-server.ts';
import {
  aPlayer,
  aRequest,
  messageOf,
  prepareAll,
} from '../../apps/server/src/features/channels/testing/messages.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// A message that did not arrive: why is seen, and it is sent again once it can.

const SLOW = { timeout: 240_000 };
const PATIENCE = { timeout: 60_000 };

let world: ConsoleWorld;
let mail: MailServer;
let isFull = false;
beforeAll(async () => {
  world = await startConsoleWorld(
    { OUTBOUND_ALLOW_PRIVATE: 'true' },
    { config: { outboundAllowPrivate: true } },
  );
  mail = await startMailServer({
    onRcptTo: (_address, _session, callback) =>
      callback(isFull ? smtpError(552, 'the mailbox is full') : null),
  });
  const from = { name: 'Lucky Star', address: 'bonus@lucky-star.example' };
  const body = { kind: 'smtp', host: '127.0.0.1', port: mail.port, security: 'none', from };
  await done(world.app.request('PUT', '/v1/channels/email', { body }));
}, 180_000);
afterAll(async () => {
  await world?.close();
  await mail?.[Symbol.asyncDispose]();
});

/** A message that a full mailbox did not take. */
async function lost(): Promise<{ player: string; messageId: string }> {
  const { app } = world;
  isFull = true;
  const player = await aPlayer(app);
  const [message] = await prepareAll(app, [aRequest(app.brand.brandId, player, { channel: 'email' })]);
  if (!message) throw new Error('nothing was prepared');
  const { messageId } = message;
  await expect.poll(async () => (await messageOf(app, messageId)).state, PATIENCE).toBe('failed');
  isFull = false;
  return { player, messageId };
}

test('support sees why a message did not arrive, sends it again, and sees it arrive', SLOW, async () => {
  const { app } = world;
  const { player, messageId } = await lost();
  await using support = await world.signIn('support');
  const { page, go } = support;
  await go('/messages?state=failed');
  const row = page.locator('tbody tr', { hasText: player });
  await row.getByText('the mailbox is full').waitFor();
  await row.getByRole('button').first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('alert').getByText('the mailbox is full').waitFor();
  await drawer.getByRole('button', { name: 'Send again' }).click();

  // The message that was made of it is what is looked at from here on.
  await drawer.getByText('Sent', { exact: true }).first().waitFor(PATIENCE);
  await drawer.getByRole('link', { name: 'Sent again' }).waitFor();
  expect(await drawer.getByRole('button', { name: 'Send again' }).count()).toBe(0);
  const { items } = await done(app.request('GET', `/v1/messages?player=${player}`));
  expect(items).toMatchObject([
    { state: 'sent', origin: { kind: 'resent', messageId } },
    { id: messageId, state: 'failed' },
  ]);
  expect(page.url()).toContain(`message=${items[0].id}`);
  expect(mail.received.filter(({ to }) => to.includes(`${player}@example.com`))).toHaveLength(1);

  await drawer.getByRole('link', { name: 'Sent again' }).click();
  await drawer.getByText('Failed', { exact: true }).first().waitFor();
});

test('one whose time is over is not sent again, nor any by whoever may not', SLOW, async () => {
  const { app } = world;
  const { messageId } = await lost();
  await using analyst = await world.signIn('data_analyst');
  await analyst.go(`/messages?message=${messageId}`);
  await analyst.page.getByRole('alert').getByText('the mailbox is full').waitFor();
  expect(await analyst.page.getByRole('button', { name: 'Send again' }).count()).toBe(0);

  await app.db.query('update messages set expires_at = now() where message_id = $1', [messageId]);
  await using support = await world.signIn('support');
  await support.go(`/messages?message=${messageId}`);
  await support.page.getByRole('alert').getByText('the mailbox is full').waitFor();
  expect(await support.page.getByRole('button', { name: 'Send again' }).count()).toBe(0);
});
