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
