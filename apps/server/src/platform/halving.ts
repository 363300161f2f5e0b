import { isOutage } from './db.ts';

/**
 * Works on all items at once, and where that throws on each half of them, until those that cannot be worked on are alone:
 * one bad item does not keep the others from being done, and many good ones cost one call.
 * @param work must leave nothing done when it throws, as a transaction does.
 * @param onBad told of each item that fails by itself.
 * @returns what the calls gave that did not throw, in the order of the items.
 * @throws what `work` throws when the database is away: that is no item's fault.
 */
export async function halving<T, R>(
  items: readonly T[],
  work: (items: readonly T[]) => Promise<R>,
  onBad: (item: T, error: unknown) => void,
): Promise<R[]> {
  const [first] = items;
  if (first === undefined) return [];
  try {
    return [await work(items)];
  } catch (error) {
    if (isOutage(error)) throw error;
    if (items.length === 1) {
      onBad(first, error);
      return [];
    }
    const middle = items.length >> 1;
    return [
      ...(await halving(items.slice(0, middle), work, onBad)),
      ...(await halving(items.slice(middle), work, onBad)),
    ];
  }
}
