import type { Block, RenderedPopup } from '@promosmith/core/content';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { aPlayer } from '../../apps/server/src/features/channels/testing/messages.ts';
import { createOffer } from '../../apps/server/src/testing/fixtures.ts';
import { SLOW, startWidgetWorld, styleOfPopup, type WidgetWorld } from '../support/widget.ts';
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

/** Texts and links that would run something where they are taken for markup, a script or a style. Each says so if it does. */
const HOSTILE = [
  '<img src=x onerror="hit(1)">',
  '<script>hit(2)</script>',
  '"><svg onload=hit(3)>',
  `' onmouseover='hit(4)`,
  '</p></dialog><iframe srcdoc="<script>parent.hit(5)</script>">',
  'javascript:hit(6)',
  ' java\nscript:hit(7)',
  'JaVaScRiPt:hit(8)//https://',
  'data:text/html,<script>opener.hit(9)</script>',
  'vbscript:hit(10)',
  'blob:https://casino.example/hit',
  '{{constructor.constructor("hit(11)")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the point
  '${hit(12)}',
  '</style><style>*{background:url(javascript:hit(13))}',
  '}*{display:none}:host{--x:1',
  '\u202egpj.exe\u202c <b>rtl</b>',
  '\u2066\u2067\u200f\u061cabc\u2069',
  '\u0000\ufffe\u2028\u2029',
  '__proto__',
  'constructor',
  '&lt;img src=x onerror=hit(14)&gt;',
];

const HIT = 'globalThis.hits = []; globalThis.hit = (n) => hits.push(n);';

const everywhere = (text: string): Block[] => [
  { id: 'a', type: 'heading', text },
  { id: 'b', type: 'text', text },
  { id: 'c', type: 'image', url: text, alt: text },
  { id: 'd', type: 'code', value: text, copyLabel: text, copiedLabel: text },
  { id: 'e', type: 'list', items: [text, text] },
  { id: 'f', type: 'countdown', until: text, label: text, endedLabel: text },
  { id: 'g', type: 'divider' },
  { id: 'h', type: 'button', label: text, style: 'primary', action: { kind: 'open_url', url: text } },
  { id: 'i', type: 'button', label: text, style: 'secondary', action: { kind: 'close' } },
];

describe('nothing in a message runs', () => {
  test.each(HOSTILE)('%j', SLOW, async (text) => {
    const stored = text.replaceAll('\u0000', '');
    const hostile: RenderedPopup = {
      ...(rendered('announcement') as RenderedPopup),
      blocks: everywhere(stored),
      theme: {
        light: { background: stored, text: stored, accent: stored, onAccent: stored },
        radius: stored as unknown as number,
        position: 'centre',
      },
    };
    const inbox = {
      ...rendered('inbox-promo-code'),
      title: stored,
      preview: stored,
      blocks: everywhere(stored),
    };
    await sendRendered(world.app, player, hostile);
    await sendRendered(world.app, player, inbox as never);
    await using it = await world.open({ player, script: HIT, body: '<promosmith-inbox></promosmith-inbox>' });
    const popup = it.page.getByRole('dialog');
    await popup.waitFor();
    const heading = popup.locator('h2');
    expect(await heading.textContent()).toBe(stored);
    expect(await popup.locator('li').allTextContents()).toEqual([stored, stored]);
    const links = await popup
      .locator('a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    expect(links.every((link) => /^https?:\/\//.test(link))).toBe(true);
    for (const tag of ['script', 'iframe', 'svg', 'b:not(.clock b)', 'style'])
      expect(await popup.locator(tag).count()).toBe(0);
    await popup.getByRole('button').last().click();
    await popup.waitFor({ state: 'detached' });
    await it.page.locator('promosmith-inbox summary').click();
    await it.page.locator('promosmith-inbox .blocks').waitFor();
    expect(await it.page.evaluate('hits')).toEqual([]);
  });
});

describe('under a policy that forbids everything else', () => {
  const policy = (widget: string, images = '') =>
    [
      "default-src 'none'",
      `script-src ${widget} ${world.site.url}`,
      `connect-src ${widget} ${world.site.url}`,
      `img-src ${images || "'none'"}`,
      "style-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ].join('; ');

  it('everything is drawn and works, and nothing is reported', SLOW, async () => {
    const { code } = await createOffer(world.app);
    const image = world.site.file(
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="320"><rect width="640" height="320" fill="teal"/></svg>',
    );
    const shown = rendered('countdown-offer') as RenderedPopup;
    const blocks: Block[] = [{ id: 'picture', type: 'image', url: image, alt: 'A wheel' }, ...shown.blocks];
    await sendRendered(world.app, player, { ...shown, blocks });
    await sendTemplate(world.app, player, 'inbox-promo-code');
    await using it = await world.open({
      player,
      policy: policy(world.app.url, world.site.url),
      body: '<promosmith-code></promosmith-code><promosmith-bonuses></promosmith-bonuses><promosmith-inbox></promosmith-inbox>',
    });
    const popup = it.page.getByRole('dialog');
    await popup.waitFor();
    expect(await it.page.evaluate(styleOfPopup('backgroundColor'))).toBe('rgb(255, 255, 255)');
    expect((await popup.getByRole('img', { name: 'A wheel' }).boundingBox())?.height).toBeGreaterThan(150);
    await it.page.keyboard.press('Escape');
    await it.page.getByLabel('Promo code').fill(code);
    await it.page.keyboard.press('Enter');
    await it.page.getByRole('article', { name: '€10.00 Bonus' }).waitFor();
    await it.page.locator('promosmith-inbox summary').click();
    await it.page.getByText('SPRING-7K2M').waitFor();
    expect(it.faults).toEqual([]);
  });

  it('an image it does not allow is left out', SLOW, async () => {
    const shown = rendered('announcement') as RenderedPopup;
    const blocks: Block[] = [
      { id: 'picture', type: 'image', url: 'https://elsewhere.example/x.png', alt: 'x' },
      ...shown.blocks,
    ];
    await sendRendered(world.app, player, { ...shown, blocks });
    await using it = await world.open({ player, policy: policy(world.app.url) });
    await it.page.getByRole('dialog').waitFor();
    await it.page.getByRole('img').waitFor({ state: 'detached' });
    expect(it.faults.filter((fault) => !/img-src|elsewhere/.test(fault))).toEqual([]);
  });
});

it('is the very script that its digest names', SLOW, async () => {
  const { integrity } = (await world.app.request('GET', '/widget.json', { key: null })).body;
  await using it = await world.open({ attributes: `integrity="${integrity}" crossorigin` });
  expect(it.faults).toEqual([]);
  const wrong = integrity.replace(/.{8}$/, 'AAAAAAAA');
  const page = await world.browser.newPage();
  const refused = page.waitForEvent('console', (message) => message.text().includes('integrity'));
  await page.goto(
    world.site.page({
      head: `<script async src="${world.app.url}/widget.js" integrity="${wrong}" crossorigin></script>`,
    }),
  );
  await refused;
  expect(await page.evaluate('customElements.get("promosmith-code") === undefined')).toBe(true);
  await page.close();
});
