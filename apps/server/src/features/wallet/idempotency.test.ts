import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectBalanced } from '../../testing/actions.ts';
import { startTestApp, type TestApp, type TestResponse } from '../../testing/test-app.ts';
import { grantTo, type TestWallet, walletOf } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await expectBalanced(app);
  await app.close();
});

const TWENTY = Array.from({ length: 20 }, (_, i) => i);

const MOVES: Readonly<Record<string, (wallet: TestWallet, transactionId: string) => Promise<TestResponse>>> =
  {
    bet: (wallet, transactionId) => wallet.bet(100, { transactionId }),
    win: (wallet, transactionId) => wallet.win(100, { transactionId, endsRound: false }),
    rollback: (wallet, transactionId) => wallet.rollBack('begun', { transactionId }),
    deposit: (wallet, transactionId) => wallet.deposit(100, { transactionId }),
    withdrawal: (wallet, transactionId) => wallet.withdraw(100, { transactionId }),
  };

async function begun(): Promise<TestWallet> {
  const wallet = walletOf(app);
  await wallet.deposit(5_000);
  await wallet.bet(300, { roundId: 'begun' });
  return wallet;
}

describe.each(Object.entries(MOVES))('a %s', (_, move) => {
  it('sent again is answered again with the same, and has no effect', async () => {
    const wallet = await begun();
    const first = await move(wallet, 'one');
    expect(first.status).toBe(200);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    await wallet.deposit(7);
    const balance = await wallet.balance();
    const again = await move(wallet, 'one');
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await wallet.balance()).toEqual(balance);
  });

  it('sent twenty times at once has one effect and one answer', async () => {
    const wallet = await begun();
    const answers = await Promise.all(TWENTY.map(() => move(wallet, 'one')));
    expect(answers.map(({ status }) => status)).toEqual(TWENTY.map(() => 200));
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
    const once = await begun();
    await move(once, 'one');
    const [{ real }, expected] = await Promise.all([wallet.balance(), once.balance()]);
    expect(real).toBe(expected.real);
  });

  it.each(Object.entries(MOVES).filter(([, other]) => other !== move))(
    'conflicts with a %s of the same id',
    async (_, other) => {
      const wallet = await begun();
      await move(wallet, 'one');
      const balance = await wallet.balance();
      expect((await other(wallet, 'one')).body.key).toBe('conflict');
      expect(await wallet.balance()).toEqual(balance);
    },
  );
});

describe('a transaction id', () => {
  it('used for another amount or round is a conflict', async () => {
    const wallet = await begun();
    await wallet.bet(100, { transactionId: 'one' });
    expect((await wallet.bet(101, { transactionId: 'one' })).body.key).toBe('conflict');
    expect((await wallet.bet(100, { transactionId: 'one', roundId: 'other' })).body.key).toBe('conflict');
    expect((await wallet.bet(100, { transactionId: 'one', currency: 'GBP' })).body.key).toBe('conflict');
  });

  it('is free again after a refusal', async () => {
    const wallet = walletOf(app);
    expect((await wallet.bet(100, { transactionId: 'one' })).body.key).toBe('insufficient_funds');
    await wallet.deposit(100);
    expect((await wallet.bet(100, { transactionId: 'one' })).status).toBe(200);
  });

  it('is a player’s own', async () => {
    const [a, b] = [await begun(), await begun()];
    await a.bet(100, { transactionId: 'one' });
    expect((await b.bet(200, { transactionId: 'one' })).status).toBe(200);
  });
});

describe('in parallel', () => {
  it('twenty bets never overdraw a player', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(500);
    await grantTo(app, wallet, {
      rewards: [{ kind: 'bonus_balance', amount: { EUR: 250 }, wagering: { multiplier: 10_000 } }],
    });
    const answers = await Promise.all(TWENTY.map((n) => wallet.bet(100, { roundId: `r${n}` })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(answers.filter(({ body }) => body.key === 'insufficient_funds')).toHaveLength(13);
    expect(await wallet.balance()).toMatchObject({ real: 0, bonus: 50 });
  });

  it('a withdrawal is paid or cancelled, never both', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(500);
    await wallet.withdraw(500, { transactionId: 'w' });
    const answers = await Promise.all(
      TWENTY.map((n) => (n % 2 === 0 ? wallet.pay('w') : wallet.cancel('w'))),
    );
    const states = new Set(answers.flatMap(({ body }) => body.state ?? []));
    expect(states.size).toBe(1);
    const { real } = await wallet.balance();
    expect(real).toBe(states.has('paid') ? 0 : 500);
  });

  it('bets, wins and rollbacks of a player leave what they would one after the other', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(10_000);
    await Promise.all(TWENTY.map((n) => wallet.bet(100, { roundId: `r${n}` })));
    await Promise.all(
      TWENTY.map((n) => (n % 2 === 0 ? wallet.win(30, { roundId: `r${n}` }) : wallet.rollBack(`r${n}`))),
    );
    expect(await wallet.balance()).toMatchObject({ real: 10_000 - 10 * 100 + 10 * 30 });
  });
});
