import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEED } from '../../apps/server/src/features/labels/sandbox/testing/seed.ts';
import { createCampaign } from '../../apps/server/src/testing/fixtures.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';
import { type Call, contentFrom } from '../support/promo-journey.ts';

// "Generating promo codes", drawn by hand: a popup with a fresh code, its impression, the client action that it fires, and
// the webhook that saves the code. What the drawing does is then seen with a player.

const SLOW = { timeout: 180_000 };
const MOVED = { timeout: 30_000, interval: 100 };

let world: ConsoleWorld;
let campaignId: string;
beforeAll(async () => {
  world = await startConsoleWorld(
    { OUTBOUND_ALLOW_PRIVATE: 'true' },
    { config: { outboundAllowPrivate: true } },
  );
  ({ campaignId } = await createCampaign(world.app));
  await call('POST', '/v1/labels', { name: 'promo_code', definition: { kind: 'function', default: SEED } });
  await contentFrom(call, 'Promo Code with Label Tag', 'A code just for you', {
    label: 'promo_code',
    whenShown: 'CODE_IS_SHOWN',
  });
  const { secret } = await call('POST', '/v1/keys', {
    name: 'codes',
    kind: 'secret',
    scopes: ['codes:write'],
  });
  await call('PUT', '/v1/journey-secrets/api_key', { value: secret });
}, 180_000);
afterAll(() => world?.close());

const call: Call = (method, path, body) => done(world.app.request(method, path, { body }));

const nodeOf = (page: Page, title: string): Locator => page.locator('.react-flow__node', { hasText: title });
const wayOf = (node: Locator, connector: string): Locator =>
  node.locator(`.react-flow__handle[data-handleid="${connector}"]`);

