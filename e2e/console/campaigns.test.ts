import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

const SLOW = { timeout: 240_000 };
const MOST_TABS = 80;

let world: ConsoleWorld;
beforeAll(async () => {
  world = await startConsoleWorld();
}, 180_000);
afterAll(() => world?.close());

const read = (path: string) => done(world.app.request('GET', path));

/** Goes on by Tab until it is there, as somebody does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}`);
}

async function press(page: Page, name: string, role: 'button' | 'link' = 'button'): Promise<void> {
  await tabTo(page, page.getByRole(role, { name, exact: true }));
  await page.keyboard.press('Enter');
}

/** By its label; the star of one that is needed is for the eye. */
const labelled = (page: Page, label: string) =>
  page.getByLabel(new RegExp(`^${label}( \\*)?$`)).and(page.locator('input, textarea, select'));

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, labelled(page, label));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

const step = (page: Page, name: string) =>
  page.getByRole('heading', { level: 2, name, exact: true }).waitFor();

test(
  'marketing makes a campaign with the keyboard alone, somebody else approves it, and it runs',
  SLOW,
  async () => {
    await using marketing = await world.signIn('marketing');
    const { page } = marketing;
    await press(page, 'New campaign', 'link');
    await step(page, 'Offer');
    await type(page, 'Name', 'Winter for regulars');
    await press(page, 'Bonus money A fixed amount of bonus money');
    await type(page, 'Amount, EUR', '10,5');
    await page.keyboard.press('Enter');

    await step(page, 'Audience');
    await press(page, 'Condition');
    await type(page, 'Fact', 'VIP');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, labelled(page, 'Comparison'));
    await page.keyboard.type('is at least');
    await type(page, 'Value', '2');
    await page.getByText('player.vip_level >= 2').waitFor();
    await page.keyboard.press('Enter');

    await step(page, 'Limits and budget');
    await tabTo(page, labelled(page, 'Give it a budget'));
    await page.keyboard.press('Space');
    await type(page, 'Budget, EUR', '1000');
    await page.keyboard.press('Enter');
    await step(page, 'Schedule');
    await press(page, 'Continue');

    await step(page, 'Markets and terms');
    await press(page, 'Continue');
    await page.getByText('This is needed').waitFor();
    await page.keyboard.press('Shift+Tab');
    await type(page, 'Significant terms', '10.50 EUR for regulars, wagered 30 times.');
    await page.keyboard.press('Tab');
    await press(page, 'Continue');

    // It is complete, so it was saved on the way: codes can be added.
    await step(page, 'Codes');
    await type(page, 'Code', 'WINTER26');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'WINTER26' }).waitFor();
    await press(page, 'Continue');

    await step(page, 'Review');
    await page.getByText('A second person has to agree').waitFor();
    const check = page.getByRole('complementary', { name: 'Checked as you type' });
    await check.getByText('10.50 EUR').waitFor();
    await check.getByText('1,000.00 EUR').waitFor();
    await press(page, 'Submit for approval');
    await page.getByRole('heading', { level: 1, name: 'Winter for regulars' }).waitFor();
    await page.getByText('Waits for approval to run').waitFor();

    const [listed] = (await read('/v1/campaigns?name=Winter')).items;
    expect(listed.status).toBe('pending_approval');
    expect(await read(`/v1/campaigns/${listed.id}`)).toMatchObject({
      audience: { rule: 'player.vip_level >= 2' },
      budget: { EUR: 100_000 },
      limits: [{ scope: 'player', max: 1 }],
      rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_050 }, wagering: { multiplier: 3_000 } }],
    });

    await using administrator = await world.signIn('administrator');
    await administrator.go('/approvals');
    const desk = administrator.page.getByRole('region', { name: 'The request' });
    await desk.getByRole('heading', { name: 'Launch the campaign “Winter for regulars”' }).waitFor();
    await desk.getByText('player.vip_level >= 2').waitFor();
    await desk.getByText('1,000.00 EUR').waitFor();
    await desk.getByRole('button', { name: 'Approve' }).click();
    await administrator.page.getByText('Approved, and done.').waitFor();

    expect((await read(`/v1/campaigns/${listed.id}`)).status).toBe('active');
    await page.reload();
    await page.getByText('Active', { exact: true }).waitFor();
    await done(
      world.app.request('PUT', '/v1/players/regular', {
        body: { country: 'DE', currency: 'EUR', vipLevel: 2 },
      }),
    );
    const taken = await done(
      world.app.request('POST', '/v1/activations', { body: { code: 'winter26', player: { id: 'regular' } } }),
    );
    expect(taken).toMatchObject({ outcome: 'accepted', grants: [{ amount: 1_050, currency: 'EUR' }] });
  },
);

