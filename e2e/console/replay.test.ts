import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  answers,
  type Receiver,
  startReceiver,
} from '../../apps/server/src/features/webhooks/testing/receiver.ts';
import { createOffer } from '../../apps/server/src/testing/fixtures.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// An endpoint was down: what it missed is read, sent again one by one or all at once, and arrives.

const SLOW = { timeout: 240_000 };
const PATIENCE = { timeout: 60_000 };
const MISSED = 4;

let world: ConsoleWorld;
let receiver: Receiver;
let webhookId: string;
/** Of the deliveries that were given up, oldest first. */
let missed: string[];
beforeAll(async () => {
  world = await startConsoleWorld(
    { OUTBOUND_ALLOW_PRIVATE: 'true' },
    { config: { outboundAllowPrivate: true } },
  );
  receiver = await startReceiver();
  missed = await outage();
}, 180_000);
afterAll(async () => {
  await world?.close();
  await receiver?.[Symbol.asyncDispose]();
});

const read = (path: string) => done(world.app.request('GET', path));
const deliveries = async (status: string): Promise<{ eventId: string }[]> =>
  (await read(`/v1/webhooks/${webhookId}/deliveries?status=${status}&limit=200`)).items;
const statusOf = async (eventId: string): Promise<string> =>
  (await read(`/v1/webhooks/${webhookId}/deliveries/${eventId}`)).status;

/** Events that the endpoint did not take until they were given up, and one before them, of three days ago. */
async function outage(): Promise<string[]> {
  const { app } = world;
  const post = (path: string, body: object) => done(app.request('POST', path, { body }));
  receiver.behave(answers(503, { 'content-type': 'text/plain' }, 'closed for maintenance'));
  ({ webhookId } = await post('/v1/webhooks', {
    ...{ url: receiver.url('/hook'), description: 'Warehouse', eventTypes: ['code.disabled'] },
  }));
  for (let n = 1; n <= MISSED; n++) {
    const { codeId } = await createOffer(app);
    await post(`/v1/codes/${codeId}/disable`, { reason: `Leak ${n}` });
  }
  await vi.waitFor(async () => expect(await deliveries('failed')).toHaveLength(MISSED), PATIENCE);
  await app.db.query(
    `update webhook_deliveries set status = 'abandoned', next_attempt_at = null where endpoint_id = $1`,
    [webhookId],
  );
  await app.db.query(
    `insert into webhook_deliveries (endpoint_id, event_id, batch_id, position, event_index, event_type, status,
       next_attempt_at, created_at)
     select $1, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000800000000000beef')::uuid, $1, 0, 0,
       'code.disabled', 'abandoned', null, at from (select now() - interval '3 days' as at) long_ago`,
    [webhookId],
  );
  return (await deliveries('abandoned'))
    .map(({ eventId }) => eventId)
    .filter((eventId) => !eventId.endsWith('beef'))
    .sort();
}

test(
  'what was not taken is read and sent again: one, then all that were given up in a period',
  SLOW,
  async () => {
    const [first = '', ...others] = missed;
    await using administrator = await world.signIn('administrator');
    const { page, go } = administrator;
    await go(`/webhooks/${webhookId}?status=abandoned`);
    const rows = page.getByRole('table', { name: 'Deliveries' }).locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(MISSED + 1);
    await rows
      .nth(MISSED - 1)
      .getByRole('button', { name: 'code.disabled' })
      .click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('closed for maintenance').waitFor();
    await drawer.getByText('"reason": "Leak 1"').waitFor();

    receiver.behave(answers(204));
    const before = receiver.at('/hook').length;
    await drawer.getByRole('button', { name: 'Replay' }).click();
    await drawer.getByText('Succeeded', { exact: true }).waitFor(PATIENCE);
    expect(await statusOf(first)).toBe('succeeded');
    expect(await deliveries('abandoned')).toHaveLength(MISSED);
    const again = receiver.at('/hook').slice(before);
    expect(again.map(({ id, body }) => [id, JSON.parse(body).data.reason])).toEqual([[first, 'Leak 1']]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Replay…' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('checkbox', { name: 'failed and are tried again later' }).click();
    await form.getByRole('button', { name: 'Send again' }).click();
    await page.getByText(`${others.length} deliveries are sent again.`).waitFor();
    await expect.poll(async () => (await deliveries('succeeded')).length, PATIENCE).toBe(MISSED);
    const sent = receiver.at('/hook').slice(before + 1);
    expect(sent.map(({ id }) => id).sort()).toEqual(others);
    // What was given up before the period is left as it was.
    expect((await deliveries('abandoned')).map(({ eventId }) => eventId.slice(-4))).toEqual(['beef']);
  },
);

test('a delivery has an address, however many came after it', SLOW, async () => {
  await world.app.db.query(
    `insert into webhook_deliveries (endpoint_id, event_id, batch_id, position, event_index, event_type, status, next_attempt_at)
     select $1, ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 1, n, 'code.disabled', 'succeeded', null
     from generate_series(1, 300) as n`,
    [webhookId],
  );
  await using administrator = await world.signIn('administrator');
  const { page, go } = administrator;
  await go(`/webhooks/${webhookId}?event=${missed[0]}`);
  const drawer = page.getByRole('dialog');
  await drawer.getByText('"reason": "Leak 1"').waitFor();
  await drawer
    .getByText(missed[0] ?? '', { exact: true })
    .first()
    .waitFor();
});

test('whoever keeps no webhooks is not led there, and by its address finds nothing', SLOW, async () => {
  await using support = await world.signIn('support');
  const { page, go } = support;
  expect(await page.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
  await go(`/webhooks/${webhookId}?event=${missed[0]}`);
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('button', { name: /Replay|Pause|Edit|New secret|Delete/ }).count()).toBe(0);
  expect(await page.getByText('Leak 1').count()).toBe(0);
});
