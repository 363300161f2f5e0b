import { afterAll, beforeAll, expect, test } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { sumUpAll } from '../../apps/server/src/features/cohorts/testing.ts';
import { betEvent, tell } from '../../apps/server/src/testing/money.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// A data analyst asks what campaigns brought, down to the rows behind a number; marketing tries out what would.

const SLOW = { timeout: 240_000 };
const PATIENCE = { timeout: 60_000 };
const TAKEN = { Winter: ['ann', 'ben', 'cem'], Summer: ['dora', 'eli'] } as const;

let world: ConsoleWorld;
const campaigns = new Map<string, string>();
beforeAll(async () => {
  world = await startConsoleWorld();
  for (const [name, players] of Object.entries(TAKEN)) {
    const { id } = await api('POST', '/v1/campaigns', validCampaign({ name }));
    campaigns.set(name, id);
    await api('POST', `/v1/campaigns/${id}/codes`, { kind: 'shared', code: name.toUpperCase() });
    await api('POST', `/v1/campaigns/${id}/submit`, {});
    for (const player of players) await enter(name.toUpperCase(), player);
  }
  // Once is what a player may.
  await enter('WINTER', 'ann');
}, SLOW.timeout);
afterAll(() => world?.close());

const api = (method: string, path: string, body?: unknown) => done(world.app.request(method, path, { body }));
const idOf = (name: string): string => campaigns.get(name) ?? '';
const numbersOf = (name: string) => api('GET', `/v1/campaigns/${idOf(name)}/performance`);

let entered = 0;
const enter = (code: string, id: string) =>
  world.app.request('POST', '/v1/activations', {
    body: { code, player: { id, currency: 'EUR', country: 'DE' } },
    headers: { 'idempotency-key': `entered-${entered++}` },
  });

test('a data analyst compares two campaigns, drills to rows, and schedules a report', SLOW, async () => {
  const counted = async () => (await numbersOf('Winter')).totals.tries;
  await expect.poll(counted, PATIENCE).toBe(TAKEN.Winter.length + 1);
  await using analyst = await world.signIn('data_analyst');
  const { page } = analyst;
  // The desk says by a picture, and by a table for who does not see it, what happened.
  await page.waitForURL('**/overview');
  await page.locator('main svg.recharts-surface').first().waitFor();
  expect(await page.getByRole('table', { name: 'Codes accepted and refused, day by day' }).count()).toBe(1);

  await page.getByRole('navigation').getByRole('link', { name: 'Performance' }).click();
  // The desk has a link of that name as well, and stays until the room is there.
  await page.getByRole('heading', { level: 1, name: 'Performance' }).waitFor();
  await page.getByRole('link', { name: 'Winter' }).click();
  await page.getByRole('heading', { level: 1, name: 'Winter' }).waitFor();
  await page.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: 'Beside a campaign' }).click();
  await page.getByRole('combobox', { name: 'Campaign to compare with' }).click();
  await page.getByRole('option', { name: 'Summer' }).click();
  await page.getByText('beside Summer').waitFor();
  await page.getByText(`before ${TAKEN.Summer.length}`).first().waitFor();
  expect(new URL(page.url()).searchParams.get('compare')).toBe(`campaign:${idOf('Summer')}`);

  await page.getByRole('button', { name: 'What “Codes accepted” is' }).first().click();
  await page.getByText('Codes taken, also those that wait for a deposit.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show as table' }).first().click();
  await page.getByRole('columnheader', { name: 'Summer' }).first().waitFor();

  await page
    .getByRole('table', { name: 'Whose numbers they are' })
    .getByRole('row', { name: /Germany/ })
    .getByRole('link', { name: String(TAKEN.Winter.length), exact: true })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Behind “Codes accepted”' }).waitFor();
  await page.getByText(`These rows add up to ${TAKEN.Winter.length}`).waitFor();
  for (const player of TAKEN.Winter) await page.getByRole('link', { name: player, exact: true }).waitFor();

  await page.getByRole('navigation').getByRole('link', { name: 'Reports' }).click();
  await page.getByRole('link', { name: 'New report' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Every Friday');
  await page.getByRole('combobox', { name: 'Campaign' }).click();
  await page.getByRole('option', { name: 'Winter' }).click();
  await page.getByRole('switch', { name: 'Let others of the brand see it' }).click();
  await page.getByRole('switch', { name: 'Send it by e-mail' }).click();
  await page.getByRole('combobox', { name: 'On' }).click();
  await page.getByRole('option', { name: 'Friday' }).click();
  await page.getByRole('button', { name: 'Save report' }).click();
  await page.getByRole('heading', { level: 1, name: 'Every Friday' }).waitFor();
  await page.getByText('Every Friday at 8:00 AM').waitFor();
  const { items } = await api('GET', '/v1/reports');
  expect(items).toMatchObject([
    {
      name: 'Every Friday',
      filters: { period: { kind: 'last_days', days: 30 }, campaignId: idOf('Winter') },
      schedule: { every: { kind: 'week', weekday: 5, hour: 8 }, format: 'xlsx' },
    },
  ]);

  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  expect((await file).suggestedFilename()).toBe('Every Friday.csv');
});

test('a data analyst sees who played after a first code, and what it brought', SLOW, async () => {
  const bets = ['ann', 'ben'].map((player) => betEvent({ player, stake: 1_000 }));
  expect(await tell(world.app, ...bets)).toEqual(['accepted', 'accepted']);
  await sumUpAll(world.app);
  await using analyst = await world.signIn('data_analyst');
  const { page } = analyst;
  const choose = async (name: string, option: string) => {
    await page.getByRole('combobox', { name, exact: true }).click();
    await page.getByRole('option', { name: option }).click();
  };
  await page.getByRole('navigation').getByRole('link', { name: 'Cohorts' }).click();
  await choose('What players are put together by', 'By their first code');
  await choose('Campaign', 'Winter');
  const cohort = (table: string, told: RegExp) =>
    page.getByRole('table', { name: table }).getByRole('row', { name: told }).waitFor(PATIENCE);
  await cohort('Players who bet', / 3 67%$/);
  await page.getByText('Months', { exact: true }).click();
  await choose('What is told', 'NGR');
  await cohort('NGR', / 3 20\.00 EUR$/);
  await page.getByRole('heading', { name: 'What players were worth' }).waitFor();
  await page.reload();
  await cohort('NGR', / 3 20\.00 EUR$/);
});

test('marketing tries an offer out on half of the players, and over the past', SLOW, async () => {
  await using marketing = await world.signIn('marketing');
  const { page, go } = marketing;
  await go('/experiments/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Winter or nothing');
  const treated = page.getByRole('group', { name: 'With the offer' });
  await treated.getByRole('combobox', { name: 'Which' }).click();
  await page.getByRole('option', { name: 'Winter' }).click();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { level: 1, name: 'Winter or nothing' }).waitFor();
  await page.getByText('Not enough players yet.').waitFor();
  const { items } = await api('GET', '/v1/experiments');
  expect(items).toMatchObject([
    {
      baseline: 'control',
      arms: [
        { key: 'control', weightBps: 5_000, treatment: { kind: 'nothing' } },
        { weightBps: 5_000, treatment: { kind: 'campaign', campaignId: idOf('Winter') } },
      ],
    },
  ]);

  await go(`/simulations?campaign=${idOf('Summer')}`);
  await page.getByRole('button', { name: 'Run a simulation' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Simulation of Summer' }).waitFor();
  await page.getByText('What it might have cost').waitFor(PATIENCE);
});
