import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectBalanced, grantsOf } from '../../testing/actions.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { grantTo, walletOf } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await expectBalanced(app);
  await app.close();
});

const bonus = (amount: number, wagering: object = {}) => ({
  rewards: [
    { kind: 'bonus_balance' as const, amount: { EUR: amount }, wagering: { multiplier: 100, ...wagering } },
  ],
});

describe('real money', () => {
  it('comes in, is staked, won and paid out', async () => {
    const wallet = walletOf(app);
    expect((await wallet.deposit(1_000)).body).toMatchObject({
      kind: 'deposit',
      balance: { real: 1_000, bonus: 0 },
    });
    expect((await wallet.bet(300)).body).toMatchObject({
      kind: 'bet',
      amount: 300,
      split: { real: 300, bonus: 0 },
      balance: { real: 700 },
    });
    expect((await wallet.win(500)).body).toMatchObject({ kind: 'win', balance: { real: 1_200 } });
    expect((await wallet.withdraw(1_200, { transactionId: 'w' })).body).toMatchObject({
      balance: { real: 0 },
    });
    expect((await wallet.pay('w')).body).toMatchObject({ state: 'paid', amount: 1_200 });
    expect(await wallet.balance()).toMatchObject({ real: 0, bonus: 0, grants: [] });
  });

  it('cannot be spent twice', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(100);
    expect((await wallet.bet(101)).body.key).toBe('insufficient_funds');
    expect((await wallet.withdraw(101)).body.key).toBe('insufficient_funds');
    expect((await wallet.withdraw(60)).status).toBe(200);
    expect((await wallet.bet(41)).body.key).toBe('insufficient_funds');
    expect((await wallet.bet(40)).status).toBe(200);
  });

  it('of nobody is not found, and of a player without any is nothing', async () => {
    const wallet = walletOf(app);
    expect(await wallet.balance()).toMatchObject({ key: 'not_found' });
    await app.request('PUT', `/v1/players/${wallet.player}`, { body: { country: 'DE' } });
    expect(await wallet.balance()).toMatchObject({ real: 0, bonus: 0, grants: [] });
  });

  it('is kept apart by currency', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(100);
    expect((await wallet.bet(1, { currency: 'GBP' })).body.key).toBe('insufficient_funds');
    expect((await wallet.bet(1, { currency: 'XYZ' })).body.key).toBe('unknown_currency');
  });

  it('is not staked by a player who is excluded, but may be withdrawn', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(100);
    await wallet.bet(10);
    await app.request('POST', `/v1/players/${wallet.player}/self-exclusion`, {
      body: { excluded: true, until: null, reason: 'asked' },
    });
    expect((await wallet.bet(10, { roundId: 'another' })).body.key).toBe('self_excluded');
    expect((await wallet.deposit(10)).body.key).toBe('self_excluded');
    expect((await wallet.win(20)).body).toMatchObject({ balance: { real: 110 } });
    expect((await wallet.withdraw(110)).status).toBe(200);
  });
});

describe('a deposit', () => {
  it('pays the deposit bonus that waits for it', async () => {
    const wallet = walletOf(app);
    await grantTo(app, wallet, {
      rewards: [
        {
          kind: 'deposit',
          matchBps: 10_000,
          cap: { EUR: 20_000 },
          minDeposit: { EUR: 2_000 },
          wagering: { multiplier: 3500 },
        },
      ],
    });
    expect((await wallet.deposit(5_000)).body.balance).toEqual({ real: 5_000, bonus: 5_000 });
    expect(await wallet.balance()).toMatchObject({
      grants: [{ balance: 5_000, wagered: 0, wageringRequired: 175_000 }],
    });
  });

  it('that is refused as an event is refused here', async () => {
    const wallet = walletOf(app);
    expect((await wallet.deposit(5_000, { currency: 'XYZ' })).body.key).toBe('unknown_currency');
  });
});

