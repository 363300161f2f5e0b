import { sqlState } from './db.ts';

const TRANSACTION_FAILED = '25P02';

/**
 * Waits until all work on one connection has ended, also when some of it fails: who rolls back then leaves nothing under
 * way.
 * @throws what went wrong; that what came after it failed in turn says nothing.
 */
export async function allEnded(works: readonly Promise<unknown>[]): Promise<void> {
  const errors = (await Promise.allSettled(works)).flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  );
  if (errors.length > 0) throw errors.find((error) => sqlState(error) !== TRANSACTION_FAILED) ?? errors[0];
}
