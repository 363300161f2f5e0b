import { createHash, randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  lastMonth,
  placeBets,
  playerWith,
  settlementsOf,
} from '../../apps/server/src/features/cashback/testing.ts';
import {
  becomes,
  claim,
  specialOffer,
  specialReward,
} from '../../apps/server/src/features/specials/testing.ts';
import { activate, grantsOf } from '../../apps/server/src/testing/actions.ts';
import { createOffer } from '../../apps/server/src/testing/fixtures.ts';
import { buildAdjustment } from '../support/adjustments.ts';
import { type ConsoleWorld, startConsoleWorld, type Visit } from '../support/console.ts';
import { done } from '../support/done.ts';

// Prizes and money that a person has a hand in: tournaments, prize draws, cashback, and what no machine may put right.

const SLOW = { timeout: 240_000 };
const PATIENCE = { timeout: 60_000 };

let world: ConsoleWorld;
beforeAll(async () => {
  world = await startConsoleWorld({}, { brand: { timeZone: 'UTC' } });
}, 180_000);
afterAll(() => world?.close());

const read = (path: string) => done(world.app.request('GET', path));
const rowOf = (page: Page, text: string): Locator => page.locator('tbody tr', { hasText: text });
const button = (place: Page | Locator, name: string): Locator =>
  place.getByRole('button', { name, exact: true });

/** Instants are typed by the clock of Malta, an hour ahead of UTC in winter. */
const NEW_YEAR = { typed: '2998-12-31T22:00', at: '2998-12-31T21:00:00.000Z' };

async function openTournament(page: Page, key: string): Promise<void> {
  await button(page, 'Open a tournament').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Slot race of December');
  await form.getByLabel('Key').fill(key);
  await form.getByLabel('Begins').fill('2999-01-01T00:00');
  await form.getByLabel('Ends').fill(NEW_YEAR.typed);
  await form.getByLabel('Seats').fill('1');
  await button(form, 'Open a tournament').click();
  // It would end before it begins: the field says so, and nothing that was typed is lost.
  await form.locator('input[aria-invalid=true]').waitFor();
  expect(await form.getByLabel('Ends').getAttribute('aria-invalid')).toBe('true');
  await form.getByLabel('Begins').fill('2998-12-01T00:00');
  await button(form, 'Open a tournament').click();
  await page.getByRole('heading', { level: 1, name: 'Slot race of December' }).waitFor();
}

test(
  'a tournament is opened, changed, entered with a ticket, and cancelled: the ticket is good again',
  SLOW,
  async () => {
    const { app } = world;
    await using administrator = await world.signIn('administrator');
    const { page, go } = administrator;
    await go('/tournaments');
    await openTournament(page, 'slot-race');
    const [made] = (await read('/v1/tournaments?key=slot-race')).items;
    expect(made).toMatchObject({ status: 'open', endsAt: NEW_YEAR.at, seats: 1, seatsTaken: 0 });

    await button(page, 'Edit').click();
    const form = page.getByRole('dialog');
    expect(await form.getByLabel('Key').count()).toBe(0);
    await form.getByLabel('Name').fill('Slot race of the year');
    await form.getByLabel('Seats').fill('2');
    await button(form, 'Save').click();
    await page.getByRole('heading', { level: 1, name: 'Slot race of the year' }).waitFor();
    await page.getByText('0 of 2 taken').waitFor();
    const { updatedAt: _, ...before } = made;
    expect(await read(`/v1/tournaments/${made.id}`)).toMatchObject({
      ...before,
      name: 'Slot race of the year',
      seats: 2,
    });

    const { code } = await createOffer(app, {
      definition: { rewards: [{ kind: 'tournament_entry', tournament: 'slot-race' }] },
    });
    expect((await activate(app, code, 'racer')).status).toBe(201);
    const ticket = async () => (await read('/v1/tickets?player=racer')).items[0];
    await go('/tournaments?tab=tickets&player=racer');
    await button(rowOf(page, 'racer'), 'Use').click();
    await page.getByRole('dialog').getByLabel('Your id of the entry').fill('entry-1');
    await button(page.getByRole('dialog'), 'Use').click();
    await page.getByText('The seat is taken.').waitFor();
    expect(await ticket()).toMatchObject({
      status: 'used',
      use: { tournamentId: made.id, reference: 'entry-1' },
    });

    await page.getByRole('link', { name: 'entry-1' }).click();
    await page.getByText('1 of 2 taken').waitFor();
    await button(page, 'Cancel tournament').click();
    const question = page.getByRole('dialog');
    await question.getByText('1 ticket is given back').waitFor();
    await question.getByLabel('Reason').fill('The game is out of order.');
    await button(question, 'Cancel tournament').click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await page.getByText('The game is out of order.').waitFor();
    // Given back in the background, and seen on the page that is open.
    await page.getByText('0 of 2 taken').waitFor(PATIENCE);
    await page.getByText('No tickets here').waitFor(PATIENCE);
    expect(await ticket()).toMatchObject({ status: 'issued', use: null });
    expect(await read(`/v1/tournaments/${made.id}`)).toMatchObject({
      status: 'cancelled',
      cancelReason: 'The game is out of order.',
    });
    for (const name of ['Edit', 'Close', 'Cancel tournament'])
      expect(await button(page, name).count()).toBe(0);
  },
);