test(
  'what changes in a running campaign is shown field by field, and rejected with a note',
  SLOW,
  async () => {
    const draft = await done(
      world.app.request('POST', '/v1/campaigns', {
        body: validCampaign({ name: 'Autumn', budget: { EUR: 100_000 } }),
      }),
    );
    await done(world.app.request('POST', `/v1/campaigns/${draft.id}/submit`));
    await using marketing = await world.signIn('marketing');
    await marketing.go(`/campaigns/${draft.id}/edit?step=limits`);
    await marketing.page.getByLabel('Budget, EUR').fill('2500');
    await marketing.page.getByRole('button', { name: 'Review' }).click();
    await marketing.page.getByRole('cell', { name: '2,500.00 EUR' }).waitFor();
    await marketing.page.getByRole('button', { name: 'Ask for approval' }).click();
    await marketing.page.getByText('A change waits for approval').waitFor();

    await using owner = await world.signIn('owner');
    await owner.go('/approvals');
    const desk = owner.page.getByRole('region', { name: 'The request' });
    await desk.getByRole('row', { name: 'Budget 1,000.00 EUR 2,500.00 EUR' }).waitFor();
    await desk.getByRole('button', { name: 'Reject' }).click();
    await desk.getByText('Say why, so that it can be put right.').waitFor();
    await desk.getByLabel('Note').fill('Too much for November.');
    await desk.getByRole('button', { name: 'Reject' }).click();
    await desk.getByText('“Too much for November.”').waitFor();
    expect(await read(`/v1/campaigns/${draft.id}`)).toMatchObject({
      budget: { EUR: 100_000 },
      pendingVersion: null,
      version: 1,
    });
  },
);

test('two who change a draft at once lose nothing', SLOW, async () => {
  const draft = await done(
    world.app.request('POST', '/v1/campaigns', { body: validCampaign({ name: 'Shared work' }) }),
  );
  await using marketing = await world.signIn('marketing');
  const { page } = marketing;
  await marketing.go(`/campaigns/${draft.id}/edit`);
  await labelled(page, 'Name').fill('Shared work of two');
  await page.getByText('Not saved yet, kept on this device').waitFor();

  const theirs = { revision: draft.revision, exclusive: true };
  await done(world.app.request('PATCH', `/v1/campaigns/${draft.id}`, { body: theirs }));
  // Neither a closed tab takes what was typed.
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).join()))
    .toContain('promosmith.draft.');
  await page.reload();
  await page.getByText('You typed this here and did not save it,').waitFor();
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByText('Somebody else changed this campaign meanwhile').waitFor();
  await page.getByText('Taken over from them: Exclusiveness.').waitFor();
  await page.getByRole('button', { name: 'Go on with this' }).click();
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await read(`/v1/campaigns/${draft.id}`)).toMatchObject({
    name: 'Shared work of two',
    exclusive: true,
  });
});

test('words that come late take nothing from who is typing', SLOW, async () => {
  await using marketing = await world.signIn('marketing');
  const { page, go } = marketing;
  const [asked, brought] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route('**/assets/facts-*.js', async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes('days_since_registration')) {
      asked.resolve();
      await brought.promise;
    }
    await route.fulfill({ response });
  });
  await go('/campaigns/new?step=audience');
  await page.getByText('CEL text', { exact: true }).click();
  const rule = page.getByRole('textbox', { name: 'CEL text' });
  await rule.fill('player.');
  await asked.promise;
  await page.keyboard.type('age > 18');
  expect(await rule.isVisible()).toBe(true);
  expect(await rule.inputValue()).toBe('player.age > 18');
  brought.resolve();
  await page.getByText('0 players match').waitFor();
});
