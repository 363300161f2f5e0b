import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Drawing,
  enterAll,
  lineOf,
  liveJourney,
  newPlayers,
  publishAgain,
  tell,
} from '../../apps/server/src/features/journeys/desk/testing.ts';
import { type ConsoleWorld, startConsoleWorld, type Visit } from '../support/console.ts';
import { done } from '../support/done.ts';

// Journeys that run: held and let go, moved to another version, and players in them looked after one by one.

const SLOW = { timeout: 240_000 };
const PATIENCE = { timeout: 60_000, interval: 100 };
const HOUR_MS = 3_600_000;
const API = { source: 'api' } as const;
const LOGIN = { source: 'event', name: 'login' } as const;
const waitFor = (name: string): Drawing['nodes'][string] => ({
  ...{ kind: 'wait_event', name },
  ...{ event: LOGIN, timeoutMs: HOUR_MS },
});
const HELD = lineOf(API, { hold: waitFor('Held here') });

let world: ConsoleWorld;
let administrator: Visit;
let marketing: Visit;
let analyst: Visit;
beforeAll(async () => {
  world = await startConsoleWorld();
  administrator = await world.signIn('administrator');
  marketing = await world.signIn('marketing');
  analyst = await world.signIn('data_analyst');
}, SLOW.timeout);
afterAll(() => world?.close());

const get = (path: string) => done(world.app.request('GET', `/v1/journeys/${path}`));

/** A journey with players who wait in it. */
async function withPlayers(drawing: Drawing, count: number) {
  const journeyId = await liveJourney(world.app, drawing);
  const players = await newPlayers(world.app, count);
  const ids = await enterAll(world.app, journeyId, players);
  const at = (nth: number) => ({ player: players[nth] ?? '', id: ids[nth] ?? '' });
  return { journeyId, players, at, of: (nth: number) => get(`${journeyId}/enrolments/${at(nth).id}`) };
}

const dialogOf = (page: Page): Locator => page.getByRole('dialog');

