import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROMOTIONS } from '../../apps/casino/src/web/promotions.ts';
import { DEMO_OFFERS } from '../../apps/server/src/demo/offers.ts';
import { expectBalanced } from '../support/balanced.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  type CasinoWorld,
  deposit,
  joinCasino,
  playerOn,
  startCasinoWorld,
  textOf,
  visit,
} from '../support/casino.ts';

// A visitor's evening, in a real browser, against a real server.

const SLOW = { timeout: 240_000 };

let world: CasinoWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startCasinoWorld(), launchBrowser()]);
}, SLOW.timeout);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const wageredOf = async (player: string): Promise<{ wagered: number; real: number; bonus: number }> => {
  const { grants, real, bonus } = await world.api('GET', `/v1/wallet/players/${player}/balance`);
  return { real, bonus, wagered: grants[0]?.wagered };
};

test('what the pages promise is what the campaigns say', () => {
  for (const { code, terms } of PROMOTIONS) {
    const offer = DEMO_OFFERS.find(({ codes }) => codes.some((one) => 'code' in one && one.code === code));
    expect(offer?.campaign.terms.significant, code).toBe(terms);
  }
});

test(
  'a code at registration brings a bonus, which is wagered in the slot, stake by stake',
  SLOW,
  async () => {
    await using visitor = await visit(browser);
    const { page, faults } = visitor;
    await joinCasino(page, world.url, 'lantern');
    await page.getByText('lantern is yours: a bonus of €5.00 and free spins').waitFor();
    expect(await textOf(page.locator('.funds'))).toMatch(/Real\s+€0\.00\s+Bonus\s+€5\.00/);
    const player = await playerOn(page, world.url);
    expect(await world.api('GET', `/v1/grants?player=${player}&kind=bonus_balance`)).toMatchObject({
      items: [{ status: 'active', amount: 500, wageringRequired: 2_500 }],
    });

    await page.goto(`${world.url}/slot`);
    await page.getByLabel('Stake').selectOption('€0.50');
    for (const counted of [50, 100]) {
      await page.getByRole('button', { name: 'Spin', exact: true }).click();
      await page.locator(`[data-wagered="${counted}"]`).waitFor();
      expect((await wageredOf(player)).wagered).toBe(counted);
    }
    const { real, bonus } = await wageredOf(player);
    const shown = await textOf(page.locator('.funds'));
    expect(shown).toContain(`€${(real / 100).toFixed(2)}`);
    expect(shown).toContain(`€${(bonus / 100).toFixed(2)}`);
    expect(await textOf(page.locator('[data-panel]'))).toMatch(/Stake paid by\s*€0\.50 bonus/);

    // The bonus allows bets up to €5, and the wallet sees to it.
    await page.getByLabel('Stake').selectOption('€10.00');
    await page.getByRole('button', { name: 'Spin', exact: true }).click();
    await page.getByText('above the largest bet that the terms of your bonus allow').waitFor();
    expect((await wageredOf(player)).wagered).toBe(100);
    expect(faults).toEqual([]);
  },
);

test('a deposit with a code is matched; roulette counts a tenth of it', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await joinCasino(page, world.url);
  await deposit(page, world.url, '20,00', 'TOPUP50');
  await page.getByText('Your code was taken, and the bonus is on your balance').waitFor();
  const player = await playerOn(page, world.url);
  expect(await wageredOf(player)).toEqual({ real: 2_000, bonus: 1_000, wagered: 0 });

  await page.goto(`${world.url}/roulette`);
  await page.getByText('€5', { exact: true }).click();
  await page.getByRole('button', { name: 'Red' }).click();
  await page.getByRole('button', { name: 'Spin', exact: true }).click();
  await page.locator('[data-wagered="50"]').waitFor();
  expect(await textOf(page.locator('[data-headline]'))).toMatch(/^\d+, (red|black|green)\. /);
  expect(await textOf(page.locator('[data-panel]'))).toMatch(/Counted\s*€0\.50 of turnover/);
  expect((await wageredOf(player)).wagered).toBe(50);
});

test('a code that is refused with a deposit leaves the deposit there, and says why', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await joinCasino(page, world.url);
  await deposit(page, world.url, '10', 'NOSUCHCODE');
  await page.getByText('Your deposit is there, but the code was not taken').waitFor();
  expect(await textOf(page.locator('.funds'))).toContain('€10.00');
});

test('free spins are played here, and what they win becomes a bonus', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await joinCasino(page, world.url, 'LANTERN');
  const player = await playerOn(page, world.url);
  const spins = async () => (await world.api('GET', `/v1/free-spins?player=${player}`)).items[0];
  await expect.poll(async () => (await spins())?.state).toBe('issued');

  await page.goto(`${world.url}/slot`);
  const button = page.getByRole('button', { name: 'Play a free spin' });
  for (let left = 9; left > 0; left--) {
    await button.click();
    await page.getByText(`${left} free spins left.`).waitFor();
  }
  await button.click();
  await page.getByText('That was the last one').waitFor();
  const { won } = world.casino.casino.store.one<{ won: number }>(
    'select won from free_spins where player_id = ?',
    player,
  ) ?? { won: -1 };
  await expect.poll(spins).toMatchObject({ state: 'finished', played: 10, won, credited: won });
  await button.click();
  await page.getByText('There are no free spins left').waitFor();
});

