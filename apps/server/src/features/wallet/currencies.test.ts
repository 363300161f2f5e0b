import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectBalanced } from '../../testing/actions.ts';
import { betEvent, moneyEvent, tell } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { type TestWallet, walletOf } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await expectBalanced(app);
  await app.close();
});

const TWENTY = Array.from({ length: 20 }, (_, n) => n);
const currencyOf = (n: number) => (n % 2 === 0 ? 'EUR' : 'USD');

async function begun(): Promise<TestWallet> {
  const wallet = walletOf(app);
  await Promise.all(['EUR', 'USD'].map((currency) => wallet.deposit(1_000, { currency })));
  return wallet;
}

const balances = async ({ player }: TestWallet): Promise<number> => {
  const { rows } = await app.db.query<{ sum: number }>(
    'select sum(real)::bigint as sum from wallets join players using (player_id) where external_id = $1',
    [player],
  );
  return rows[0]?.sum ?? 0;
};

/** What came of it, by how often. */
const counted = (results: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(results, (result) => result)].map(([key, { length }]) => [key, length]));

/** A bet or withdrawal of one id. @returns what was answered. */
type Teller = (wallet: TestWallet, id: string, currency: string) => Promise<string>;

const TELLERS: Readonly<Record<string, Teller>> = {
  'a stake asked for': async (wallet, transactionId, currency) => {
    const { status, body } = await wallet.bet(100, { transactionId, currency });
    return body.key ?? status;
  },
  'a settled bet': async ({ player }, id, currency) =>
    (await tell(app, betEvent({ id, player, stake: 100, currency, time: Date.now() + 1_000 })))[0] ?? '',
  'a settled bet with other events': async ({ player }, id, currency) =>
    (
      await tell(
        app,
        betEvent({ id, player, stake: 100, currency, time: Date.now() + 1_000 }),
        moneyEvent('login', {}, { player }),
      )
    )[0] ?? '',
  'a withdrawal asked for': async (wallet, transactionId, currency) => {
    const { status, body } = await wallet.withdraw(100, { transactionId, currency });
    return body.key ?? status;
  },
  'a withdrawal told': async ({ player }, withdrawalId, currency) =>
    (
      await tell(app, moneyEvent('withdrawal.requested', { withdrawalId, amount: 100, currency }, { player }))
    )[0] ?? '',
};

describe.each(Object.entries(TELLERS))('one id in two currencies at once: %s', (_, teller) => {
  it('counts in one of them, and conflicts in the other', async () => {
    for (let run = 0; run < 5; run++) {
      const wallet = await begun();
      const results = await Promise.all(TWENTY.map((n) => teller(wallet, 'one', currencyOf(n))));
      expect(counted(results.map(String))).toMatchObject({ conflict: 10 });
      expect(await balances(wallet)).toBe(1_900);
    }
  });
});

it('of players nobody has heard of, too', async () => {
  for (let run = 0; run < 5; run++) {
    const wallet = walletOf(app);
    const bets = TWENTY.map((n) =>
      betEvent({ id: 'one', player: wallet.player, win: 100, currency: currencyOf(n) }),
    );
    const results = await Promise.all(
      bets.map((bet) => tell(app, bet, moneyEvent('login', {}, { player: wallet.player }))),
    );
    expect(results.filter(([bet]) => bet === 'accepted')).toHaveLength(1);
    expect(await balances(wallet)).toBe(100);
  }
});