test('a journey is held, goes on, and is put away with everybody in it', SLOW, async () => {
  const { journeyId, players, of } = await withPlayers(HELD, 2);
  const { page, go } = administrator;
  await go(`/journeys/${journeyId}`);

  await page.getByRole('button', { name: 'Pause' }).click();
  await dialogOf(page).getByText('who is inside is held where they are').waitFor();
  await dialogOf(page).getByText('Players inside now: 2').waitFor();
  await dialogOf(page).getByLabel('Reason').fill('The popup has a mistake in it.');
  await dialogOf(page).getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Nobody enters, and who is inside is held, since').waitFor();
  await tell(world.app, 'login', players.slice(0, 1));
  expect(await of(0)).toMatchObject({ status: 'active', nodeId: 'hold' });
  await page.getByRole('tab', { name: 'Needs attention' }).click();
  await page.getByText('In a paused journey everybody waits, and nobody is late.').waitFor();

  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('The journey goes on.').waitFor();
  await expect.poll(async () => (await of(0)).status, PATIENCE).toBe('completed');
  expect(await of(1)).toMatchObject({ status: 'active', nodeId: 'hold' });

  await page.getByRole('button', { name: 'Archive' }).click();
  await dialogOf(page).getByText('who is inside is taken out. This cannot be undone.').waitFor();
  await dialogOf(page).getByText('Players inside now: 1').waitFor();
  await dialogOf(page).getByRole('button', { name: 'Archive' }).click();
  await page.getByText('Archived', { exact: true }).first().waitFor();
  await expect.poll(async () => (await of(1)).ended?.reason, PATIENCE).toBe('journey_archived');
  for (const name of ['Pause', 'Resume', 'Archive', 'Test run'])
    expect(await page.getByRole('button', { name }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
});

test('players are moved to a version that their node is gone from', SLOW, async () => {
  const { journeyId, of } = await withPlayers(HELD, 3);
  await publishAgain(world.app, journeyId, lineOf(API, { later: waitFor('Waits elsewhere') }));
  const { page, go } = administrator;
  await go(`/journeys/${journeyId}?tab=versions`);
  await page.getByRole('row', { name: /^v2/ }).getByRole('button', { name: 'Compare' }).click();
  const difference = page.getByRole('table', { name: 'What is different' });
  await difference.getByRole('row', { name: 'Held here login' }).waitFor();
  await difference.getByRole('row', { name: 'Waits elsewhere login' }).waitFor();
  await page
    .getByRole('application', { name: 'Both versions in one picture' })
    .getByText('Removed')
    .first()
    .waitFor();

  await page.getByRole('button', { name: 'Move players…' }).click();
  const dialog = dialogOf(page);
  await dialog.getByText('Players inside this version: 3').waitFor();
  await dialog.getByText('The new version has no such node').waitFor();
  const start = dialog.getByRole('button', { name: 'Move 3 players' });
  expect(await start.isDisabled()).toBe(true);
  await dialog.getByRole('combobox', { name: 'Where players at Held here go' }).click();
  await page.getByRole('option', { name: 'Waits elsewhere' }).click();
  await start.click();
  await dialog.getByText('3 players were moved.').waitFor(PATIENCE);
  for (const nth of [0, 1, 2])
    expect(await of(nth)).toMatchObject({ status: 'active', version: 2, nodeId: 'later' });

  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Players' }).click();
  await expect.poll(() => page.locator('tbody tr', { hasText: 'v2' }).count(), PATIENCE).toBe(3);
  await page.locator('tbody tr').first().getByText('Waits elsewhere').waitFor();
});

test('one player is tried again and moved on, another is taken out', SLOW, async () => {
  await done(
    world.app.request('POST', '/v1/properties', {
      body: { name: 'lucky', type: 'number', label: 'Lucky', example: 7 },
    }),
  );
  const { journeyId, at, of } = await withPlayers(
    lineOf(API, {
      lucky: { kind: 'change_property', property: 'lucky', value: '{{ state.user_ext_id }}' },
      hold: waitFor('Held here'),
    }),
    2,
  );
  await expect.poll(async () => (await get(`${journeyId}/stuck`)).items.length, PATIENCE).toBe(2);
  await world.app.db.query(
    `update journey_effects set effect = jsonb_set(effect, '{action,value}', '"7"') where enrolment_id = $1`,
    [at(0).id],
  );
  const { page, go } = marketing;
  await go(`/journeys/${journeyId}?tab=players`);
  await page.getByRole('link', { name: at(0).player }).click();
  await page.getByText('Failed for good').waitFor();
  await page.getByText('property_mismatch').first().waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('It is tried again.').waitFor();
  await expect.poll(async () => (await of(0)).nodeId, PATIENCE).toBe('hold');

  // The page sees by itself that the player has come to the next node.
  await page.getByText('an event').first().waitFor();
  await page.getByRole('button', { name: 'Move on' }).click();
  await dialogOf(page).getByRole('combobox', { name: 'Leave by' }).click();
  await page.getByRole('option', { name: 'When happened' }).click();
  await dialogOf(page).getByLabel('Reason').fill('Told us on the phone.');
  await dialogOf(page).getByRole('button', { name: 'Move on' }).click();
  await page.getByText('The player was moved on.').waitFor();
  await page.getByText('Reached an exit').first().waitFor();
  expect(await of(0)).toMatchObject({ status: 'completed', ended: { reason: 'exit_reached' } });
  await page.getByText('Left · When happened').waitFor();

  await go(`/journeys/${journeyId}?tab=attention`);
  await page.getByText('An action failed for good').waitFor();
  await page.getByRole('link', { name: at(1).player }).click();
  await page.getByRole('button', { name: 'Take out' }).click();
  await dialogOf(page).getByText('What was sent stays sent').waitFor();
  await dialogOf(page).getByLabel('Reason').fill('Complained.');
  await dialogOf(page).getByRole('button', { name: 'Take out' }).click();
  await page.getByText('Taken out by staff').first().waitFor();
  expect(await of(1)).toMatchObject({ status: 'exited', ended: { reason: 'withdrawn_by_staff' } });
  for (const name of ['Take out', 'Move on', 'Try again'])
    expect(await page.getByRole('button', { name }).count()).toBe(0);
});

/** Waits for a login: who comes back goes one way, who does not the other. */
const TWO_WAYS: Drawing = {
  nodes: {
    start: { kind: 'trigger', on: API },
    hold: waitFor('Comes back?'),
    back: { kind: 'exit', name: 'Came back' },
    gone: { kind: 'exit', name: 'Stayed away' },
  },
  edges: [
    { from: 'start', connector: 'next', to: 'hold' },
    { from: 'hold', connector: 'happened', to: 'back' },
    { from: 'hold', connector: 'timed_out', to: 'gone' },
  ],
  settings: { entry: { rule: 'whenever_outside' } },
};

test('a journey is walked through made-up time, by either way', SLOW, async () => {
  const journeyId = await liveJourney(world.app, TWO_WAYS);
  const { page, go } = analyst;
  await go(`/journeys/${journeyId}?tab=simulate`);
  const slider = page.getByRole('slider', { name: 'Time' });
  const picture = page.getByRole('application', { name: 'The way through the journey' });
  const here = picture.locator('.react-flow__node', { hasText: 'Here' });
  const walkToTheEnd = async () => {
    await page.getByRole('button', { name: 'Simulate' }).click();
    await slider.focus();
    await page.keyboard.press('Home');
    await here.getByText('Comes back?').waitFor();
    await page.keyboard.press('End');
  };

  await walkToTheEnd();
  await here.getByText('Stayed away').waitFor();
  await page.getByText('+ 1 hour').first().waitFor();
  await page.getByText('In the end: Completed.').waitFor();

  await page.getByRole('button', { name: 'Something happens' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('login');
  await page.getByRole('textbox', { name: 'After entering' }).fill('30');
  await page.getByRole('combobox', { name: 'Unit of After entering' }).click();
  await page.getByRole('option', { name: 'minutes' }).click();
  await walkToTheEnd();
  await here.getByText('Came back').waitFor();
  await page.getByText('+ 30 minutes').first().waitFor();
  expect(await get(`${journeyId}/enrolments`)).toMatchObject({ items: [] });
});

test('one player is sent through as a test, and is in no count', SLOW, async () => {
  const journeyId = await liveJourney(world.app, TWO_WAYS);
  const [player = ''] = await newPlayers(world.app, 1);
  const { page, go } = marketing;
  await go(`/journeys/${journeyId}`);
  await page.getByRole('button', { name: 'Test run' }).click();
  await dialogOf(page).getByLabel('Player').fill(player);
  await dialogOf(page).getByLabel('Data of the trigger’s event').fill('[1]');
  await dialogOf(page).getByRole('button', { name: 'Start the test' }).click();
  await dialogOf(page).getByText('Write an object such as').waitFor();
  await dialogOf(page).getByLabel('Data of the trigger’s event').fill('');
  await dialogOf(page).getByRole('button', { name: 'Start the test' }).click();
  await page.getByRole('heading', { level: 1, name: `${player} in the journey` }).waitFor();
  await page.getByRole('button', { name: 'Move on' }).click();
  await dialogOf(page).getByLabel('Reason').fill('Nobody waits an hour for a test.');
  await dialogOf(page).getByRole('button', { name: 'Move on' }).click();
  await page.getByText('Reached an exit').first().waitFor();
  const { items } = await get(`${journeyId}/enrolments`);
  expect(items).toMatchObject([{ player, isTest: true, status: 'completed', nodeId: 'back' }]);

  await go(`/journeys/${journeyId}?tab=players&test=true`);
  await page.locator('tbody tr', { hasText: `${player} · Test run` }).waitFor();
  expect(await get(`${journeyId}/report`)).toMatchObject({ inside: 0, walked: { entered: 0 } });
});

test('the list tells how many are inside, entered lately, and reached the goal', SLOW, async () => {
  const goal = { event: LOGIN, withinMs: HOUR_MS };
  const drawing = lineOf(API, { hold: waitFor('Held here') }, { entry: { rule: 'once' }, goal });
  const { journeyId, players } = await withPlayers(drawing, 4);
  await tell(world.app, 'login', players.slice(0, 1));
  const { revision } = await get(journeyId);
  await done(
    world.app.request('PATCH', `/v1/journeys/${journeyId}`, { body: { revision, name: 'With numbers' } }),
  );
  const { page, go } = analyst;
  await go('/journeys?name=With');
  const row = page.locator('tbody tr', { hasText: 'With numbers' });
  const numberOf = (header: string) => row.locator(`td[data-label="${header}"]`).textContent();
  await expect.poll(() => numberOf('Inside now'), PATIENCE).toBe('3');
  expect(await numberOf('Entered in 7 days')).toBe('4');
  expect(await numberOf('Reached the goal')).toBe('125%');
});

test('whoever may only look is offered nothing else, and marketing lets nobody in', SLOW, async () => {
  const { journeyId, at } = await withPlayers(HELD, 1);
  await publishAgain(world.app, journeyId, TWO_WAYS);
  const shown = async (page: Page, ...names: string[]): Promise<string[]> => {
    const found: string[] = [];
    for (const name of names)
      if (
        (await page
          .getByRole('button', { name })
          .or(page.getByRole('link', { name, exact: true }))
          .count()) > 0
      )
        found.push(name);
    return found;
  };
  const acts = ['Duplicate', 'Archive', 'Pause', 'Test run', 'Edit', 'Move players…'];
  const ofPlayers = ['Take out', 'Move on', 'Try again'];
  const offered = async ({ page, go }: Visit) => {
    await go(`/journeys/${journeyId}?tab=versions&from=1&to=2`);
    await page.getByRole('table', { name: 'What is different' }).waitFor();
    const ofJourney = await shown(page, ...acts);
    await go(`/journeys/${journeyId}/enrolments/${at(0).id}`);
    await page.getByText('The way so far').waitFor();
    const ofOne = await shown(page, ...ofPlayers);
    await go('/journeys');
    await page.getByRole('table', { name: 'Journeys' }).waitFor();
    const inList = await shown(page, 'New journey');
    await go(`/journeys/${journeyId}/edit`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('application', { name: 'Graph of the journey' }).first().waitFor();
    return [...ofJourney, ...ofOne, ...inList, ...(await shown(page, 'Save', 'Publish…'))];
  };
  expect(await offered(analyst)).toEqual([]);
  expect(await offered(marketing)).toEqual([
    ...['Duplicate', 'Test run', 'Edit', 'Take out', 'Move on', 'New journey', 'Save'],
  ]);
});
