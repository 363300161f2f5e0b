import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visit } from '../support/casino.ts';
import { codeOn, MOVED, type PromoWorld, popupOn, startPromoWorld } from '../support/promo-world.ts';

// The promo code's popup where it could come twice, or not at all: tabs, reloads, a line that fails.

const SLOW = { timeout: 240_000 };

let promo: PromoWorld;
beforeAll(async () => {
  promo = await startPromoWorld();
}, SLOW.timeout);
afterAll(() => promo?.close());

/** How often each thing happened that may happen once. */
async function once(player: string): Promise<void> {
  const { of } = await promo.runOf(player);
  expect(of('webhook.called')).toHaveLength(1);
  expect(await promo.messagesTo(player)).toHaveLength(1);
  // The feed has what happened a moment later: when what was under way beside it is over.
  await expect.poll(() => promo.told('message.shown', player), MOVED).toBe(1);
  expect(
    (await promo.call('GET', `/v1/journeys/${promo.journeyId}/enrolments?player=${player}`)).items,
  ).toHaveLength(1);
}

describe('once', () => {
  it('in two tabs: one draws the popup, one impression, one webhook', SLOW, async () => {
    await using visitor = await visit(promo.browser);
    const { page: one } = visitor;
    const context: BrowserContext = one.context();
    const { player, logIn } = await promo.aMember(one);
    const before = await promo.savedCodes();
    const two = await context.newPage();
    await logIn(two);
    await one.goto(`${promo.url}/`);
    const drawn = async () => (await popupOn(one).count()) + (await popupOn(two).count());
    await expect.poll(drawn, MOVED).toBe(1);
    await once(player);
    // The other one knows by now, and stays as it is.
    for (const tab of [one, two]) await tab.waitForTimeout(1_500);
    expect(await drawn()).toBe(1);
    expect(await promo.savedCodes()).toBe(before + 1);
    const [with_, without] = (await popupOn(one).count()) === 1 ? [one, two] : [two, one];
    await popupOn(with_).getByRole('button', { name: 'Got it' }).click();
    await expect.poll(async () => (await promo.messagesTo(player))[0].state, MOVED).toBe('dismissed');
    await without.reload();
    await without.waitForFunction('window.promosmith?.loaded');
    await without.waitForTimeout(1_500);
    expect(await drawn()).toBe(0);
  });

  it('with the popup open, the page is loaded again: drawn again, with its code', SLOW, async () => {
    await using visitor = await visit(promo.browser);
    const { page } = visitor;
    const { player, logIn } = await promo.aMember(page);
    const before = await promo.savedCodes();
    await logIn();
    await popupOn(page).waitFor();
    const code = await codeOn(page);
    for (const path of ['/', '/cashier', '/']) {
      await page.goto(`${promo.url}${path}`);
      await popupOn(page).waitFor();
      expect(await codeOn(page)).toBe(code);
    }
    await once(player);
    expect(await promo.savedCodes()).toBe(before + 1);
  });

  it.each(['cut', 'deaf'] as const)(
    'the line is %s while the message is sent: it comes when the line is there again',
    SLOW,
    async (state) => {
      await using visitor = await visit(promo.browser);
      const { page } = visitor;
      const { player, logIn } = await promo.aMember(page);
      const before = await promo.savedCodes();
      await logIn();
      await popupOn(page).waitFor();
      await page.keyboard.press('Escape');
      await once(player);
      // The page is connected and waits; the next popup is sent into a line that fails.
      promo.line.state = state;
      const tell = {
        id: `login-again-${state}`,
        type: 'login',
        time: new Date().toISOString(),
        player,
        data: {},
      };
      await promo.call('POST', '/v1/events', { events: [tell] });
      await expect.poll(async () => (await promo.messagesTo(player)).length, MOVED).toBe(2);
      await page.waitForTimeout(2_000);
      expect(await popupOn(page).count()).toBe(0);
      expect((await promo.messagesTo(player))[0].state).toBe('sent');
      promo.line.state = 'up';
      await popupOn(page).waitFor({ timeout: 60_000 });
      const code = await codeOn(page);
      await expect.poll(() => promo.isSaved(code), MOVED).toBe(true);
      await page.waitForTimeout(1_000);
      expect(await promo.savedCodes()).toBe(before + 2);
      await expect.poll(() => promo.told('message.shown', player), MOVED).toBe(2);
    },
  );

  it(
    'the answer to the claim is lost: the popup is drawn nevertheless, and the code saved once',
    SLOW,
    async () => {
      await using visitor = await visit(promo.browser);
      const { page } = visitor;
      const { player, logIn } = await promo.aMember(page);
      const before = await promo.savedCodes();
      promo.line.deafTo = 'POST /v1/me/messages/';
      await logIn();
      await expect.poll(() => promo.told('message.shown', player), MOVED).toBe(1);
      promo.line.deafTo = undefined;
      await popupOn(page).waitFor({ timeout: 60_000 });
      await once(player);
      expect(await promo.savedCodes()).toBe(before + 1);
    },
  );
});
