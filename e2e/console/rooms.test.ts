import { ROLES, type Role } from '@promosmith/contract';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { findingsOf } from '../support/axe.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// Every room of the console, for everybody who has a key to it.

const SLOW = { timeout: 240_000 };
const GRAVE = ['serious', 'critical'];
const DRAWN_MS = 250;

let world: ConsoleWorld;
beforeAll(async () => {
  world = await startConsoleWorld();
  await furnish();
}, SLOW.timeout);
afterAll(() => world?.close());

const api = (method: string, path: string, body?: unknown) => done(world.app.request(method, path, { body }));

/** Something in most rooms, so that their lists lead somewhere. */
async function furnish(): Promise<void> {
  const campaign = await api('POST', '/v1/campaigns', validCampaign({ name: 'Winter', exclusiveGroup: 'w' }));
  await api('POST', `/v1/campaigns/${campaign.id}/codes`, { kind: 'shared', code: 'WINTER' });
  await api('POST', `/v1/campaigns/${campaign.id}/code-batches`, { kind: 'unique', count: 20 });
  await api('POST', `/v1/campaigns/${campaign.id}/submit`, {});
  for (const attempt of ['taken', 'refused'])
    await world.app.request('POST', '/v1/activations', {
      body: { code: 'WINTER', player: { id: 'ann', currency: 'EUR', country: 'DE' } },
      headers: { 'idempotency-key': attempt },
    });
  await api('POST', '/v1/webhooks', { url: 'https://platform.example/hooks' });
}

/** The rooms that are offered, by their addresses. */
const roomsOf = (page: Page): Promise<string[]> =>
  page.locator('nav a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

async function enter(page: Page, room: string): Promise<void> {
  await page.locator(`nav a[href="${room}"]`).click();
  await page.waitForURL(`**${room}*`);
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await expect.poll(() => page.locator('main [aria-busy=true]').count(), { timeout: 20_000 }).toBe(0);
}

describe('nobody is offered what the server refuses', () => {
  it.each(Object.keys(ROLES) as Role[])('%s', SLOW, async (role) => {
    await using visit = await world.signIn(role);
    const { page } = visit;
    const refused: string[] = [];
    const failures: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 403 || answer.status() >= 500)
        refused.push(`${page.url()} asked ${answer.request().method()} ${answer.url()}: ${answer.status()}`);
    });
    page.on('pageerror', (error) => failures.push(`${page.url()}: ${error.message}`));
    const rooms = await roomsOf(page);
    expect(rooms.length).toBeGreaterThan(10);
    for (const room of rooms) await enter(page, room);
    expect(refused).toEqual([]);
    expect(failures).toEqual([]);
  });
});

describe('axe finds nothing serious', () => {
  it('in any room or on the first page its list leads to, light or dark', SLOW, async () => {
    await using visit = await world.signIn('owner');
    const { page } = visit;
    // A colour on its way to another one is neither.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const found: string[] = [];
    const look = async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(DRAWN_MS);
        for (const finding of await findingsOf(page, GRAVE))
          found.push(`${new URL(page.url()).pathname} ${colorScheme}: ${finding}`);
      }
    };
    for (const room of await roomsOf(page)) {
      await enter(page, room);
      await look();
      const first = page.locator('main table a[data-first]').first();
      if ((await first.count()) === 0) continue;
      await first.click();
      await page.waitForURL((url) => url.pathname !== room);
      await settled(page);
      await look();
    }
    expect(found).toEqual([]);
  });
});