describe('a bonus', () => {
  it('is played with after real money, counts, and becomes real money', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(400);
    await grantTo(app, wallet, bonus(1_000));
    expect((await wallet.bet(600)).body.split).toEqual({ real: 400, bonus: 200 });
    expect((await wallet.win(300)).body).toMatchObject({
      split: { real: 200, bonus: 100 },
      balance: { real: 200, bonus: 900 },
    });
    expect(await wallet.balance()).toMatchObject({ grants: [{ wagered: 600, wageringRequired: 1_000 }] });
    await wallet.bet(400, { roundId: 'two' });
    expect((await wallet.win(0, { roundId: 'two' })).body.balance).toEqual({ real: 700, bonus: 0 });
    expect(await grantsOf(app, wallet.player)).toMatchObject([{ status: 'completed' }]);
  });

  it('waits for the win of a stake that took all of it', async () => {
    const wallet = walletOf(app);
    await grantTo(app, wallet, bonus(1_000, { multiplier: 1_000 }));
    await wallet.bet(1_000);
    expect(await grantsOf(app, wallet.player)).toMatchObject([{ status: 'active', balance: 0 }]);
    expect((await wallet.win(2_500)).body.balance).toEqual({ real: 0, bonus: 2_500 });
  });

  it('is lost when the round that took all of it ends with nothing', async () => {
    const wallet = walletOf(app);
    await grantTo(app, wallet, bonus(1_000, { multiplier: 1_000 }));
    await wallet.bet(1_000);
    await wallet.win(0);
    expect(await grantsOf(app, wallet.player)).toMatchObject([{ status: 'lost', balance: 0 }]);
  });

  it('that completed meanwhile leaves a win of its round to the player', async () => {
    const wallet = walletOf(app);
    await grantTo(app, wallet, bonus(1_000));
    await wallet.bet(1_000);
    await wallet.win(1_500);
    expect(await grantsOf(app, wallet.player)).toMatchObject([{ status: 'completed' }]);
    expect((await wallet.win(200)).body).toMatchObject({
      split: { real: 200, bonus: 0 },
      balance: { real: 1_700, bonus: 0 },
    });
  });

  it('that was cancelled meanwhile takes its share of a win with it', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(500);
    await grantTo(app, wallet, bonus(1_000, { multiplier: 1_000 }));
    await wallet.bet(1_000);
    const [grant] = await grantsOf(app, wallet.player);
    await app.request('POST', `/v1/grants/${grant.id}/cancel`, { body: { reason: 'abuse' } });
    expect((await wallet.win(600)).body.balance).toEqual({ real: 300, bonus: 0 });
  });

  it('may forbid large bets and withdrawals', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(1_000);
    const maxBet = { amounts: { EUR: 500 }, onBreach: 'reject' };
    await grantTo(app, wallet, bonus(1_000, { maxBet, onWithdrawal: 'block' }));
    expect((await wallet.bet(501)).body.key).toBe('max_bet_exceeded');
    expect((await wallet.bet(500)).status).toBe(200);
    expect((await wallet.withdraw(100)).body.key).toBe('withdrawal_blocked');
  });
});

describe('a withdrawal', () => {
  it('that is cancelled gives back the money and the bonus it forfeited', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(500);
    await grantTo(app, wallet, bonus(1_000));
    expect((await wallet.withdraw(500, { transactionId: 'w' })).body.balance).toEqual({ real: 0, bonus: 0 });
    expect(await grantsOf(app, wallet.player)).toMatchObject([{ status: 'forfeited' }]);
    expect((await wallet.cancel('w')).body).toMatchObject({
      state: 'cancelled',
      balance: { real: 500, bonus: 1_000 },
    });
    expect(await grantsOf(app, wallet.player)).toMatchObject([{ status: 'active', balance: 1_000 }]);
  });

  it('ends one way: whichever was said first', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(500);
    await wallet.withdraw(200, { transactionId: 'paid' });
    await wallet.withdraw(200, { transactionId: 'kept' });
    expect((await wallet.pay('paid')).status).toBe(200);
    expect((await wallet.pay('paid')).body).toMatchObject({ state: 'paid', balance: { real: 100 } });
    expect((await wallet.cancel('paid')).body.key).toBe('conflict');
    expect((await wallet.cancel('kept')).body).toMatchObject({ balance: { real: 300 } });
    expect((await wallet.cancel('kept')).body).toMatchObject({ balance: { real: 300 } });
    expect((await wallet.pay('kept')).body.key).toBe('conflict');
    expect((await wallet.pay('unknown')).body.key).toBe('not_found');
  });
});

