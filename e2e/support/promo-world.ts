import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type CasinoWorld, joinCasino, logIn, logOut, playerOn, startCasinoWorld } from './casino.ts';
import { type Line, layLine } from './line.ts';
import { buildPromoJourney, type Call, startPromoCampaign } from './promo-journey.ts';

/** Until a journey has moved, and a webhook was answered. */
export const MOVED = { timeout: 60_000, interval: 100 };

/** One thing of a run's timeline. */
export interface Happened {
  what: string;
  nodeId: string;
  data: Readonly<Record<string, unknown>>;
}

export const popupOn = (page: Page) => page.getByRole('dialog', { name: 'A code just for you' });
export const codeOn = async (page: Page): Promise<string> =>
  (await popupOn(page).locator('code').textContent()) ?? '';

/** Somebody who wants to hear of offers, and has just logged out of the casino at that address. */
export async function aMember(
  page: Page,
  url: string,
): Promise<{ player: string; logIn(on?: Page): Promise<void> }> {
  const email = await joinCasino(page, url, '', { news: true });
  const player = await playerOn(page, url);
  await logOut(page, url);
  return { player, logIn: (on = page) => logIn(on, url, email) };
}

/** Calls the API of a casino's server with the key that may do everything. */
export const callsOf =
  ({ apiUrl, demo }: Pick<CasinoWorld, 'apiUrl' | 'demo'>): Call =>
  async (method, path, body) => {
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${demo.apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };

/** The casino with the promo code's journey running, and a browser. */
export type PromoWorld = Awaited<ReturnType<typeof startPromoWorld>>;

export async function startPromoWorld() {
  await using cleanUp = new AsyncDisposableStack();
  const browser: Browser = await launchBrowser();
  cleanUp.defer(() => browser.close());
  let laid: Line | undefined;
  const world: CasinoWorld = await startCasinoWorld(undefined, async (url) => {
    laid = await layLine(url);
    return laid.url;
  });
  cleanUp.defer(world.close);
  if (!laid) throw new Error('no line was laid');
  const line: Line = laid;
  cleanUp.defer(line.close);

  const call = callsOf(world);
  const campaignId = await startPromoCampaign(call);
  const { secret: key } = await call('POST', '/v1/keys', {
    ...{ name: 'codes of popups', kind: 'secret', scopes: ['codes:write'] },
  });
  const { journeyId } = await buildPromoJourney(call, { url: world.apiUrl, campaignId, key });

  const enrolmentOf = async (player: string, journey = journeyId) =>
    (await call('GET', `/v1/journeys/${journey}/enrolments?player=${player}`)).items[0];

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

  /** How many events of a type the feed has of a player. */
  const told = async (type: string, player: string): Promise<number> => {
    const { items, hasMore } = await call('GET', `/v1/events?type=${type}&limit=1000`);
    expect(hasMore).toBe(false);
    return items.filter((event: object) => JSON.stringify(event).includes(player)).length;
  };

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

  const kept = cleanUp.move();
  return {
    ...{ world, url: world.url, browser, line, call, campaignId, journeyId },
    aMember: (page: Page) => aMember(page, world.url),
    ...{ enrolmentOf, runOf, messagesTo, isSaved, savedCodes, told, fetchAsPlayer },
    close: () => kept.disposeAsync(),
  };
}
