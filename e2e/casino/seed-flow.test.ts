import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deposit, joinCasino, playerOn, visit } from '../support/casino.ts';
import { contentFrom, startJourney } from '../support/promo-journey.ts';
import { codeOn, MOVED, type PromoWorld, popupOn, startPromoWorld } from '../support/promo-world.ts';

// "Generating promo codes", whole: what the marketing people of the demo brand do is done by the API, and what players do
// in a browser, on the pages of the casino.

const SLOW = { timeout: 240_000 };
const CODE = /^[A-Z0-9]{6}$/;

let promo: PromoWorld;
beforeAll(async () => {
  promo = await startPromoWorld();
}, SLOW.timeout);
afterAll(() => promo?.close());

/** Reads the receipt anew until it says so: what a busy server answers late stands there with the next look. */
const receiptSays = (page: Page, text: string) =>
  expect
    .poll(async () => {
      await page.reload();
      return page.locator('main').textContent();
    }, MOVED)
    .toContain(text);

describe('the code in the popup', () => {
  it('is drawn on the page, copied, saved, entered in the cashier, and paid', SLOW, async () => {
    await using visitor = await visit(promo.browser);
    const { page, faults } = visitor;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: promo.url });
    const { player, logIn } = await promo.aMember(page);
    const before = await promo.savedCodes();
    await logIn();
    const popup = popupOn(page);
    await popup.waitFor();
    const code = await codeOn(page);
    expect(code).toMatch(CODE);
    await popup.getByRole('button', { name: 'Copy code' }).click();
    await popup.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code);

    const { run, of } = await promo.runOf(player);
    expect(run).toMatchObject({ status: 'completed', nodeId: 'saved' });
    expect(of('visit.left').map(({ nodeId, data: { connector } }) => [nodeId, connector])).toEqual([
      ['start', 'next'],
      ['popup', 'impression'],
      ['shown', 'happened'],
      ['save', 'success'],
      ['saved', null],
    ]);
    expect(await promo.isSaved(code)).toBe(true);
    expect(await promo.savedCodes()).toBe(before + 1);

    await popup.getByRole('button', { name: 'Got it' }).click();
    await popup.waitFor({ state: 'detached' });
    await deposit(page, promo.url, '25', code);
    await receiptSays(page, 'Your code was taken, and the bonus is on your balance');
    await page.getByRole('link', { name: 'My bonuses' }).last().click();
    const bonuses = page.locator('promosmith-bonuses');
    await bonuses.getByText(/€0\.00\D+250\.00/).waitFor();
    await bonuses.getByText('Twice your deposit.').waitFor();
    expect(await promo.call('GET', `/v1/grants?player=${player}`)).toMatchObject({
      items: [{ kind: 'deposit', amount: 2_500, status: 'active', campaignId: promo.campaignId }],
    });
    expect(faults).toEqual([]);
  });

  it('is good for one deposit of one player', SLOW, async () => {
    await using one = await visit(promo.browser);
    await using other = await visit(promo.browser);
    const first = await promo.aMember(one.page);
    await first.logIn();
    await popupOn(one.page).waitFor();
    const code = await codeOn(one.page);
    await promo.runOf(first.player);
    await one.page.keyboard.press('Escape');
    await deposit(one.page, promo.url, '10', code);
    await receiptSays(one.page, 'Your code was taken');
    await joinCasino(other.page, promo.url);
    await deposit(other.page, promo.url, '10', code);
    await receiptSays(other.page, 'the code was not taken');
  });
});