test('money is withdrawn, comes back, and is paid out', SLOW, async () => {
  await using visitor = await visit(browser);
  const { page } = visitor;
  await joinCasino(page, world.url);
  await deposit(page, world.url, '30');
  const withdraw = async (amount: string) => {
    await page.goto(`${world.url}/cashier`);
    const form = page.locator('form[action="/cashier/withdrawals"]');
    await form.getByLabel('Amount').fill(amount);
    await form.getByRole('button', { name: 'Withdraw' }).click();
  };
  await withdraw('31');
  await page.getByText('You have less real money than that').waitFor();
  expect(await page.locator('#withdraw-amount').inputValue()).toBe('31');

  await withdraw('12.50');
  await page.getByText('Being paid out').waitFor();
  await page.goto(`${world.url}/cashier`);
  await page.getByRole('button', { name: 'Cancel €12.50' }).click();
  await page.getByText('Cancelled').waitFor();
  expect(await textOf(page.locator('.funds'))).toContain('€30.00');

  await withdraw('30');
  await page.getByText('Being paid out').waitFor();
  await page.goto(`${world.url}/platform`);
  await page.getByRole('button', { name: 'Pay out €30.00' }).click();
  await page.waitForURL(`${world.url}/platform`);
  const player = await playerOn(page, world.url);
  expect(await wageredOf(player)).toMatchObject({ real: 0, bonus: 0 });
});

test(
  'whoever excludes themselves gets no code, no deposit and no round; the money stays theirs',
  SLOW,
  async () => {
    await using visitor = await visit(browser);
    const { page } = visitor;
    await joinCasino(page, world.url);
    await deposit(page, world.url, '25');
    await page.goto(`${world.url}/responsible`);
    await page.getByLabel('A week').check();
    await page.getByRole('button', { name: 'Exclude me' }).click();
    await page.getByText('Please say that you are sure').waitFor();
    await page.getByLabel('A week').check();
    await page.getByLabel('I am sure').check();
    await page.getByRole('button', { name: 'Exclude me' }).click();
    await page.getByText('You have excluded yourself from playing until').waitFor();

    const player = await playerOn(page, world.url);
    expect(await world.api('GET', `/v1/players/${player}`)).toMatchObject({
      selfExclusion: { until: expect.any(String) },
    });
    expect(
      await world.api('POST', '/v1/activations', { code: 'TOPUP50', player: { id: player } }),
    ).toMatchObject({ status: 422, key: 'self_excluded' });

    await page.goto(`${world.url}/slot`);
    await page.getByRole('button', { name: 'Spin', exact: true }).click();
    await page.locator('[data-headline]', { hasText: 'You have excluded yourself' }).waitFor();
    await page.goto(`${world.url}/cashier`);
    await page.getByRole('button', { name: 'Deposit' }).click();
    await page.getByText('Nothing was deposited').waitFor();
    await page.goto(`${world.url}/cashier`);
    await page.locator('#withdraw-amount').fill('25');
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('Being paid out').waitFor();
  },
);

test(
  'the platform page sends what it is given, shows the answers, and what Promosmith told',
  SLOW,
  async () => {
    await using visitor = await visit(browser);
    const { page, faults } = visitor;
    await joinCasino(page, world.url, 'TENONUS');
    await page.goto(`${world.url}/platform?type=deposit.succeeded`);
    expect(JSON.parse(await page.getByLabel('Data').inputValue())).toMatchObject({ amount: 2_000 });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('code: accepted').waitFor();

    // What is wrong is said, and stays to be mended.
    const nonsense = '{"depositId": "x", "amount": -1}';
    await page.getByLabel('Data').fill(nonsense);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Data').inputValue()).toBe(nonsense);
    expect(await textOf(page.getByRole('alert'))).toContain('data.amount');
    await page.getByLabel('Data').fill('no json');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('This is no JSON object').waitFor();

    // Text that no request may have holds nothing else up.
    await page.getByLabel('Data').fill(String.raw`{"note": "\u0000"}`);
    await page.getByLabel('Type').fill('custom.broken');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Log in once more' }).click();
    await page.locator('tr', { hasText: 'login' }).getByText('accepted').first().waitFor();

    await expect
      .poll(async () => {
        await page.reload();
        return textOf(page.getByRole('region', { name: 'What Promosmith told us' }));
      })
      .toContain('bonus.granted');
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  },
);

test('the games work without scripts', SLOW, async () => {
  await using visitor = await visit(browser, { javaScriptEnabled: false });
  const { page } = visitor;
  await joinCasino(page, world.url);
  await deposit(page, world.url, '10');
  await page.goto(`${world.url}/slot`);
  await page.getByRole('button', { name: 'Spin', exact: true }).click();
  await page.getByText('Stake paid by').waitFor();
  await page.goto(`${world.url}/roulette`);
  await page.getByRole('button', { name: '17', exact: true }).click();
  await page.getByText('Stake paid by').waitFor();
});

test('after all that the books are balanced, and the casino has nothing to report', SLOW, async () => {
  await expectBalanced(world.db);
  expect(world.errors).toEqual([]);
});
