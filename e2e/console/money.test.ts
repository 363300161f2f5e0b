import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCEPTED, connectEngine, type TestEngine } from '../../apps/server/src/features/engines/testing.ts';
import {
  answers,
  type Receiver,
  startReceiver,
} from '../../apps/server/src/features/webhooks/testing/receiver.ts';
import { activate } from '../../apps/server/src/testing/actions.ts';
import { createOffer } from '../../apps/server/src/testing/fixtures.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// Money that did not get where it should: what is wrong is seen, put right outside, and sent again.

const SLOW = { timeout: 240_000 };
const PATIENCE = { timeout: 60_000 };

let world: ConsoleWorld;
let engine: TestEngine;
let receiver: Receiver;
beforeAll(async () => {
  world = await startConsoleWorld(
    { OUTBOUND_ALLOW_PRIVATE: 'true' },
    { config: { outboundAllowPrivate: true } },
  );
  receiver = await startReceiver();
  engine = await connectEngine(world.app);
}, 180_000);
afterAll(async () => {
  await world?.close();
  await engine?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

const read = (path: string) => done(world.app.request('GET', path));

/** A bonus whose delivery was given up: an attempt a week after the first is the last. */
async function giveUpOn(player: string): Promise<{ grantId: string }> {
  engine.receiver.behave(answers(503, { 'content-type': 'text/plain' }, 'closed for maintenance'));
  const { code } = await createOffer(world.app);
  const { body } = await activate(world.app, code, player);
  const grantId: string = body.grants[0].id;
  const state = async () => (await read(`/v1/deliveries?grantId=${grantId}`)).items[0]?.state;
  const attempts = async () => (await read(`/v1/deliveries?grantId=${grantId}`)).items[0]?.attempts;
  await expect.poll(attempts, PATIENCE).toBe(1);
  await world.app.db.query(
    'update deliveries set failures = 11, next_attempt_at = now() where grant_id = $1',
    [grantId],
  );
  await expect.poll(state, PATIENCE).toBe('failed');
  return { grantId };
}

test(
  'support sees why a bonus did not arrive, and sends it again once the engine is back',
  SLOW,
  async () => {
    const { grantId } = await giveUpOn('wronged');
    await using support = await world.signIn('support');
    const { page, go } = support;
    await go('/bonuses?tab=deliveries&state=failed');
    const row = page.locator('tbody tr', { hasText: 'wronged' });
    await row.getByText('Failed', { exact: true }).waitFor();
    await row.getByText('answered 503').waitFor();
    await row.getByRole('button', { name: 'Issue: Bonus money' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Given up after three days').waitFor();
    await drawer.getByText('answered 503').waitFor();

    engine.receiver.behave(ACCEPTED);
    await drawer.getByRole('button', { name: 'Retry' }).click();
    await drawer.getByText('The other side has it.').waitFor(PATIENCE);
    expect((await read(`/v1/deliveries?grantId=${grantId}`)).items[0]).toMatchObject({
      state: 'delivered',
      lastError: null,
    });

    await drawer.getByRole('link', { name: 'Bonus money' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bonus money of wronged' }).waitFor();
    await page.getByText('An outside engine').waitFor();
    expect(await read(`/v1/grants/${grantId}`)).toMatchObject({ status: 'active' });
  },
);

test('support extends and cancels a bonus, with its reasons kept', SLOW, async () => {
  await done(world.app.request('PUT', '/v1/bonus-engine', { body: { keeper: 'built_in' } }));
  const { code } = await createOffer(world.app);
  const { body } = await activate(world.app, code, 'lucky');
  const grantId: string = body.grants[0].id;
  await using support = await world.signIn('support');
  const { page, go } = support;
  await go(`/bonuses/${grantId}`);
  const before: string = (await read(`/v1/grants/${grantId}`)).expiresAt;
  await page.getByRole('button', { name: 'Extend' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('The game was down.');
  await page.getByRole('dialog').getByRole('button', { name: 'Extend' }).click();
  await page.getByText('The bonus runs longer.').waitFor();
  expect((await read(`/v1/grants/${grantId}`)).expiresAt > before).toBe(true);

  await page.getByRole('button', { name: 'Cancel bonus' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Bonus money lost').waitFor();
  await dialog.getByText('10.00 EUR').first().waitFor();
  await dialog.getByLabel('Reason').fill('Asked for by the player.');
  await dialog.getByRole('button', { name: 'Cancel bonus' }).click();
  await page.getByText('Cancelled', { exact: true }).waitFor();
  expect(await read(`/v1/grants/${grantId}`)).toMatchObject({
    status: 'cancelled',
    endedReason: 'Asked for by the player.',
  });
  expect(await page.getByRole('button', { name: 'Cancel bonus' }).count()).toBe(0);
});

test('the administrator adds a webhook, reads what it answered, and sends it again', SLOW, async () => {
  receiver.behave(answers(500, { 'content-type': 'text/plain' }, 'no disk left'));
  await using administrator = await world.signIn('administrator');
  const { page, go } = administrator;
  await go('/webhooks');
  await page.getByRole('button', { name: 'Add endpoint' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('URL').fill(receiver.url('/hook'));
  await form.getByLabel('Name').fill('Data warehouse');
  await form.getByRole('switch', { name: /All events/ }).click();
  await form.getByLabel('Find an event').fill('code.disabled');
  await form.getByRole('checkbox', { name: 'code.disabled' }).click();
  await form.getByRole('button', { name: 'Add endpoint' }).click();
  await page.getByText('Keep this secret').waitFor();
  expect(await page.getByRole('dialog').locator('code').first().textContent()).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Data warehouse' }).waitFor();

  const { codeId } = await createOffer(world.app);
  await done(world.app.request('POST', `/v1/codes/${codeId}/disable`, { body: { reason: 'Leaked.' } }));
  const row = page.locator('tbody tr', { hasText: 'code.disabled' });
  await row.getByText('500').waitFor(PATIENCE);
  await row.getByRole('button', { name: 'code.disabled' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('no disk left').waitFor();
  await drawer.getByText('"reason": "Leaked."').waitFor();

  receiver.behave(answers(204));
  await drawer.getByRole('button', { name: 'Replay' }).click();
  await drawer.getByText('Succeeded').waitFor(PATIENCE);
  const sent = receiver.at('/hook').map(({ id }) => id);
  expect(sent.length).toBeGreaterThan(1);
  expect(new Set(sent).size).toBe(1);
});

test('the analyst sees money and may not move it', SLOW, async () => {
  const { grantId } = (await read('/v1/deliveries?limit=1')).items[0];
  await using analyst = await world.signIn('data_analyst');
  const { page, go } = analyst;
  await go(`/bonuses/${grantId}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('What it is worth').waitFor();
  for (const name of ['Extend', 'Forfeit', 'Cancel bonus', 'Retry'])
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
});