describe('a script of somebody on the page', () => {
  it('forges no code: before the popup is shown, while it is, and after', SLOW, async () => {
    await using visitor = await visit(promo.browser);
    const { page } = visitor;
    await page.addInitScript(`
      globalThis.refusals = [];
      addEventListener('promosmith:error', ({ detail }) => refusals.push(detail.key));
      // Popups wait until the first attacks have been made.
      if (location.pathname === '/' && !sessionStorage.attacked)
        (window.promosmith ??= (...call) => (window.promosmith.q ??= []).push(call))('popups', 'hold');
    `);
    const { player, logIn } = await promo.aMember(page);
    const before = await promo.savedCodes();
    await logIn();
    await expect.poll(async () => (await promo.enrolmentOf(player))?.nodeId, MOVED).toBe('popup');

    /** Every way there is for a browser to say that an action happened. */
    async function forge(code: string): Promise<void> {
      await page.evaluate(`refusals.length = 0; promosmith('action', 'CODE_IS_SHOWN', { code: '${code}' })`);
      await expect.poll(() => page.evaluate('refusals.join()')).toBe('reserved_action');
      const actions = [
        { id: `forged-${code}`, action: 'CODE_IS_SHOWN', properties: { code } },
        { id: `other-${code}`, action: 'OTHER_ACTION', properties: { code, action: 'CODE_IS_SHOWN' } },
      ];
      expect(await promo.fetchAsPlayer(page, '/v1/me/actions', { actions })).toMatchObject({
        status: 200,
        body: { results: [{ status: 'rejected', key: 'reserved_action' }, { status: 'accepted' }] },
      });
      // Names that look like it are others, or none.
      for (const action of ['code_is_shown', 'CODE_IS_SHOWN.', ' CODE_IS_SHOWN', 'CODE_IS_SHOWN\0'])
        await promo.fetchAsPlayer(page, '/v1/me/actions', {
          actions: [{ id: `${action}-${code}`, action, properties: { code } }],
        });
    }

    await forge('FORGED1');
    expect((await promo.enrolmentOf(player)).nodeId).toBe('popup');
    const [{ id: messageId }] = await promo.messagesTo(player);
    await page.evaluate(`sessionStorage.attacked = 'yes'; promosmith('popups', 'show')`);
    await popupOn(page).waitFor();
    await forge('FORGED2');
    const claim = { code: 'FORGED3', event: { code: 'FORGED3' }, labels: { promo_code: 'FORGED3' } };
    await promo.fetchAsPlayer(page, `/v1/me/messages/${messageId}/impression`, claim);
    const code = await codeOn(page);
    const { run } = await promo.runOf(player);
    expect(run).toMatchObject({ status: 'completed', nodeId: 'saved' });
    await forge('FORGED4');
    expect(await promo.isSaved(code)).toBe(true);
    for (const forged of ['FORGED1', 'FORGED2', 'FORGED3', 'FORGED4'])
      expect(await promo.isSaved(forged)).toBe(false);
    expect(await promo.savedCodes()).toBe(before + 1);
    // What is drawn is the page's to change, and changes nothing: an invented code pays nothing.
    await page.keyboard.press('Escape');
    await deposit(page, promo.url, '10', 'FORGED2');
    await receiptSays(page, 'the code was not taken');
  });

  it('shows no popup of another player, and claims none', SLOW, async () => {
    await using victim = await visit(promo.browser);
    await using thief = await visit(promo.browser);
    const { player, logIn } = await promo.aMember(victim.page);
    await logIn();
    await popupOn(victim.page).waitFor();
    await promo.runOf(player);
    const [{ id: messageId }] = await promo.messagesTo(player);
    await joinCasino(thief.page, promo.url, '', { news: true });
    for (const what of ['impression', 'click', 'dismiss'])
      expect((await promo.fetchAsPlayer(thief.page, `/v1/me/messages/${messageId}/${what}`, {})).status).toBe(
        404,
      );
    expect(await popupOn(thief.page).count()).toBe(0);
    expect((await promo.messagesTo(player))[0].state).toBe('shown');
  });
});

describe('what the player does with a popup', () => {
  let nudges: string;
  beforeAll(async () => {
    await promo.call('PUT', '/v1/event-properties/client_action:WHEEL_SPUN', { fields: [] });
    await promo.call('POST', '/v1/properties', {
      name: 'nudge',
      label: 'Nudge',
      type: 'string',
      example: 'clicked',
    });
    const contentId = await contentFrom(promo.call, 'Deposit nudge', 'To the cashier', { url: '/cashier' });
    const noted = (value: string) => ({ kind: 'change_property', property: 'nudge', value });
    nudges = await startJourney(promo.call, 'To the cashier', {
      nodes: {
        start: { kind: 'trigger', on: { source: 'client_action', name: 'WHEEL_SPUN' } },
        popup: { kind: 'popup', contentId },
        clicked: noted('clicked'),
        dismissed: noted('dismissed'),
      },
      edges: [
        { from: 'start', connector: 'next', to: 'popup' },
        { from: 'popup', connector: 'clicked', to: 'clicked' },
        { from: 'popup', connector: 'dismissed', to: 'dismissed' },
      ],
    });
  }, SLOW.timeout);

  it.each([
    ['clicked', 'Go to the cashier'],
    ['dismissed', 'Close'],
  ])('leads where the graph says: %s', SLOW, async (outcome, press) => {
    await using visitor = await visit(promo.browser);
    const { page, faults } = visitor;
    await joinCasino(page, promo.url, '', { news: true });
    const player = await playerOn(page, promo.url);
    await page.getByRole('button', { name: 'Fire a client action' }).click();
    const popup = page.getByRole('dialog', { name: 'Your deposit bonus is still here' });
    await popup.waitFor();
    expect((await promo.enrolmentOf(player, nudges)).nodeId).toBe('popup');
    await popup.getByRole(outcome === 'clicked' ? 'link' : 'button', { name: press }).click();
    await popup.waitFor({ state: 'detached' });
    if (outcome === 'clicked') await page.waitForURL(`${promo.url}/cashier`);
    const { run, of } = await promo.runOf(player, nudges);
    expect(run.nodeId).toBe(outcome);
    expect(of('visit.began').map(({ nodeId }) => nodeId)).toEqual(['start', 'popup', outcome]);
    // The last action of a run is done after it.
    await expect
      .poll(async () => (await promo.call('GET', `/v1/players/${player}`)).properties, MOVED)
      .toEqual({ nudge: outcome });
    expect(faults).toEqual([]);
  });
});
