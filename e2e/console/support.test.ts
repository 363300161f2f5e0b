import { afterAll, beforeAll, expect, test } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { activate } from '../../apps/server/src/testing/actions.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// Support finds out why a player was refused, and puts it right.

const SLOW = { timeout: 240_000 };
const PLAYER = 'lena-4711';
const CODE = 'AUTUMN25';

let world: ConsoleWorld;
/** Of the campaign for players of VIP level 3 and above. */
let campaignId: string;
beforeAll(async () => {
  world = await startConsoleWorld();
  await api('PUT', `/v1/players/${PLAYER}`, { country: 'DE', currency: 'EUR', vipLevel: 2 });
  const campaign = validCampaign({
    name: 'Autumn treat',
    audience: { rule: 'player.vip_level >= 3' },
    rewards: [{ kind: 'bonus_balance', amount: { EUR: 2_500 }, wagering: { multiplier: 1_000 } }],
  });
  campaignId = (await api('POST', '/v1/campaigns', campaign)).id;
  await api('POST', `/v1/campaigns/${campaignId}/codes`, { kind: 'shared', code: CODE, maxUses: 100 });
  await api('POST', `/v1/campaigns/${campaignId}/submit`, {});
}, SLOW.timeout);
afterAll(() => world?.close());

const api = (method: string, path: string, body?: unknown) => done(world.app.request(method, path, { body }));

/** The player enters the code on the platform. @returns the activation. */
const enterCode = async (player = PLAYER): Promise<string> => {
  const { body } = await world.app.request('POST', '/v1/activations', {
    body: { code: CODE, player: { id: player }, channel: 'cashier' },
  });
  return body.activationId ?? body.id;
};

test(
  'why a player was refused is found by the player, and put right by a bonus of goodwill',
  SLOW,
  async () => {
    const activationId = await enterCode();
    await using support = await world.signIn('support');
    const { page } = support;

    await page.getByRole('heading', { level: 1, name: 'Players' }).waitFor();
    await page.getByRole('textbox', { name: 'Id or e-mail address' }).fill('lena');
    await page.getByRole('link', { name: PLAYER }).click();
    await page.getByRole('tab', { name: 'Activations' }).click();
    await page.getByText('Not in the audience').waitFor();
    await page.getByRole('link', { name: CODE }).click();

    await page.getByRole('heading', { level: 1, name: `${CODE} for ${PLAYER}` }).waitFor();
    expect(page.url()).toContain(`/activations/${activationId}`);
    await page.getByText('Refused: Not in the audience').waitFor();
    const checks = page.getByRole('list', { name: 'Checks of the decision' });
    const failed = checks.locator('li', { has: page.getByRole('img', { name: 'Not passed' }) });
    await expect.poll(() => failed.count()).toBe(1);
    const rule = await failed.textContent();
    expect(rule).toContain('VIP level was 2');
    expect(rule).toContain('VIP level has to be at least 3');

    await page.getByRole('button', { name: 'Goodwill bonus' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Campaign').inputValue()).toBe('Autumn treat');
    expect(await dialog.getByLabel('Reason').inputValue()).toContain(activationId);
    await dialog.getByLabel('Amount').fill('12.50');
    await dialog.getByRole('button', { name: 'Grant' }).click();
    await page.getByText(`${PLAYER} has the bonus.`).waitFor();
    const { items } = await api('GET', `/v1/grants?player=${PLAYER}`);
    expect(items).toMatchObject([
      { campaignId, source: 'staff', status: 'active', amount: 1_250, wageringRequired: 12_500 },
    ]);

    await support.go(`/players/${PLAYER}?tab=bonuses`);
    await page.getByText('0.00 EUR of 125.00 EUR').waitFor();
  },
);

test(
  'what has changed since is tried without effect, then in earnest, and can be taken back',
  SLOW,
  async () => {
    const player = 'tom-0815';
    await api('PUT', `/v1/players/${player}`, { country: 'DE', currency: 'EUR', vipLevel: 1 });
    const refused = await enterCode(player);
    await using support = await world.signIn('support');
    const { page } = support;
    await support.go(`/activations/${refused}`);

    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('It would be refused').waitFor();
    const activate = page.getByRole('button', { name: 'Activate for the player' });
    expect(await activate.isDisabled()).toBe(true);

    await api('PUT', `/v1/players/${player}`, { vipLevel: 5 });
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('Bonus money: 25.00 EUR').waitFor();
    expect((await api('GET', `/v1/grants?player=${player}`)).items).toEqual([]);
    await activate.click();
    await page.getByText(/^All \d+ checks passed\.$/).waitFor();
    const accepted = page.url().split('/').at(-1);
    expect(await api('GET', `/v1/activations/${accepted}`)).toMatchObject({ outcome: 'accepted', player });

    await page.getByRole('button', { name: 'Reverse' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Entered for the wrong player');
    await dialog.getByRole('button', { name: 'Reverse' }).click();
    await page.getByText('Taken back; 1 bonus was cancelled.').waitFor();
    expect(await api('GET', `/v1/activations/${accepted}`)).toMatchObject({ outcome: 'reversed' });
  },
);

test('a code is looked up, and attempts come in while one watches', SLOW, async () => {
  await using support = await world.signIn('support');
  const { page } = support;
  await support.go('/codes');
  await page.getByLabel('What is this code?').fill('no-such-code');
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByText('There is no code “no-such-code”', { exact: false }).waitFor();
  await page.getByLabel('What is this code?').fill('autumn 25');
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByRole('heading', { level: 1, name: CODE }).waitFor();
  await page.getByText(/Used \d+ of 100 times/).waitFor();
  const reason = page.getByRole('link', { name: 'Not in the audience' });
  await reason.click();
  await page.getByText(`Code ${CODE}`).waitFor();

  await support.go('/activations?outcome=refused');
  await page.getByRole('link', { name: PLAYER }).waitFor();
  await enterCode('nina-new');
  await page.getByRole('link', { name: 'nina-new' }).waitFor();
});

test('who guesses codes is seen to, with what was refused and how to the attempts', SLOW, async () => {
  const player = 'gus-guesses';
  for (let n = 0; n < 5; n++) await activate(world.app, `NOT-A-CODE-${n}`, player);
  await activate(world.app, CODE, player);
  await using support = await world.signIn('support');
  const { page } = support;
  await support.go(`/players/${player}?tab=risk`);
  await page.getByText('Of 6 attempts in the last 30 days').waitFor();
  const locked = page.locator('dt', { hasText: 'Lock-outs in a row' }).locator('+ dd');
  await expect.poll(() => locked.textContent()).toBe('1');
  await page
    .getByRole('row', { name: /Unknown code/ })
    .getByText('5', { exact: true })
    .waitFor();
  await page.getByRole('link', { name: 'Unknown code' }).click();
  await page.waitForURL(/\/activations\?.*key=code_not_found/);
  await expect.poll(() => page.getByRole('link', { name: player }).count()).toBe(5);
});

test('nothing is offered that support may not do', SLOW, async () => {
  await using support = await world.signIn('support');
  const { page } = support;
  await support.go(`/players/${PLAYER}`);
  await page.getByText('Not self-excluded').waitFor();
  for (const name of ['Exclude', 'Block', 'Edit'])
    expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0);
  await support.go('/codes');
  await page.getByRole('link', { name: CODE }).waitFor();
  for (const name of ['Generate', 'Import', 'Create one', 'Give to players'])
    expect(await page.getByRole('button', { name }).count(), name).toBe(0);
});
