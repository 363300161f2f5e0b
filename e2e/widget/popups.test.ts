import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { aPlayer, eventsOf, messageOf } from '../../apps/server/src/features/channels/testing/messages.ts';
import { createOffer } from '../../apps/server/src/testing/fixtures.ts';
import { SLOW, startWidgetWorld, type WidgetWorld } from '../support/widget.ts';
import { rendered, sendRendered, sendTemplate } from '../support/widget-messages.ts';

let world: WidgetWorld;
let player: string;
beforeAll(async () => {
  world = await startWidgetWorld();
}, SLOW.timeout);
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(async () => {
  player = await aPlayer(world.app, { currency: 'EUR' });
});

const stateOf = async (messageId: string) => (await messageOf(world.app, messageId)).state;
const becomes = (messageId: string, state: string) => expect.poll(() => stateOf(messageId)).toBe(state);

describe('a popup', () => {
  it('that waits is claimed, drawn, and copied from', SLOW, async () => {
    const messageId = await sendTemplate(world.app, player, 'promo-code-with-label-tag');
    await using context = await world.browser.newContext();
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.site.url });
    await using it = await world.open({ player, context });
    const popup = it.page.getByRole('dialog', { name: 'A code just for you' });
    await popup.getByText('SPRING-7K2M').waitFor();
    expect(await stateOf(messageId)).toBe('shown');
    await popup.getByRole('button', { name: 'Copy code' }).click();
    await popup.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await popup.locator('.spoken').textContent()).toBe('Copied');
    expect(await it.page.evaluate('navigator.clipboard.readText()')).toBe('SPRING-7K2M');
    expect(await it.events('copied')).toMatchObject([{ detail: { id: messageId, code: 'SPRING-7K2M' } }]);
    await popup.getByRole('button', { name: 'Got it' }).click();
    await popup.waitFor({ state: 'detached' });
    await becomes(messageId, 'dismissed');
    expect((await it.events('shown')).map(({ detail }) => detail)).toEqual([
      { id: messageId, channel: 'popup' },
    ]);
    expect((await it.events('dismissed')).map(({ detail }) => detail)).toEqual([
      { id: messageId, channel: 'popup' },
    ]);
    expect(it.faults).toEqual([]);
  });

  it('that comes while the page is open is drawn, and one after the other', SLOW, async () => {
    await using it = await world.open({ player });
    await expect.poll(() => it.events('unread')).toHaveLength(1);
    const first = await sendTemplate(world.app, player, 'promo-code-with-label-tag');
    await it.page.getByRole('dialog', { name: 'A code just for you' }).waitFor();
    const second = await sendTemplate(world.app, player, 'announcement');
    await expect.poll(() => it.events('message')).toHaveLength(2);
    expect(await it.page.locator('promosmith-popup').count()).toBe(1);
    expect(await stateOf(second)).toBe('sent');
    await it.page.keyboard.press('Escape');
    await it.page.getByRole('dialog', { name: 'News from Lucky & Sons' }).waitFor();
    expect(await it.page.locator('promosmith-popup').count()).toBe(1);
    await becomes(first, 'dismissed');
    await becomes(second, 'shown');
  });

  it('is drawn by one of two tabs, and again by that one after a reload', SLOW, async () => {
    await using context = await world.browser.newContext();
    await using one = await world.open({ player, context });
    await using two = await world.open({ player, context });
    for (const { page } of [one, two]) await page.bringToFront();
    const messageId = await sendTemplate(world.app, player, 'announcement');
    const drawn = () => Promise.all([one, two].map(({ page }) => page.locator('promosmith-popup').count()));
    await expect.poll(async () => (await drawn()).join()).toMatch(/1/);
    for (const { events } of [one, two]) await expect.poll(() => events('message')).toHaveLength(1);
    expect((await drawn()).sort()).toEqual([0, 1]);
    const shown = (await eventsOf(world.app, messageId)).filter((type) => type === 'message.shown');
    expect(shown).toHaveLength(1);
    const [winner, loser] = (await drawn())[0] === 1 ? [one, two] : [two, one];
    await Promise.all([winner.page.reload(), loser.page.reload()]);
    await winner.page.getByRole('dialog').waitFor();
    await loser.page.waitForFunction('told.some(({ name }) => name === "unread")');
    expect(await loser.page.locator('promosmith-popup').count()).toBe(0);
    await winner.page.getByRole('button', { name: 'Close' }).click();
    await becomes(messageId, 'dismissed');
  });

  it('goes from the screen when it was closed elsewhere', SLOW, async () => {
    const messageId = await sendTemplate(world.app, player, 'announcement');
    await using it = await world.open({ player });
    await it.page.getByRole('dialog').waitFor();
    await world.app.request('POST', `/v1/me/messages/${messageId}/dismiss`, {
      key: await world.app.playerToken(player),
    });
    await it.page.locator('promosmith-popup').waitFor({ state: 'detached' });
    expect(await it.events('dismissed')).toEqual([]);
  });

  it('is drawn although the answer to its claim was lost', SLOW, async () => {
    await using context = await world.browser.newContext();
    let lost = 0;
    await context.route('**/impression', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost++;
      await route.fetch();
      await route.abort();
    });
    const messageId = await sendTemplate(world.app, player, 'announcement');
    await using it = await world.open({ player, context });
    await it.page.getByRole('dialog').waitFor();
    expect([lost, await stateOf(messageId)]).toEqual([1, 'shown']);
  });

  it('is drawn by the page that follows one that was left before its claim was answered', SLOW, async () => {
    await using context = await world.browser.newContext();
    const { promise: taken, resolve: take } = Promise.withResolvers<void>();
    await context.route('**/impression', async (route) => {
      await route.fetch();
      take();
    });
    const messageId = await sendTemplate(world.app, player, 'announcement');
    await using it = await world.open({ player, context });
    await taken;
    expect(await it.page.locator('promosmith-popup').count()).toBe(0);
    await it.page.reload();
    await it.page.getByRole('dialog').waitFor();
    expect(await stateOf(messageId)).toBe('shown');
  });

  it('waits while the page holds it', SLOW, async () => {
    const messageId = await sendTemplate(world.app, player, 'announcement');
    await using it = await world.open({ player, attributes: 'data-popups="hold"' });
    await expect.poll(() => it.events('unread')).toHaveLength(1);
    expect(await it.page.locator('promosmith-popup').count()).toBe(0);
    expect(await stateOf(messageId)).toBe('sent');
    await it.page.evaluate('promosmith("popups", "show")');
    await it.page.getByRole('dialog').waitFor();
  });

  it('in the corner leaves the page and its focus alone', SLOW, async () => {
    await using it = await world.open({ player, body: '<button id="own">Play</button>' });
    await it.page.locator('#own').focus();
    const messageId = await sendTemplate(world.app, player, 'deposit-nudge');
    const popup = it.page.getByRole('dialog', { name: 'Your deposit bonus is still here' });
    await popup.waitFor();
    expect(await it.page.evaluate('document.activeElement.id')).toBe('own');
    await it.page.locator('#own').click();
    await popup.getByRole('link', { name: 'Go to the cashier' }).focus();
    await it.page.keyboard.press('Escape');
    await popup.waitFor({ state: 'detached' });
    expect(await it.page.evaluate('document.activeElement.id')).toBe('own');
    await becomes(messageId, 'dismissed');
  });
});

