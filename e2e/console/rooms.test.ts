import { ROLES, type Role } from '@promosmith/contract';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { playerId } from '../../apps/server/src/platform/ids.ts';
import { findingsOf } from '../support/axe.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// Every room of the console, for everybody who has a key to it.

const SLOW = { timeout: 480_000 };
const GRAVE = ['serious', 'critical'];

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
  await furnishDeskOfFraud();
  const rate = { day: '2026-01-05', currency: 'USD', rate: '0.9273' };
  await api('PUT', '/v1/currency-rates', { rates: [rate] });
  await api('POST', '/v1/webhooks', { url: 'https://platform.example/hooks' });
  await api('POST', '/v1/experiments', {
    name: 'Winter or nothing',
    baseline: 'control',
    arms: [
      { key: 'control', name: 'Control', weightBps: 5_000, treatment: { kind: 'nothing' } },
      {
        ...{ key: 'winter', name: 'Winter', weightBps: 5_000 },
        treatment: { kind: 'campaign', campaignId: campaign.id },
      },
    ],
  });
  const filters = { period: { kind: 'last_days', days: 7 } };
  await api('POST', '/v1/reports', { name: 'Week', kind: 'campaigns', filters, shared: true });
}

/** Somebody whose past is worked out already, and speaks for a closer look. */
async function furnishDeskOfFraud(): Promise<void> {
  const { db, brand } = world.app;
  await api('PUT', '/v1/players/eve', { currency: 'EUR', country: 'DE' });
  const eve = playerId(brand.brandId, 'eve');
  const assessed = `select from risk_profiles where player_id = $1 and assessed_at is not null and due_at is null`;
  await vi.waitUntil(async () => (await db.query(assessed, [eve])).rowCount === 1, { timeout: 60_000 });
  const findings = JSON.stringify([{ indicator: 'payment_shared', version: 1, evidence: { others: 2 } }]);
  await db.query('update risk_profiles set findings = $2 where player_id = $1', [eve, findings]);
  const { outcome } = await api('POST', '/v1/activations', { code: 'WINTER', player: { id: 'eve' } });
  if (outcome !== 'in_review') throw new Error(`nobody is held for review: ${outcome}`);
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
  await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
}

/** Two frames, for the first one begins with what was there before; then a colour is no longer on its way to another. */
const drawn = (page: Page) =>
  page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    .then(() => document.getAnimations().filter((one) => one instanceof CSSTransition))
    .then((transitions) => Promise.allSettled(transitions.map(({ finished }) => finished)))
    .then(() => {})`);

/** What the server refused somebody, and what broke, while they looked around. */
function watch(page: Page): string[] {
  const trouble: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() === 403 || answer.status() >= 500)
      trouble.push(`${page.url()} asked ${answer.request().method()} ${answer.url()}: ${answer.status()}`);
  });
  page.on('pageerror', (error) => trouble.push(`${page.url()}: ${error.message}`));
  return trouble;
}

describe('nobody is offered what the server refuses', () => {
  // The owner looks around below. Going from room to room is waiting for the most part: the others go at a time.
  const others = (Object.keys(ROLES) as Role[]).filter((role) => role !== 'owner');
  it.concurrent.each(others)('%s', SLOW, async (role) => {
    await using visit = await world.signIn(role);
    const { page } = visit;
    const trouble = watch(page);
    const rooms = await roomsOf(page);
    expect(rooms.length).toBeGreaterThan(10);
    for (const room of rooms) await enter(page, room);
    expect(trouble).toEqual([]);
  });
});

describe('axe finds nothing serious', () => {
  it('in any room or on the first page its list leads to, light or dark', SLOW, async () => {
    await using visit = await world.signIn('owner');
    const { page } = visit;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const trouble = watch(page);
    const found: string[] = [];
    const look = async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await drawn(page);
        // In the dark the same page has other colours, and nothing else.
        const rules = colorScheme === 'dark' ? { rules: ['color-contrast'] } : {};
        for (const finding of await findingsOf(page, { impacts: GRAVE, ...rules }))
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
    expect(trouble).toEqual([]);
  });
});
