import type { Database, Queryable } from '../../../platform/db.ts';
import { doEachDue } from '../../../platform/do-due.ts';
import type { SetAside } from '../../../platform/set-aside.ts';
import { endOfNext, type FoundEvent, findHead, findOfTypes } from '../../events/index.ts';
import { findNext, sumUp, takeStale } from './days.ts';
import {
  type After,
  FIRST,
  findStale,
  type HeldDays,
  lockDays,
  makeAnew,
  moveAnew,
  moveTo,
} from './feeds.ts';
import { convertedIn, noteFirsts, READ_TYPES } from './firsts.ts';

/** Whoever plays waits for a wallet that is held: not for longer than a few milliseconds. */
const WALLETS_AT_ONCE = 200;
const EVENTS_AT_ONCE = 2_000;

/** What a later feature does, in the same transaction, with events of the feed as they are read, in their order. */
export type FeedListener = (tx: Queryable, brandId: string, events: readonly FoundEvent[]) => Promise<void>;

/**
 * Makes the days of every brand right once: goes through wallets that changed, in the order of their keys, so that one that
 * changes all the time comes once and not for ever. One process at a time holds the days of a brand.
 * @returns whether there is more to do at once.
 */
export const countDays = (
  db: Database,
  aside: SetAside,
  listeners: readonly FeedListener[],
): Promise<boolean> =>
  doEachDue(aside, {
    find: (names) => findStale(db, names),
    nameOf: (brandId) => brandId,
    async work(brandId) {
      let after: After | undefined = FIRST;
      while (after) {
        const from: After = after;
        after = await db.transaction(async (tx) => {
          const held = await lockDays(tx, brandId);
          return held && countWallets(tx, held, from);
        });
      }
      const isAnew = await db.transaction(async (tx) => {
        const held = await lockDays(tx, brandId);
        return held ? countAnew(tx, held) : false;
      });
      const goesOn = await db.transaction(async (tx) => {
        const held = await lockDays(tx, brandId);
        return held ? readFeed(tx, held, listeners) : false;
      });
      return isAnew || goesOn;
    },
  });

/** Has the days of a brand made anew by and by: until a player's turn comes, its days are as they were. */
export const recountDays = (db: Database, brandId: string): Promise<void> =>
  db.transaction(async (tx) => {
    if (await lockDays(tx, brandId, { wait: true })) await makeAnew(tx, brandId);
  });

/** @returns where to go on; undefined when there are no more. */
async function countWallets(tx: Queryable, held: HeldDays, after: After): Promise<After | undefined> {
  const stale = await takeStale(tx, held.brandId, after, WALLETS_AT_ONCE);
  await sumUp(tx, held, stale);
  return stale.length === WALLETS_AT_ONCE ? stale.at(-1) : undefined;
}

/** Makes some of the days anew that are to be, in the order of their wallets. @returns whether there are more. */
async function countAnew(tx: Queryable, held: HeldDays): Promise<boolean> {
  if (!held.anewAfter) return false;
  const next = await findNext(tx, held.brandId, held.anewAfter, WALLETS_AT_ONCE);
  await sumUp(tx, held, next);
  const last = next.length === WALLETS_AT_ONCE ? (next.at(-1) ?? null) : null;
  await moveAnew(tx, held.brandId, last);
  return last !== null;
}

/** @returns whether the feed goes on. */
async function readFeed(tx: Queryable, held: HeldDays, listeners: readonly FeedListener[]): Promise<boolean> {
  const { brandId, position: after } = held;
  const head = await findHead(tx, brandId);
  if (after >= head) return false;
  const position = await endOfNext(tx, brandId, { after, upTo: head }, EVENTS_AT_ONCE);
  const events = await findOfTypes(tx, brandId, { after, upTo: position }, READ_TYPES);
  await noteFirsts(tx, brandId, events);
  await sumUp(tx, held, convertedIn(brandId, events));
  for (const listener of listeners) await listener(tx, brandId, events);
  await moveTo(tx, brandId, position);
  return position < head;
}