describe('a button', () => {
  it('with a link claims the click and is followed', SLOW, async () => {
    const messageId = await sendTemplate(world.app, player, 'cashback');
    await using it = await world.open({ player });
    await it.page.getByRole('link', { name: 'See my bonuses' }).click();
    await it.page.waitForURL(`${world.site.url}/bonuses`);
    await becomes(messageId, 'clicked');
  });

  it('with a link is left to the page that follows it itself', SLOW, async () => {
    const messageId = await sendTemplate(world.app, player, 'cashback');
    await using it = await world.open({
      player,
      script: `addEventListener('promosmith:navigate', (event) => event.preventDefault());`,
    });
    const before = it.page.url();
    await it.page.getByRole('link', { name: 'See my bonuses' }).click();
    await becomes(messageId, 'clicked');
    expect(it.page.url()).toBe(before);
    expect(await it.events('navigate')).toMatchObject([{ detail: { url: `${world.site.url}/bonuses` } }]);
  });

  it('that applies a code says what the player has got', SLOW, async () => {
    const { code } = await createOffer(world.app);
    const messageId = await sendTemplate(world.app, player, 'free-spins', { code });
    await using it = await world.open({ player });
    const popup = it.page.getByRole('dialog');
    await popup.getByRole('button', { name: 'Claim my spins' }).click();
    await popup.getByRole('status').filter({ hasText: 'Your code has been accepted.' }).waitFor();
    await becomes(messageId, 'clicked');
    expect(await it.events('activated')).toMatchObject([{ detail: { outcome: 'accepted' } }]);
    await it.page.keyboard.press('Enter');
    await popup.waitFor({ state: 'detached' });
    expect(await it.events('dismissed')).toEqual([]);
  });

  it('that applies a code says why it could not', SLOW, async () => {
    const messageId = await sendTemplate(world.app, player, 'free-spins', { code: 'NO-SUCH-CODE' });
    await using it = await world.open({ player });
    const popup = it.page.getByRole('dialog');
    await popup.getByRole('button', { name: 'Claim my spins' }).click();
    await popup.getByRole('status').filter({ hasText: 'This code does not exist.' }).waitFor();
    expect(await stateOf(messageId)).toBe('shown');
  });

  it('with a client action tells the server of it', SLOW, async () => {
    const content = rendered('announcement', {
      change: {
        blocks: [
          { id: 'title', type: 'heading', text: 'Spin' },
          {
            ...{ id: 'spin', type: 'button', label: 'Spin the wheel', style: 'primary' },
            action: { kind: 'client_action', name: 'WHEEL_WANTED' },
          },
        ],
      },
    });
    const messageId = await sendRendered(world.app, player, content);
    await using it = await world.open({ player });
    await it.page.getByRole('button', { name: 'Spin the wheel' }).click();
    await becomes(messageId, 'clicked');
    const fieldsSeen = async () => {
      const { body } = await world.app.request('GET', '/v1/event-properties?source=client_action');
      const seen = body.items.find(({ key }: { key: string }) => key === 'client_action:WHEEL_WANTED');
      return seen?.fields.map(({ name }: { name: string }) => name);
    };
    await expect.poll(fieldsSeen).toEqual(['block', 'message']);
  });
});

test('one that cannot be dismissed stays until a button ends it', SLOW, async () => {
  const messageId = await sendRendered(
    world.app,
    player,
    rendered('announcement', { change: { dismissible: false } }),
  );
  await using it = await world.open({ player });
  const popup = it.page.getByRole('dialog');
  await popup.waitFor();
  expect(await popup.getByRole('button', { name: 'Close' }).count()).toBe(0);
  for (let times = 0; times < 3; times++) await it.page.keyboard.press('Escape');
  await it.page.mouse.click(5, 5);
  await popup.waitFor();
  expect(await stateOf(messageId)).toBe('shown');
  await popup.getByRole('button', { name: 'OK' }).click();
  await becomes(messageId, 'dismissed');
});
