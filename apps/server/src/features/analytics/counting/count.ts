import type { Database, Queryable } from '../../../platform/db.ts';
import { doEachDue } from '../../../platform/do-due.ts';
import { playerId } from '../../../platform/ids.ts';
import type { SetAside } from '../../../platform/set-aside.ts';
import { endOfNext, type FoundEvent, findHead, findOfTypes } from '../../events/index.ts';
import { countDeposits, lookAgain, type Taken, takeUncounted } from './deposits.ts';
import { COUNTED_TYPES, factsOf } from './facts.ts';
import { addFacts, type Feed, findBehind, forgetAll, lockFeed, moveFeed } from './store.ts';

const EVENTS_AT_ONCE = 10_000;
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
        return feed !== undefined && (await countOn(tx, feed)).hasMore;
      }),
  });

/** Counts a brand anew from its whole log, in one transaction: until it is done, screens show what was counted before. */
export const recount = (db: Database, brandId: string): Promise<void> =>
  db.transaction(async (tx) => {
    if (!(await lockFeed(tx, brandId, { wait: true }))) return;
    await forgetAll(tx, brandId);
    let position = 0;
    let hasMore = true;
    while (hasMore) ({ position, hasMore } = await countOn(tx, { brandId, position }));
  });

/** Counts the next events and deposits of a brand whose feed is held. @returns how far it came. */
async function countOn(
  tx: Queryable,
  { brandId, position: after }: Feed,
): Promise<{ position: number; hasMore: boolean }> {
  const head = await findHead(tx, brandId);
  const upTo = after < head ? await endOfNext(tx, brandId, { after, upTo: head }, EVENTS_AT_ONCE) : after;
  const events = upTo > after ? await findOfTypes(tx, brandId, { after, upTo }, COUNTED_TYPES) : [];
  await lookAgain(tx, takenIn(brandId, events));
  const deposits = await takeUncounted(tx, brandId, DEPOSITS_AT_ONCE);
  const facts = [...factsOf(events), ...(await countDeposits(tx, brandId, deposits))];
  await addFacts(tx, brandId, facts);
  if (upTo > after) await moveFeed(tx, brandId, upTo);
  return { position: upTo, hasMore: upTo < head || deposits.length === DEPOSITS_AT_ONCE };
}

const takenIn = (brandId: string, events: readonly FoundEvent[]): Taken[] =>
  events.flatMap(({ type, time, data: { player } }) =>
    type === 'code.activated' && typeof player === 'string'
      ? [{ playerId: playerId(brandId, player), at: new Date(time) }]
      : [],
  );
