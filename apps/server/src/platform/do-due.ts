import type { SetAside } from './set-aside.ts';

/** Background work on things whose time has come. */
export interface DueWork<T> {
  /** Some of what is due, without locking it, and without what is set aside. @param aside names. */
  find(aside: readonly string[]): Promise<readonly T[]>;
  nameOf(item: T): string;
  /**
   * Does it, in one transaction: whatever another process holds or has done meanwhile is left out.
   * @returns how many it did.
   */
  work(items: readonly T[]): Promise<number>;
}

/**
 * Does some of what is due. What cannot be done is set aside and keeps nothing else waiting.
 * @returns whether there may be more.
 */
export async function doDue<T>(aside: SetAside, { find, nameOf, work }: DueWork<T>): Promise<boolean> {
  const done = await aside.work(await find(aside.names()), nameOf, work);
  return done.some((count) => count > 0);
}

/**
 * As `doDue`, for things that take a transaction each.
 * @param work returns whether there may be more to do on the same thing.
 */
export async function doEachDue<T>(
  aside: SetAside,
  { find, nameOf, work }: Omit<DueWork<T>, 'work'> & { work(item: T): Promise<boolean> },
): Promise<boolean> {
  let more = false;
  for (const item of await find(aside.names())) {
    const done = await aside.work([item], nameOf, () => work(item));
    more ||= done.includes(true);
  }
  return more;
}
