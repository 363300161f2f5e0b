import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  type CasinoWorld,
  deposit,
  joinCasino,
  logIn,
  logOut,
  playerOn,
  startCasinoWorld,
  visit,
} from '../support/casino.ts';
import { type Line, layLine } from '../support/line.ts';
import { buildPromoJourney, type Call, contentFrom, startJourney } from '../support/promo-journey.ts';

// "Generating promo codes", whole: what the marketing people of the demo brand do is done by the API, and what players do
// in a browser, on the pages of the casino.

const SLOW = { timeout: 180_000 };
const CODE = /^[A-Z0-9]{6}$/;
/** Until a journey has moved, and a webhook was answered. */
const MOVED = { timeout: 30_000, interval: 100 };

let world: CasinoWorld;
let browser: Browser;
/** Between browsers and the server. */
let line: Line;
let campaignId: string;
let journeyId: string;

const call: Call = async (method, path, body) => {
  const answer = await fetch(`${world.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${world.demo.apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
};

/** A campaign that doubles a deposit, for codes that are still to come. */
async function runCampaign(): Promise<string> {
  const { id } = await call('POST', '/v1/campaigns', {
    name: 'A code of your own',
    limits: [{ scope: 'player', max: 5 }],
    rewards: [
      {
        kind: 'deposit',
        matchBps: 10_000,
        cap: { EUR: 20_000 },
        minDeposit: { EUR: 1_000 },
        wagering: { multiplier: 1_000 },
      },
    ],
    terms: { significant: 'Twice your deposit.' },
  });
  await call('POST', `/v1/campaigns/${id}/submit`);
  return id;
}

beforeAll(async () => {
  const cable = async (url: string) => {
    line = await layLine(url);
    return line.url;
  };
  [world, browser] = await Promise.all([startCasinoWorld(undefined, cable), launchBrowser()]);
  campaignId = await runCampaign();
  const { secret: key } = await call('POST', '/v1/keys', {
    ...{ name: 'codes of popups', kind: 'secret', scopes: ['codes:write'] },
  });
  ({ journeyId } = await buildPromoJourney(call, { url: world.apiUrl, campaignId, key }));
}, SLOW.timeout);
afterAll(async () => {
  await browser?.close();
  await world?.close();
  await line?.close();
});

/** Somebody who wants to hear of offers, and has just logged out. */
async function aMember(page: Page): Promise<{ player: string; logIn(on?: Page): Promise<void> }> {
  const email = await joinCasino(page, world.url, '', { news: true });
  const player = await playerOn(page, world.url);
  await logOut(page, world.url);
  return { player, logIn: (on = page) => logIn(on, world.url, email) };
}

const popupOn = (page: Page) => page.getByRole('dialog', { name: 'A code just for you' });
const codeOn = async (page: Page): Promise<string> =>
  (await popupOn(page).locator('code').textContent()) ?? '';

const enrolmentOf = async (player: string, journey = journeyId) =>
  (await call('GET', `/v1/journeys/${journey}/enrolments?player=${player}`)).items[0];

interface Happened {
  what: string;
  nodeId: string;
  data: Readonly<Record<string, unknown>>;
}

/** The run of a player once it is over, with the nodes it came through. */
async function runOf(player: string, journey = journeyId) {
  await expect
    .poll(async () => (await enrolmentOf(player, journey))?.status, MOVED)
    .toMatch(/completed|exited|failed/);
  const { id } = await enrolmentOf(player, journey);
  const { timeline, ...run } = await call('GET', `/v1/journeys/${journey}/enrolments/${id}`);
  const of = (what: string): Happened[] => timeline.filter((one: Happened) => one.what === what);
  return { run, of };
}

const messagesTo = async (player: string) => (await call('GET', `/v1/messages?player=${player}`)).items;
const isSaved = async (code: string): Promise<boolean> => {
  const { status, key } = await world.api('POST', '/v1/codes/lookup', { code });
  expect([undefined, 'not_found', 'code_not_found']).toContain(key);
  return status !== 404;
};
const savedCodes = async (): Promise<number> =>
  (await call('GET', `/v1/codes?campaignId=${campaignId}&limit=200`)).items.length;

/** What the feed has of a type, of a player. */
const told = async (type: string, player: string) =>
  (await call('GET', '/v1/events?limit=200')).items.filter(
    (event: { type: string }) => event.type === type && JSON.stringify(event).includes(player),
  );

/** Sends what a script on the page could send, with the token of whoever is signed in. @returns status and answer. */
const fetchAsPlayer = (page: Page, path: string, body: object) =>
  page.evaluate(
    async ([url, sent]) => {
      const session = await fetch('/player-token', { headers: { accept: 'application/json' } });
      const { token } = (await session.json()) as { token: string };
      const answer = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: sent,
      });
      return { status: answer.status, body: (await answer.json()) as unknown };
    },
    [line.url + path, JSON.stringify(body)] as const,
  );

describe('the code in the popup', () => {
  it('is drawn on the page, copied, saved, entered in the cashier, and paid', SLOW, async () => {
    await using visitor = await visit(browser);
    const { page, faults } = visitor;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.url });
    const { player, logIn } = await aMember(page);
    const before = await savedCodes();
    await logIn();
    const popup = popupOn(page);
    await popup.waitFor();
    const code = await codeOn(page);
    expect(code).toMatch(CODE);
    await popup.getByRole('button', { name: 'Copy code' }).click();
    await popup.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code);

    const { run, of } = await runOf(player);
    expect(run).toMatchObject({ status: 'completed', nodeId: 'saved' });
    expect(of('visit.left').map(({ nodeId, data: { connector } }) => [nodeId, connector])).toEqual([
      ['start', 'next'],
      ['popup', 'impression'],
      ['shown', 'happened'],
      ['save', 'success'],
      ['saved', null],
    ]);
    expect(await isSaved(code)).toBe(true);
    expect(await savedCodes()).toBe(before + 1);

    await popup.getByRole('button', { name: 'Got it' }).click();
    await popup.waitFor({ state: 'detached' });
    await deposit(page, world.url, '25', code);
    await page.getByText('Your code was taken, and the bonus is on your balance').waitFor();
    await page.getByRole('link', { name: 'My bonuses' }).last().click();
    const bonuses = page.locator('promosmith-bonuses');
    await bonuses.getByText(/€0\.00\D+250\.00/).waitFor();
    await bonuses.getByText('Twice your deposit.').waitFor();
    expect(await call('GET', `/v1/grants?player=${player}`)).toMatchObject({
      items: [{ kind: 'deposit', amount: 2_500, status: 'active', campaignId }],
    });
    expect(faults).toEqual([]);
  });

  it('is good for one deposit of one player', SLOW, async () => {
    await using one = await visit(browser);
    await using other = await visit(browser);
    const first = await aMember(one.page);
    await first.logIn();
    await popupOn(one.page).waitFor();
    const code = await codeOn(one.page);
    await runOf(first.player);
    await one.page.keyboard.press('Escape');
    await deposit(one.page, world.url, '10', code);
    await one.page.getByText('Your code was taken').waitFor();
    await joinCasino(other.page, world.url);
    await deposit(other.page, world.url, '10', code);
    await other.page.getByText('the code was not taken').waitFor();
  });
});

describe('a script of somebody on the page', () => {
  it('forges no code: before the popup is shown, while it is, and after', SLOW, async () => {
    await using visitor = await visit(browser);
    const { page } = visitor;
    await page.addInitScript(`
      globalThis.refusals = [];
      addEventListener('promosmith:error', ({ detail }) => refusals.push(detail.key));
      // Popups wait until the first attacks have been made.
      if (location.pathname === '/' && !sessionStorage.attacked)
        (window.promosmith ??= (...call) => (window.promosmith.q ??= []).push(call))('popups', 'hold');
    `);
    const { player, logIn } = await aMember(page);
    const before = await savedCodes();
    await logIn();
    await expect.poll(async () => (await enrolmentOf(player))?.nodeId, MOVED).toBe('popup');

    /** Every way there is for a browser to say that an action happened. */
    async function forge(code: string): Promise<void> {
      await page.evaluate(`refusals.length = 0; promosmith('action', 'CODE_IS_SHOWN', { code: '${code}' })`);
      await expect.poll(() => page.evaluate('refusals.join()')).toBe('reserved_action');
      const actions = [
        { id: `forged-${code}`, action: 'CODE_IS_SHOWN', properties: { code } },
        { id: `other-${code}`, action: 'OTHER_ACTION', properties: { code, action: 'CODE_IS_SHOWN' } },
      ];
      expect(await fetchAsPlayer(page, '/v1/me/actions', { actions })).toMatchObject({
        status: 200,
        body: { results: [{ status: 'rejected', key: 'reserved_action' }, { status: 'accepted' }] },
      });
      // Names that look like it are others, or none.
      for (const action of ['code_is_shown', 'CODE_IS_SHOWN.', ' CODE_IS_SHOWN', 'CODE_IS_SHOWN\0'])
        await fetchAsPlayer(page, '/v1/me/actions', {
          actions: [{ id: `${action}-${code}`, action, properties: { code } }],
        });
    }

    await forge('FORGED1');
    expect((await enrolmentOf(player)).nodeId).toBe('popup');
    const [{ id: messageId }] = await messagesTo(player);
    await page.evaluate(`sessionStorage.attacked = 'yes'; promosmith('popups', 'show')`);
    await popupOn(page).waitFor();
    await forge('FORGED2');
    const claim = { code: 'FORGED3', event: { code: 'FORGED3' }, labels: { promo_code: 'FORGED3' } };
    await fetchAsPlayer(page, `/v1/me/messages/${messageId}/impression`, claim);
    const code = await codeOn(page);
    const { run } = await runOf(player);
    expect(run).toMatchObject({ status: 'completed', nodeId: 'saved' });
    await forge('FORGED4');
    expect(await isSaved(code)).toBe(true);
    for (const forged of ['FORGED1', 'FORGED2', 'FORGED3', 'FORGED4'])
      expect(await isSaved(forged)).toBe(false);
    expect(await savedCodes()).toBe(before + 1);
    // What is drawn is the page's to change, and changes nothing: an invented code pays nothing.
    await page.keyboard.press('Escape');
    await deposit(page, world.url, '10', 'FORGED2');
    await page.getByText('the code was not taken').waitFor();
  });

  it('shows no popup of another player, and claims none', SLOW, async () => {
    await using victim = await visit(browser);
    await using thief = await visit(browser);
    const { player, logIn } = await aMember(victim.page);
    await logIn();
    await popupOn(victim.page).waitFor();
    await runOf(player);
    const [{ id: messageId }] = await messagesTo(player);
    await joinCasino(thief.page, world.url, '', { news: true });
    for (const what of ['impression', 'click', 'dismiss'])
      expect((await fetchAsPlayer(thief.page, `/v1/me/messages/${messageId}/${what}`, {})).status).toBe(404);
    expect(await popupOn(thief.page).count()).toBe(0);
    expect((await messagesTo(player))[0].state).toBe('shown');
  });
});

/** How often each thing happened that may happen once. */
async function once(player: string): Promise<void> {
  const { of } = await runOf(player);
  expect(of('webhook.called')).toHaveLength(1);
  expect(await messagesTo(player)).toHaveLength(1);
  expect(await told('message.shown', player)).toHaveLength(1);
  expect((await call('GET', `/v1/journeys/${journeyId}/enrolments?player=${player}`)).items).toHaveLength(1);
}

describe('once', () => {
  it('in two tabs: one draws the popup, one impression, one webhook', SLOW, async () => {
    await using visitor = await visit(browser);
    const { page: one } = visitor;
    const context: BrowserContext = one.context();
    const { player, logIn } = await aMember(one);
    const before = await savedCodes();
    const two = await context.newPage();
    await logIn(two);
    await one.goto(`${world.url}/`);
    const drawn = async () => (await popupOn(one).count()) + (await popupOn(two).count());
    await expect.poll(drawn, MOVED).toBe(1);
    await once(player);
    // The other one knows by now, and stays as it is.
    for (const tab of [one, two]) await tab.waitForTimeout(1_500);
    expect(await drawn()).toBe(1);
    expect(await savedCodes()).toBe(before + 1);
    const [with_, without] = (await popupOn(one).count()) === 1 ? [one, two] : [two, one];
    await popupOn(with_).getByRole('button', { name: 'Got it' }).click();
    await expect.poll(async () => (await messagesTo(player))[0].state, MOVED).toBe('dismissed');
    await without.reload();
    await without.waitForFunction('window.promosmith?.loaded');
    await without.waitForTimeout(1_500);
    expect(await drawn()).toBe(0);
  });

  it('with the popup open, the page is loaded again: drawn again, with its code', SLOW, async () => {
    await using visitor = await visit(browser);
    const { page } = visitor;
    const { player, logIn } = await aMember(page);
    const before = await savedCodes();
    await logIn();
    await popupOn(page).waitFor();
    const code = await codeOn(page);
    for (const path of ['/', '/cashier', '/']) {
      await page.goto(`${world.url}${path}`);
      await popupOn(page).waitFor();
      expect(await codeOn(page)).toBe(code);
    }
    await once(player);
    expect(await savedCodes()).toBe(before + 1);
  });

  it.each(['cut', 'deaf'] as const)(
    'the line is %s while the message is sent: it comes when the line is there again',
    SLOW,
    async (state) => {
      await using visitor = await visit(browser);
      const { page } = visitor;
      const { player, logIn } = await aMember(page);
      const before = await savedCodes();
      await logIn();
      await popupOn(page).waitFor();
      await page.keyboard.press('Escape');
      await once(player);
      // The page is connected and waits; the next popup is sent into a line that fails.
      line.state = state;
      const tell = {
        id: `login-again-${state}`,
        type: 'login',
        time: new Date().toISOString(),
        player,
        data: {},
      };
      await call('POST', '/v1/events', { events: [tell] });
      await expect.poll(async () => (await messagesTo(player)).length, MOVED).toBe(2);
      await page.waitForTimeout(2_000);
      expect(await popupOn(page).count()).toBe(0);
      expect((await messagesTo(player))[0].state).toBe('sent');
      line.state = 'up';
      await popupOn(page).waitFor({ timeout: 60_000 });
      const code = await codeOn(page);
      await expect.poll(() => isSaved(code), MOVED).toBe(true);
      await page.waitForTimeout(1_000);
      expect(await savedCodes()).toBe(before + 2);
      expect(await told('message.shown', player)).toHaveLength(2);
    },
  );

  it(
    'the answer to the claim is lost: the popup is drawn nevertheless, and the code saved once',
    SLOW,
    async () => {
      await using visitor = await visit(browser);
      const { page } = visitor;
      const { player, logIn } = await aMember(page);
      const before = await savedCodes();
      line.deafTo = 'POST /v1/me/messages/';
      await logIn();
      await expect.poll(() => told('message.shown', player), MOVED).toHaveLength(1);
      line.deafTo = undefined;
      await popupOn(page).waitFor({ timeout: 60_000 });
      await once(player);
      expect(await savedCodes()).toBe(before + 1);
    },
  );
});

describe('what the player does with a popup', () => {
  let nudges: string;
  beforeAll(async () => {
    await call('PUT', '/v1/event-properties/client_action:WHEEL_SPUN', { fields: [] });
    await call('POST', '/v1/properties', {
      name: 'nudge',
      label: 'Nudge',
      type: 'string',
      example: 'clicked',
    });
    const contentId = await contentFrom(call, 'Deposit nudge', 'To the cashier', { url: '/cashier' });
    const noted = (value: string) => ({ kind: 'change_property', property: 'nudge', value });
    nudges = await startJourney(call, 'To the cashier', {
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
    await using visitor = await visit(browser);
    const { page, faults } = visitor;
    await joinCasino(page, world.url, '', { news: true });
    const player = await playerOn(page, world.url);
    await page.getByRole('button', { name: 'Fire a client action' }).click();
    const popup = page.getByRole('dialog', { name: 'Your deposit bonus is still here' });
    await popup.waitFor();
    expect((await enrolmentOf(player, nudges)).nodeId).toBe('popup');
    await popup.getByRole(outcome === 'clicked' ? 'link' : 'button', { name: press }).click();
    await popup.waitFor({ state: 'detached' });
    if (outcome === 'clicked') await page.waitForURL(`${world.url}/cashier`);
    const { run, of } = await runOf(player, nudges);
    expect(run.nodeId).toBe(outcome);
    expect(of('visit.began').map(({ nodeId }) => nodeId)).toEqual(['start', 'popup', outcome]);
    expect((await call('GET', `/v1/players/${player}`)).properties).toMatchObject({ nudge: outcome });
    expect(faults).toEqual([]);
  });
});
