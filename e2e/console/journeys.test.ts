import type { Role } from '@promosmith/contract';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildConsole } from '../../apps/console/build/build.ts';
import { SEED } from '../../apps/server/src/features/labels/sandbox/testing/seed.ts';
import { launchBrowser } from '../support/browser.ts';
import { type CasinoWorld, deposit, startCasinoWorld, visit } from '../support/casino.ts';
import { signIn, type Visit } from '../support/console.ts';
import { type Call, contentFrom, startPromoCampaign } from '../support/promo-journey.ts';
import { aMember, callsOf, codeOn, MOVED, popupOn } from '../support/promo-world.ts';

// "Generating promo codes", drawn by hand: a popup with a fresh code, its impression, the client action that it fires, and
// the webhook that saves the code. What was drawn is then seen in the casino.

const SLOW = { timeout: 240_000 };

let world: CasinoWorld;
let browser: Browser;
let campaignId: string;
let call: Call;
beforeAll(async () => {
  await buildConsole();
  browser = await launchBrowser();
  world = await startCasinoWorld();
  call = callsOf(world);
  campaignId = await startPromoCampaign(call);
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
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

function signInAs(role: Role): Promise<Visit> {
  const { apiUrl: url, demo } = world;
  const member = demo.staff.find((one) => one.role === role);
  if (!member) throw new Error(`the demo has no ${role}`);
  return signIn(browser, { url, brand: demo.brand, ...member });
}

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

test('the flow of the promo code is drawn by hand, started, and works in the casino', SLOW, async () => {
  await using administrator = await signInAs('administrator');
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
  await field('URL').fill(`${world.apiUrl}/v1/campaigns/${campaignId}/codes`);
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

  await using visitor = await visit(browser);
  const { player, logIn } = await aMember(visitor.page, world.url);
  await logIn();
  await popupOn(visitor.page).waitFor();
  const code = await codeOn(visitor.page);
  await visitor.page.keyboard.press('Escape');

  await go(`/journeys/${journeyId}?tab=players`);
  await page.getByRole('link', { name: player }).click();
  await page.getByText('Message prepared').waitFor();
  // The page reads again by itself what happens meanwhile.
  await page.getByText('Webhook called').waitFor(MOVED);
  await page.getByText('Reached an exit').first().waitFor(MOVED);
  expect(await call('POST', '/v1/codes/lookup', { code })).toMatchObject({ campaignId, kind: 'unique' });

  await deposit(visitor.page, world.url, '25', code);
  await expect
    .poll(async () => (await call('GET', `/v1/grants?player=${player}`)).items[0], MOVED)
    .toMatchObject({ kind: 'deposit', amount: 2_500, status: 'active', campaignId });

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
  await using marketing = await signInAs('marketing');
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
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved meanwhile' });
  await dialog.getByText('Theirs: Changed').waitFor();
  await dialog.getByRole('button', { name: 'Keep both' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('All saved').waitFor();
  expect((await call('GET', `/v1/journeys/${journey.id}`)).draft.nodes).toMatchObject({
    start: { name: 'Theirs' },
    bye: { name: 'Mine' },
  });
});