test('a prize draw is opened, held, and found to be fair, or not, by whoever checks it', SLOW, async () => {
  const { app } = world;
  await using marketing = await world.signIn('marketing');
  const { page, go } = marketing;
  await go('/tournaments?tab=draws');
  await button(page, 'Open a prize draw').click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill('Spring draw');
  await form.getByLabel('Key').fill('spring');
  await form.getByLabel('Closes').fill(NEW_YEAR.typed);
  const prize = (place: number) => form.getByRole('textbox', { name: `Prize ${place}`, exact: true });
  await prize(1).fill('A car');
  await button(form, 'Another prize').click();
  await prize(2).fill('A mug');
  await form.getByLabel('Winners of prize 2').fill('2');
  await button(form, 'Open a prize draw').click();
  await page.getByRole('heading', { level: 1, name: 'Spring draw' }).waitFor();
  const [draw] = (await read('/v1/draws?key=spring')).items;
  expect(draw).toMatchObject({
    status: 'open',
    closesAt: NEW_YEAR.at,
    prizes: [
      { name: 'A car', winners: 1 },
      { name: 'A mug', winners: 2 },
    ],
  });
  // What it will be held to is seen before the first entry; the seed is not.
  await page.getByText(draw.commitment).waitFor();
  expect(await button(page, 'Check the draw').count()).toBe(0);

  const { code } = await specialOffer(app, specialReward('prize_draw', { draw: 'spring' }));
  const entered = await Promise.all(Array.from({ length: 5 }, () => claim(app, code)));
  await Promise.all(entered.map(({ player }) => becomes(app, player, 'active')));
  await button(page, 'Close and draw').click();
  await button(page.getByRole('dialog'), 'Close and draw').click();
  const winners = page.getByRole('table', { name: 'Winners' }).locator('tbody tr');
  await expect.poll(() => winners.count(), PATIENCE).toBe(3);
  const { items } = await read(`/v1/draws/${draw.id}/winners`);
  for (const { place, prize: won, player } of items) {
    const cells = await winners
      .nth(place - 1)
      .locator('td')
      .allTextContents();
    expect(cells.slice(0, 3)).toEqual([String(place), won, player]);
  }

  const { seed } = await read(`/v1/draws/${draw.id}/proof`);
  await page.getByText(seed).waitFor();
  expect(createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex')).toBe(draw.commitment);
  await button(page, 'Check the draw').click();
  await page.getByText('The proof holds: these are the winners').waitFor();

  await page.route('**/v1/draws/*/entries', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(entered[0]?.grantId ?? '', randomUUID());
    await route.fulfill({ response: answer, body });
  });
  await button(page, 'Check the draw').click();
  await page.getByText('The proof does not hold').waitFor();
  expect(await button(page, 'Close and draw').count()).toBe(0);
});

test('support sees what cashback would come to, and pays out what a player may claim', SLOW, async () => {
  const { app } = world;
  const { midst, over } = lastMonth();
  const { player, grant } = await playerWith(
    app,
    [{ at: midst, stake: 35_000 }],
    { payout: 'claim', claimWithinSeconds: 3_600, periods: 2 },
    'unlucky',
  );
  await settlementsOf(app, grant, 1);
  await placeBets(app, player, [{ at: over, stake: 6_000 }]);
  await using support = await world.signIn('support');
  const { page, go } = support;
  await go(`/cashback?player=${player}`);
  const open = rowOf(page, player);
  await open.getByText('2 of 2').waitFor();
  for (const text of ['60.00 EUR', '6.00 EUR']) await open.getByText(text, { exact: true }).waitFor();
  expect((await read(`/v1/cashback/preview?player=${player}`)).items).toMatchObject([
    { number: 2, netLoss: 6_000, amount: 600 },
  ]);

  await page.getByRole('tab', { name: 'Closed periods' }).click();
  const closed = rowOf(page, player);
  await closed.getByText('To be claimed').waitFor();
  await button(closed, 'Claim').click();
  const question = page.getByRole('dialog');
  await question.getByText(`${player} gets 35.00 EUR of bonus money.`).click();
  // What is asked about a row is no part of the row: a click in it leads nowhere.
  expect(new URL(page.url()).pathname).toMatch(/\/cashback$/);
  await button(question, 'Claim').click();
  await page.getByText('It is paid.').waitFor();
  await closed.getByText('Paid', { exact: true }).waitFor();
  expect(await button(closed, 'Claim').count()).toBe(0);
  expect((await read(`/v1/cashback/settlements?player=${player}`)).items).toMatchObject([
    { number: 1, state: 'paid', amount: 3_500, paidAt: expect.any(String) },
  ]);
  expect((await grantsOf(app, player)).filter(({ kind }) => kind === 'bonus_balance')).toMatchObject([
    { amount: 3_500, status: 'active' },
  ]);
});