describe('a rollback', () => {
  it('takes back stakes, wins and turnover of a round', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(300);
    await grantTo(app, wallet, bonus(1_000, { multiplier: 1_000 }));
    await wallet.bet(500);
    await wallet.win(100);
    await wallet.bet(50, { roundId: 'other' });
    expect((await wallet.rollBack('round')).body.balance).toEqual({ real: 250, bonus: 1_000 });
    expect(await wallet.balance()).toMatchObject({ grants: [{ wagered: 50 }] });
  });

  it('brings a lost bonus back', async () => {
    const wallet = walletOf(app);
    await grantTo(app, wallet, bonus(1_000, { multiplier: 1_000 }));
    await wallet.bet(1_000);
    await wallet.win(0);
    await wallet.rollBack('round');
    expect(await grantsOf(app, wallet.player)).toMatchObject([{ status: 'active', balance: 1_000 }]);
  });

  it('in a currency the round was not played in is refused, and leaves the right one to come', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(400);
    await wallet.bet(400);
    expect(await wallet.rollBack('round', { currency: 'USD' })).toMatchObject({
      status: 422,
      body: { key: 'wrong_currency', errors: [{ field: 'currency' }] },
    });
    expect((await wallet.rollBack('round')).body.balance).toEqual({ real: 400, bonus: 0 });
  });

  it('takes back one stake of a round alone', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(300);
    await wallet.bet(100, { transactionId: 'kept' });
    await wallet.bet(120, { transactionId: 'taken back' });
    expect((await wallet.rollBackOne('taken back')).body.balance).toEqual({ real: 200, bonus: 0 });
    expect((await wallet.win(50)).body.balance).toEqual({ real: 250, bonus: 0 });
    expect((await wallet.rollBack('round')).body.balance).toEqual({ real: 300, bonus: 0 });
  });

  it('takes back a win, which leaves the stake', async () => {
    const wallet = walletOf(app);
    await grantTo(app, wallet, bonus(1_000, { multiplier: 1_000 }));
    await wallet.bet(400);
    await wallet.win(700, { transactionId: 'w' });
    expect((await wallet.rollBackOne('w')).body.balance).toEqual({ real: 0, bonus: 600 });
  });

  it('of one stake that comes first leaves that one out, and no other of its round', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(300);
    await wallet.rollBackOne('one');
    expect((await wallet.bet(100, { transactionId: 'one' })).body.key).toBe('rolled_back');
    expect((await wallet.bet(100, { transactionId: 'two' })).body.balance).toEqual({ real: 200, bonus: 0 });
  });

  it('after the bonus completed opens a case for each of them', async () => {
    const wallet = walletOf(app);
    await grantTo(app, wallet, bonus(1_000));
    await wallet.bet(1_000);
    await wallet.win(1_500);
    expect((await wallet.rollBack('round')).status).toBe(200);
    expect(await grantsOf(app, wallet.player)).toMatchObject([{ status: 'completed' }]);
    const { body } = await app.request('GET', `/v1/adjustments?player=${wallet.player}`);
    expect(body.items).toMatchObject([
      { kind: 'late_rollback', amount: 1_500 },
      { kind: 'late_rollback', amount: 1_000 },
    ]);
  });

  it('that comes first leaves nothing to play', async () => {
    const wallet = walletOf(app);
    await wallet.deposit(300);
    await wallet.rollBack('round');
    expect((await wallet.bet(100)).body.key).toBe('rolled_back');
    expect((await wallet.win(100)).body.key).toBe('rolled_back');
    expect(await wallet.balance()).toMatchObject({ real: 300 });
  });
});
