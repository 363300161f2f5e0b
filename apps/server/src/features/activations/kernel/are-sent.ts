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