/** Later cases of somebody else's, more than a list reads at first. */
async function crowd(): Promise<void> {
  const { app } = world;
  await done(app.request('PUT', '/v1/players/crowd', { body: { currency: 'EUR' } }));
  await app.db.query(
    `insert into adjustments (player_id, adjustment_id, brand_id, kind, amount, currency, detail)
     select player_id, ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, brand_id, 'late_event', n, 'EUR', '{}'
     from players, generate_series(1, 300) as n where external_id = 'crowd'`,
  );
}

test(
  'a case is found by its player, looked at, closed with what was done, and has an address',
  SLOW,
  async () => {
    const { app } = world;
    const { adjustmentId } = await buildAdjustment(app, app.ownerKey, 'old');
    const player = 'case-old';
    await crowd();
    await using analyst = await world.signIn('fraud_analyst');
    const { page, go } = analyst;
    await go('/transactions?tab=adjustments&state=open');
    await page.getByRole('search').getByRole('textbox', { name: 'Player' }).fill(player);
    await button(rowOf(page, player), 'Round taken back too late').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Decide what is owed').waitFor();
    await drawer.getByText('"roundId": "round-old"').waitFor();
    await drawer.getByLabel('What was done').fill('0.50 taken off by hand, as agreed.');
    await button(drawer, 'Close the case').click();
    await drawer.getByText('Closed', { exact: true }).first().waitFor();
    await drawer.getByText('A fraud_analyst').waitFor();
    expect(await button(drawer, 'Close the case').count()).toBe(0);
    expect(await read(`/v1/adjustments/${adjustmentId}`)).toMatchObject({
      player,
      closedAt: expect.any(String),
      closedBy: { kind: 'staff', name: 'A fraud_analyst' },
      note: '0.50 taken off by hand, as agreed.',
    });

    await go(`/transactions?case=${adjustmentId}`);
    await drawer.getByText('0.50 taken off by hand, as agreed.').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: 'Adjustment cases', selected: true }).waitFor();
    await rowOf(page, 'crowd').first().waitFor();

    await go(`/transactions?case=${randomUUID()}`);
    await drawer.getByRole('alert').waitFor();
  },
);

test('who may not act is offered nothing to act with', SLOW, async () => {
  const { app } = world;
  const { grant, player } = await playerWith(
    app,
    [{ at: lastMonth().midst, stake: 10_000 }],
    { payout: 'claim', claimWithinSeconds: 3_600 },
    'waiting',
  );
  await settlementsOf(app, grant, 1);
  const post = (path: string, body: object) => done(app.request('POST', path, { body }));
  const prize = { key: 'shut', name: 'Not yours', endsAt: NEW_YEAR.at };
  const { id: tournamentId } = await post('/v1/tournaments', prize);
  const { id: drawId } = await post('/v1/draws', {
    ...{ key: 'shut', name: 'Not yours', closesAt: NEW_YEAR.at },
    prizes: [{ name: 'A mug', winners: 1 }],
  });
  const { code } = await createOffer(app, {
    definition: { rewards: [{ kind: 'tournament_entry', tournament: 'shut' }] },
  });
  await activate(app, code, 'holder');
  const { adjustmentId } = await buildAdjustment(app, app.ownerKey, 'shut');

  await using analyst = await world.signIn('data_analyst');
  const offersNot =
    ({ page, go }: Visit) =>
    async (path: string, seen: string, ...names: string[]) => {
      await go(path);
      await page.getByText(seen, { exact: true }).first().waitFor();
      for (const name of names)
        expect([path, name, await button(page, name).count()]).toEqual([path, name, 0]);
    };
  const lacks = offersNot(analyst);
  await lacks('/tournaments', 'Not yours', 'Open a tournament');
  await lacks('/tournaments?tab=draws', 'Not yours', 'Open a prize draw');
  await lacks('/tournaments?tab=tickets&player=holder', 'holder', 'Use');
  await lacks(`/tournaments/${tournamentId}`, 'Not yours', 'Edit', 'Close', 'Cancel tournament');
  await lacks(`/draws/${drawId}`, 'Not yours', 'Close and draw');
  await lacks('/cashback?tab=settlements&state=claimable', player, 'Claim');
  await lacks(
    `/transactions?case=${adjustmentId}`,
    'What was told, and how it had been booked',
    'Close the case',
  );
  // Who makes tournaments does not play in them.
  await using marketing = await world.signIn('marketing');
  await offersNot(marketing)('/tournaments?tab=tickets&player=holder', 'holder', 'Use');
});
