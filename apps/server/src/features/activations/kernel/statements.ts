import { sqlState } from '../../../platform/db.ts';

const TRANSACTION_FAILED = '25P02';

/**
 * Whether every statement is on its way: one that could not even be put together fails within the turn it was started
 * in. A commit sent without looking would commit the others.
 */
export async function areSent(statements: readonly Promise<unknown>[]): Promise<boolean> {
  let sent = true;
  for (const statement of statements)
    statement.catch(() => {
      sent = false;
    });
  await new Promise<void>((resolve) => process.nextTick(resolve));
  return sent;
}

/**
 * Waits for statements that travel together.
 * @throws what went wrong; that those after it failed in turn says nothing.
 */
export async function allWritten(statements: readonly Promise<unknown>[]): Promise<void> {
  const errors = (await Promise.allSettled(statements)).flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  );
  if (errors.length > 0) throw errors.find((error) => sqlState(error) !== TRANSACTION_FAILED) ?? errors[0];
}
