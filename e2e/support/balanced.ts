import { expect } from 'vitest';
import { reconcile } from '../../apps/server/src/features/ledger/index.ts';
import type { Database } from '../../apps/server/src/platform/db.ts';

/** The invariants of the books hold: ledger, wallets, grants, counters and budgets agree with what happened. */
export async function expectBalanced(db: Database): Promise<void> {
  expect(await reconcile(db)).toEqual([]);
}
