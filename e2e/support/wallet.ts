import type { TestApp, TestResponse } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A withdrawal that was asked for. */
export interface WalletThings {
  withdrawalId: string;
}

/** Makes it over HTTP. @param mark tells it from other worlds'. */
export async function buildWallet(
  app: TestApp,
  key: string,
  { mark, player }: { mark: string; player: string },
): Promise<WalletThings> {
  const post = (path: string, body: object): Promise<TestResponse['body']> =>
    done(app.request('POST', `/v1/wallet/${path}`, { key, body: { player, currency: 'EUR', ...body } }));
  await post('deposits', { transactionId: `deposit-${mark}`, amount: 500, method: 'card' });
  const { transactionId } = await post('withdrawals', { transactionId: `withdrawal-${mark}`, amount: 100 });
  return { withdrawalId: transactionId };
}
