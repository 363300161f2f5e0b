import { randomUUID } from 'node:crypto';
import { activate } from '../../testing/actions.ts';
import { createOffer, type NewTestOffer } from '../../testing/fixtures.ts';
import type { TestApp, TestResponse } from '../../testing/test-app.ts';

/** A game server and a cashier of one player in EUR. Ids that a test does not care for are made up. */
export function walletOf(app: TestApp, player = `p-${randomUUID()}`) {
  const whose = { player, currency: 'EUR' };
  const post = (path: string, body: object): Promise<TestResponse> =>
    app.request('POST', `/v1/wallet/${path}`, { body: { transactionId: randomUUID(), ...whose, ...body } });
  const close = (transactionId: string, how: 'pay' | 'cancel'): Promise<TestResponse> =>
    app.request('POST', `/v1/wallet/withdrawals/${encodeURIComponent(transactionId)}/${how}`, {
      body: whose,
    });
  return {
    player,
    bet: (amount: number, more: object = {}) =>
      post('bets', { amount, roundId: 'round', game: 'book', category: 'slots', ...more }),
    win: (amount: number, more: object = {}) =>
      post('wins', { amount, roundId: 'round', game: 'book', category: 'slots', ...more }),
    rollBack: (roundId: string, more: object = {}) => post('rollbacks', { roundId, ...more }),
    rollBackOne: (rolledBackId: string) => post('rollbacks', { rolledBackId }),
    deposit: (amount: number, more: object = {}) => post('deposits', { amount, method: 'card', ...more }),
    withdraw: (amount: number, more: object = {}) => post('withdrawals', { amount, ...more }),
    pay: (transactionId: string) => close(transactionId, 'pay'),
    cancel: (transactionId: string) => close(transactionId, 'cancel'),
    balance: async (): Promise<TestResponse['body']> =>
      (await app.request('GET', `/v1/wallet/players/${player}/balance`)).body,
  };
}

export type TestWallet = ReturnType<typeof walletOf>;

/** Grants the player a bonus by a code. @param definition of the campaign: 10.00 EUR at 35× when left out. */
export async function grantTo(
  app: TestApp,
  { player }: TestWallet,
  definition?: NewTestOffer['definition'],
): Promise<void> {
  const { code } = await createOffer(app, { definition });
  const { status, body } = await activate(app, code, player);
  if (status !== 201) throw new Error(`no bonus: ${JSON.stringify(body)}`);
}