/** Draws with the mouse, slowly enough to be a drag. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await page.mouse.down();
  const box = await to.boundingBox();
  if (!box) throw new Error('there is nothing to drag to');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 12 });
  await page.mouse.up();
}

/** Adds a node from the palette without the mouse: it comes after the one that is picked. */
async function addByKeys(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Activities' })
    .getByRole('button', { name, exact: true })
    .focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  const field = page.getByRole('complementary').getByRole('combobox', { name: label, exact: true });
  await field.focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** One who may be shown popups. */
async function aPlayer(): Promise<{ id: string; token: string }> {
  const id = `player-${randomUUID()}`;
  await call('PUT', `/v1/players/${id}`, { currency: 'EUR', country: 'DE' });
  await call('POST', `/v1/players/${id}/consents`, {
    consents: [{ product: 'casino', channel: 'popup', granted: true }],
  });
  return { id, token: await world.app.playerToken(id) };
}

test('the flow of the promo code is drawn by hand, started, and walked by a player', SLOW, async () => {
  await using administrator = await world.signIn('administrator');
  const { page, go } = administrator;
  await go('/journeys');
  await page.getByRole('button', { name: 'New journey' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Promo code');
  await page.keyboard.press('Enter');
  const side = page.getByRole('complementary');
  const field = (name: string) => side.getByLabel(name, { exact: true });

  await nodeOf(page, 'Trigger').click();
  await choose(page, 'Players enter by', 'An event');
  await side.getByRole('combobox', { name: 'Event', exact: true }).fill('login');
  await page.keyboard.press('Escape');

  // A node and a connector by mouse.
  const palette = page.getByRole('navigation', { name: 'Activities' });
  await palette
    .getByRole('button', { name: 'Popup' })
    .dragTo(page.locator('.react-flow__pane'), { targetPosition: { x: 430, y: 300 } });
  const popup = nodeOf(page, 'Popup');
  await drag(page, wayOf(nodeOf(page, 'Trigger'), 'next'), wayOf(popup, 'in'));
  await popup.click();
  await choose(page, 'Content', 'A code just for you');
  await popup.getByText('A code just for you').waitFor();

  // The others by keys: each comes after the one before, by its first connector that is free.
  await addByKeys(page, 'Wait for event');
  await field('Client action').focus();
  await page.keyboard.press('Space');
  await side.getByRole('combobox', { name: 'Client action' }).fill('CODE_IS_SHOWN');
  await addByKeys(page, 'Webhook');
  await field('URL').fill(`${world.server.url}/v1/campaigns/${campaignId}/codes`);
  await field('Body').fill('{ "code": "{{event.code}}" }');
  await side.getByRole('button', { name: 'Sign in with api_key' }).press('Enter');
  await addByKeys(page, 'Exit');

  // Removed and brought back, moved, opened: by keys.
  const exit = nodeOf(page, 'Exit');
  await exit.focus();
  const before = await exit.boundingBox();
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await exit.boundingBox())?.y).toBeGreaterThan(before?.y ?? 0);
  await page.keyboard.press('Delete');
  await exit.waitFor({ state: 'detached' });
  await page.keyboard.press('ControlOrMeta+z');
  await exit.waitFor();
  await exit.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await field('Name').fill('Code saved');
  await page.keyboard.press('Escape');

  // The same in words.
  await page.getByText('List', { exact: true }).click();
  const listed = page.getByRole('list', { name: /^Nodes of the journey/ });
  await listed.getByText('When happened →').waitFor();
  await page.getByText('Nothing is wrong with this draft.').waitFor();

  await page.getByRole('button', { name: 'Publish…' }).click();
  await page.getByLabel('What is new').fill('As in the book');
  await page.getByRole('button', { name: 'Publish and start' }).click();
  await page.getByText('Active', { exact: true }).first().waitFor();

  const { items } = await call('GET', '/v1/journeys?name=Promo');
  const journeyId: string = items[0].id;
  const { draft, problems } = await call('GET', `/v1/journeys/${journeyId}`);
  expect(problems).toEqual([]);
  expect(draft.edges).toEqual([
    { from: 'start', connector: 'next', to: 'popup' },
    { from: 'popup', connector: 'impression', to: 'wait_event' },
    { from: 'wait_event', connector: 'happened', to: 'webhook' },
    { from: 'webhook', connector: 'success', to: 'exit' },
  ]);
  expect(draft.nodes).toMatchObject({
    start: { on: { source: 'event', name: 'login' } },
    wait_event: { event: { source: 'client_action', name: 'CODE_IS_SHOWN' } },
    webhook: { method: 'POST', body: '{ "code": "{{event.code}}" }' },
    exit: { name: 'Code saved' },
  });

  const { id, token } = await aPlayer();
  const login = { id: randomUUID(), type: 'login', time: new Date().toISOString(), player: id, data: {} };
  await call('POST', '/v1/events', { events: [login] });
  const waiting = async () =>
    (await done(world.app.request('GET', '/v1/me/messages', { key: token }))).popups[0];
  await expect.poll(waiting, MOVED).toBeDefined();
  await go(`/journeys/${journeyId}?tab=players`);
  await page.getByRole('link', { name: id }).click();
  await page.getByText('Message prepared').waitFor();

  const shown = await waiting();
  const code: string = shown.content.blocks.find(({ type }: { type: string }) => type === 'code').value;
  await done(world.app.request('POST', `/v1/me/messages/${shown.id}/impression`, { key: token }));
  // The page reads again by itself what happened meanwhile.
  await page.getByText('Webhook called').waitFor(MOVED);
  await page.getByText('Reached an exit').first().waitFor(MOVED);
  expect(await call('POST', '/v1/codes/lookup', { code })).toMatchObject({ campaignId, kind: 'unique' });

  await go(`/journeys/${journeyId}`);
  await page.locator('.react-flow__node', { hasText: 'Code saved' }).waitFor();
  await page.getByText('Impression1').waitFor(MOVED);
});

test('two who edit one journey lose nothing', SLOW, async () => {
  const journey = await call('POST', '/v1/journeys', {
    name: 'Shared',
    definition: {
      nodes: { start: { kind: 'trigger', on: { source: 'event', name: 'login' } }, bye: { kind: 'exit' } },
      edges: [{ from: 'start', connector: 'next', to: 'bye' }],
    },
  });
  await using marketing = await world.signIn('marketing');
  const { page, go } = marketing;
  await go(`/journeys/${journey.id}/edit`);
  await nodeOf(page, 'Exit').click();
  await page.getByRole('complementary').getByLabel('Name', { exact: true }).fill('Mine');
  // What marketing may not do is not offered.
  expect(await page.getByRole('button', { name: 'Publish…' }).count()).toBe(0);

  const theirs = { ...journey.draft.nodes.start, name: 'Theirs' };
  await call('PATCH', `/v1/journeys/${journey.id}`, {
    revision: journey.revision,
    definition: { ...journey.draft, nodes: { ...journey.draft.nodes, start: theirs } },
  });
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved this journey' });
  await dialog.getByText('Theirs: Changed').waitFor();
  await dialog.getByRole('button', { name: 'Go on with both changes' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('All saved').waitFor();
  expect((await call('GET', `/v1/journeys/${journey.id}`)).draft.nodes).toMatchObject({
    start: { name: 'Theirs' },
    bye: { name: 'Mine' },
  });
});
