import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aPlayer } from '../../apps/server/src/features/channels/testing/messages.ts';
import { SLOW, startWidgetWorld, type WidgetPage, type WidgetWorld } from '../support/widget.ts';

let world: WidgetWorld;
let player: string;
beforeAll(async () => {
  world = await startWidgetWorld();
  player = await aPlayer(world.app);
}, SLOW.timeout);
afterAll(() => world?.[Symbol.asyncDispose]());

/** Custom properties: a value, where it shows, and as what. */
const LOOKS = {
  background: ['rgb(1, 2, 3)', '.card', 'backgroundColor'],
  text: ['rgb(4, 5, 6)', '.label', 'color'],
  muted: ['rgb(7, 8, 9)', '.input', 'borderTopColor'],
  border: ['rgb(10, 11, 12)', '.card', 'borderTopColor'],
  accent: ['rgb(13, 14, 15)', '.primary', 'backgroundColor'],
  'on-accent': ['rgb(16, 17, 18)', '.primary', 'color'],
  good: ['rgb(19, 20, 21)', '.result', 'color'],
  bad: ['rgb(22, 23, 24)', '.result.bad', 'color'],
  radius: ['7px', '.card', 'borderTopLeftRadius'],
  font: ['cursive', '.label', 'fontFamily'],
} as const;

const guide = readFileSync(new URL('../../docs/guides/widget.md', import.meta.url), 'utf8');
const BODY = '<promosmith-code></promosmith-code>';

const styleOf = ({ page }: WidgetPage, selector: string, property: string): Promise<string> =>
  page.evaluate(
    `getComputedStyle(document.querySelector('promosmith-code').shadowRoot.querySelector('${selector}')).${property}`,
  );

it('every custom property of the guide changes what it says', SLOW, async () => {
  const [, told = ''] = /`--promosmith-(background`[^.]*)\./.exec(guide) ?? [];
  expect(told.split(/\W*`[,\s`-]*/).filter(Boolean)).toEqual(Object.keys(LOOKS));
  const css = Object.entries(LOOKS).map(([name, [value]]) => `--promosmith-${name}: ${value}`);
  await using it = await world.open({
    player,
    head: `<style>:root { ${css.join('; ')} }</style>`,
    body: BODY,
  });
  const { bad, ...others } = LOOKS;
  for (const [name, [value, selector, property]] of Object.entries(others))
    expect([name, await styleOf(it, selector, property)]).toEqual([name, value]);
  await it.page.getByLabel('Promo code').fill('NOPE');
  await it.page.keyboard.press('Enter');
  await it.page.locator('promosmith-code .bad:not(:empty)').waitFor();
  expect(await styleOf(it, bad[1], bad[2])).toBe(bad[0]);
});

it('pages style the parts of an element, and nothing inside of it by accident', SLOW, async () => {
  const head = `<style>
    button, .button, .card { display: none !important; background: rgb(250, 0, 0) !important }
    promosmith-code::part(primary) { text-transform: uppercase }
  </style>`;
  await using it = await world.open({ player, head, body: BODY });
  await it.page.getByRole('button', { name: 'Apply' }).waitFor();
  expect(await styleOf(it, '.primary', 'textTransform')).toBe('uppercase');
  expect(await styleOf(it, '.primary', 'backgroundColor')).not.toBe('rgb(250, 0, 0)');
});
