import type { Database, Queryable } from '../../../platform/db.ts';
import { doEachDue } from '../../../platform/do-due.ts';
import { playerId } from '../../../platform/ids.ts';
import type { SetAside } from '../../../platform/set-aside.ts';
import { endOfNext, type FoundEvent, findHead, findOfTypes } from '../../events/index.ts';
import { countDeposits, type DepositEvent, lookAgain, type Taken, takeUncounted } from './deposits.ts';
import { COUNTED_TYPES, factsOf } from './facts.ts';
import { addFacts, type Feed, findBehind, forgetAll, lockFeed, moveFeed } from './store.ts';

/** What a process does for so many takes it away from requests for a few milliseconds. */
const EVENTS_AT_ONCE = 2000;
const DEPOSITS_AT_ONCE = 1000;

/**
 * Counts what is new of each brand. The place in a feed moves in the transaction of its sums, and one process at a time
 * holds a feed, so that each event is counted once.
 * @returns whether there may be more.
 */
export const countNew = (db: Database, aside: SetAside): Promise<boolean> =>
  doEachDue(aside, {
    find: (names) => findBehind(db, names),
    nameOf: (brandId) => brandId,
    work: (brandId) =>
      db.transaction(async (tx) => {
        const feed = await lockFeed(tx, brandId);
        if (!feed) return false;
        const { events, hasMore } = await countEvents(tx, feed);
        await lookAgain(tx, takenIn(brandId, events));
        return (await countSomeDeposits(tx, brandId)) !== undefined || hasMore;
      }),
  });

/** Counts a brand anew from its whole log, in one transaction: until it is done, screens show what was counted before. */
export const recount = (db: Database, brandId: string): Promise<void> =>
  db.transaction(async (tx) => {
    if (!(await lockFeed(tx, brandId, { wait: true }))) return;
    await forgetAll(tx, brandId);
    let position = 0;
    let hasMore = true;
    while (hasMore) ({ position, hasMore } = await countEvents(tx, { brandId, position }));
    // After all events: no deposit has to be looked at again.
    let last: DepositEvent | undefined;
    do last = await countSomeDeposits(tx, brandId, last);
    while (last);
  });

/** Counts the next events of a brand whose feed is held. @returns them, and how far that is. */
async function countEvents(
  tx: Queryable,
  { brandId, position: after }: Feed,
): Promise<{ events: FoundEvent[]; position: number; hasMore: boolean }> {
  const head = await findHead(tx, brandId);
  if (after >= head) return { events: [], position: after, hasMore: false };
  const position = await endOfNext(tx, brandId, { after, upTo: head }, EVENTS_AT_ONCE);
  const events = await findOfTypes(tx, brandId, { after, upTo: position }, COUNTED_TYPES);
  await addFacts(tx, brandId, factsOf(events));
  await moveFeed(tx, brandId, position);
  return { events, position, hasMore: position < head };
}

/** Counts some deposits that are not, behind one. @returns the last one; undefined when there are no more. */
async function countSomeDeposits(
  tx: Queryable,
  brandId: string,
  after?: DepositEvent,
): Promise<DepositEvent | undefined> {
  const deposits = await takeUncounted(tx, brandId, DEPOSITS_AT_ONCE, after);
  await addFacts(tx, brandId, await countDeposits(tx, brandId, deposits));
  return deposits.length === DEPOSITS_AT_ONCE ? deposits.at(-1) : undefined;
}

const takenIn = (brandId: string, events: readonly FoundEvent[]): Taken[] =>
  events.flatMap(({ type, time, data: { player } }) =>
    type === 'code.activated' && typeof player === 'string'
      ? [{ playerId: playerId(brandId, player), at: new Date(time) }]
      : [],
  );
