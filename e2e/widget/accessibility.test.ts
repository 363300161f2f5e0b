import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aPlayer } from '../../apps/server/src/features/channels/testing/messages.ts';
import { createOffer } from '../../apps/server/src/testing/fixtures.ts';
import { findingsOf } from '../support/axe.ts';
import { SLOW, startWidgetWorld, styleOfPopup, type WidgetWorld } from '../support/widget.ts';
import { sendTemplate } from '../support/widget-messages.ts';

let world: WidgetWorld;
let player: string;
beforeAll(async () => {
  world = await startWidgetWorld();
}, SLOW.timeout);
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(async () => {
  player = await aPlayer(world.app, { currency: 'EUR' });
});

const ELEMENTS = `<main><h1>Lucky Star</h1>
  <promosmith-code channel="cashier"></promosmith-code>
  <promosmith-bonuses></promosmith-bonuses>
  <promosmith-inbox></promosmith-inbox></main>`;

const DARK = '<style>:root{color-scheme:dark}body{background:#0d0f16;color:#eee}</style>';

describe('axe finds nothing', () => {
  it.each<[string, string, string, BrowserContextOptions]>([
    ['in the light', 'en', '', {}],
    ['in the dark, in German', 'de', DARK, { colorScheme: 'dark' }],
    ['in Arabic, on a phone', 'ar', '', { viewport: { width: 360, height: 740 } }],
  ])('in the elements %s', SLOW, async (_, lang, head, options) => {
    const { code } = await createOffer(world.app, {
      definition: { terms: { significant: '18+. Wager 35×.', full: 'One per player.' } },
    });
    await sendTemplate(world.app, player, 'inbox-promo-code', { locale: lang });
    await sendTemplate(world.app, player, 'inbox-promo-code', { locale: lang });
    await using it = await world.open({ player, lang, head, options, body: ELEMENTS });
    const { page } = it;
    await page.locator('promosmith-code input').fill('NOPE');
    await page.keyboard.press('Enter');
    await page.locator('promosmith-code .bad:not(:empty)').waitFor();
    expect(await findingsOf(page)).toEqual([]);
    await page.locator('promosmith-code input').fill(code);
    await page.keyboard.press('Enter');
    await page.locator('promosmith-bonuses article .give-up button').click();
    await page.locator('promosmith-bonuses .ask').waitFor();
    await page.locator('promosmith-inbox summary').first().click();
    await page.locator('promosmith-inbox .blocks').waitFor();
    expect(await findingsOf(page)).toEqual([]);
  });

  it.each<[string, string, BrowserContextOptions]>([
    ['promo-code-with-label-tag', 'ar', { viewport: { width: 360, height: 740 } }],
    ['free-spins', 'de', {}],
    ['countdown-offer', 'en', { colorScheme: 'dark' }],
    ['deposit-nudge', 'en', {}],
    ['cashback', 'de', { colorScheme: 'dark' }],
    ['announcement', 'en', {}],
  ])('in the popup %s', SLOW, async (template, locale, options) => {
    await sendTemplate(world.app, player, template, { locale });
    // Half transparent, as an animation begins, nothing has enough contrast.
    const still: BrowserContextOptions = { ...options, reducedMotion: 'reduce' };
    await using it = await world.open({ player, options: still, body: '<main><h1>Lucky Star</h1></main>' });
    await it.page.getByRole('dialog').waitFor();
    expect(await findingsOf(it.page)).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  const focused = (page: Page) =>
    page.evaluate<string>(`(() => {
      let at = document.activeElement;
      while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at.id || at.getAttribute('aria-label') || at.textContent.slice(0, 30);
    })()`);

  it('a code is entered, terms are read, a bonus is thought about, a message opened', SLOW, async () => {
    const { code } = await createOffer(world.app, {
      definition: { terms: { significant: '18+.', full: 'One per player.' } },
    });
    await sendTemplate(world.app, player, 'inbox-promo-code');
    await using it = await world.open({ player, body: ELEMENTS });
    const { page } = it;
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab');
    expect(await focused(page)).toBe('code');
    await page.keyboard.type(code);
    await press('Enter');
    await page.getByRole('article').waitFor();
    await press('Tab', 'Tab', 'Enter');
    await page.getByText('One per player.').waitFor();
    await press('Tab', 'Enter');
    await page.getByRole('button', { name: 'Keep it' }).waitFor();
    expect(await focused(page)).toBe('Keep it');
    await press('Enter');
    expect(await focused(page)).toBe('Give up');
    await press('Tab', 'Enter');
    await page.getByText('SPRING-7K2M').waitFor();
    await press('Tab', 'Tab');
    expect(await focused(page)).toBe('Delete');
    await press('Enter');
    await page.getByText('No messages.').waitFor();
  });

  it('a popup keeps focus, and gives it back', SLOW, async () => {
    await using it = await world.open({
      player,
      body: '<button id="play">Play</button><button id="pay">Pay</button>',
    });
    const { page } = it;
    await page.locator('#pay').focus();
    await sendTemplate(world.app, player, 'free-spins');
    await page.getByRole('dialog').waitFor();
    expect(await focused(page)).toBe('title');
    const seen = new Set<string>();
    for (let times = 0; times < 8; times++) {
      await page.keyboard.press('Tab');
      seen.add(await focused(page));
    }
    expect([...seen]).toEqual(expect.arrayContaining(['Claim my spins', 'Maybe later', 'Close']));
    expect([...seen].filter((name) => ['play', 'pay'].includes(name))).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('pay');
  });
});

describe('what players asked their devices for', () => {
  it.each<['reduce' | 'no-preference', string]>([
    ['reduce', 'none'],
    ['no-preference', 'rise'],
  ])('with motion at %s popups have the animation %s', SLOW, async (reducedMotion, animation) => {
    await sendTemplate(world.app, player, 'announcement');
    await using it = await world.open({ player, options: { reducedMotion } });
    const dialog = it.page.getByRole('dialog');
    await dialog.waitFor();
    expect(await it.page.evaluate(styleOfPopup('animationName'))).toBe(animation);
  });

  it('right to left is right to left', SLOW, async () => {
    await sendTemplate(world.app, player, 'promo-code-with-label-tag', { locale: 'ar' });
    await using it = await world.open({ player, lang: 'ar', body: ELEMENTS });
    const dialog = it.page.getByRole('dialog');
    await dialog.waitFor();
    const [around, close] = await Promise.all([
      dialog.boundingBox(),
      it.page.getByRole('button', { name: 'إغلاق' }).boundingBox(),
    ]);
    if (!around || !close) throw new Error('nothing is drawn');
    expect(close.x).toBeLessThan(around.x + around.width / 4);
    await it.page.keyboard.press('Escape');
    const [input, button] = await Promise.all(
      ['input', 'button'].map((tag) => it.page.locator(`promosmith-code ${tag}`).boundingBox()),
    );
    if (!input || !button) throw new Error('nothing is drawn');
    expect(button.x).toBeLessThan(input.x);
  });
});

/** The styles that docs/guides/widget.md tells pages to have. */
const RESERVED = readFileSync(new URL('../../docs/guides/widget.md', import.meta.url), 'utf8').match(
  /```css\n(promosmith-code \{[\s\S]*?)```/,
)?.[1];

describe('the page stays where it is', () => {
  it.each([360, 1280])('%d pixels wide: nothing moves, and nothing is cut off', SLOW, async (width) => {
    expect(RESERVED).toContain('min-height');
    await sendTemplate(world.app, player, 'inbox-promo-code');
    await sendTemplate(world.app, player, 'countdown-offer');
    const { code } = await createOffer(world.app);
    await world.app.request('POST', '/v1/activations', { body: { code, player: { id: player } } });
    await using it = await world.open({
      player,
      head: `<style>${RESERVED}</style>`,
      options: { viewport: { width, height: 800 } },
      body: `<p>Before</p><promosmith-code></promosmith-code><p>Between</p><promosmith-bonuses></promosmith-bonuses>
        <p>Between</p><promosmith-inbox></promosmith-inbox><p>After</p>`,
      script: `globalThis.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            shifts.push([entry.value, entry.hadRecentInput, ...entry.sources.map(({ node }) => node?.nodeName)]);
        }).observe({ type: 'layout-shift', buffered: true });`,
    });
    const { page } = it;
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(1_500);
    await page.keyboard.press('Escape');
    await page.getByRole('article').waitFor();
    await page.locator('promosmith-code input').fill('NOPE');
    await page.keyboard.press('Enter');
    await page.locator('promosmith-code .bad:not(:empty)').waitFor();
    await page.waitForTimeout(1_000);
    expect(await page.evaluate('shifts')).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
});
