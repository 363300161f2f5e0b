import type { Database, Queryable } from '../../../platform/db.ts';
import { doEachDue } from '../../../platform/do-due.ts';
import type { SetAside } from '../../../platform/set-aside.ts';
import { endOfNext, findHead, findOfTypes } from '../../events/index.ts';
import { betsAfter, countBets, takeMarks } from './bets.ts';
import { countDeposits, type DepositEvent, lookAgain, type Taken, takeUncounted } from './deposits.ts';
import { COUNTED_TYPES, factsOf, type Occurrence, type ProfiledFact } from './facts.ts';
import { forgetAside, NOTHING_OUTLIVED, type Outlived, takeShown } from './outlived.ts';
import { countOutreach, OUTREACH_TYPES } from './outreach.ts';
import { type FactRow, findProfiles } from './profiles.ts';
import { keepProfiles, keepRows } from './rows.ts';
import { addFacts, type Feed, findBehind, forgetAll, lockFeed, moveFeed } from './store.ts';

/** What a process does for so many takes it away from requests for a few milliseconds. */
const EVENTS_AT_ONCE = 2000;
const DEPOSITS_AT_ONCE = 1000;
const MARKS_AT_ONCE = 100;

const TOLD_TYPES = new Set([...COUNTED_TYPES, ...OUTREACH_TYPES]);

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
        if (feed.isDividedAgain) return true;
        if (feed.mustRecount) {
          await countAnew(tx, brandId);
          return true;
        }
        const events = await countEvents(tx, feed);
        const taken = events.facts.flatMap(takenBy);
        await lookAgain(tx, taken);
        const marks = await takeMarks(tx, brandId, MARKS_AT_ONCE);
        const bets = await countBets(tx, brandId, [...taken.map(betsAfter), ...marks.ranges]);
        const deposits = await countSomeDeposits(tx, brandId);
        await addFacts(tx, brandId, [...events.facts, ...bets, ...deposits.facts]);
        return deposits.last !== undefined || events.hasMore || marks.hasMore;
      }),
  });

/** Counts a brand anew from its whole log, in one transaction: until it is done, screens show what was counted before. */
export const recount = (db: Database, brandId: string): Promise<void> =>
  db.transaction(async (tx) => {
    if (await lockFeed(tx, brandId, { wait: true })) await countAnew(tx, brandId);
  });

async function countAnew(tx: Queryable, brandId: string): Promise<void> {
  const labelsFrom = await forgetAll(tx, brandId);
  let position = 0;
  let hasMore = true;
  while (hasMore) {
    const counted = await countEvents(tx, { brandId, position }, async (occurrences) => ({
      carried: await takeShown(tx, brandId, occurrences),
      labelsFrom,
    }));
    const bets = await countBets(tx, brandId, counted.facts.flatMap(takenBy).map(betsAfter));
    await addFacts(tx, brandId, [...counted.facts, ...bets]);
    ({ position, hasMore } = counted);
  }
  await forgetAside(tx, brandId);
  // After all events: no deposit has to be looked at again.
  let last: DepositEvent | undefined;
  do {
    const counted = await countSomeDeposits(tx, brandId, last);
    await addFacts(tx, brandId, counted.facts);
    last = counted.last;
  } while (last);
}

interface CountedEvents {
  /** Kept as rows, and still to be added to the sums. */
  readonly facts: readonly FactRow[];
  readonly position: number;
  readonly hasMore: boolean;
}

/**
 * Counts the next events of a brand whose feed is held.
 * @param outlives what was counted of them before, when they are counted anew.
 */
async function countEvents(
  tx: Queryable,
  { brandId, position: after }: Pick<Feed, 'brandId' | 'position'>,
  outlives: (occurrences: readonly Occurrence[]) => Promise<Outlived> = async () => NOTHING_OUTLIVED,
): Promise<CountedEvents> {
  const head = await findHead(tx, brandId);
  if (after >= head) return { facts: [], position: after, hasMore: false };
  const position = await endOfNext(tx, brandId, { after, upTo: head }, EVENTS_AT_ONCE);
  const events = await findOfTypes(tx, brandId, { after, upTo: position }, TOLD_TYPES);
  const occurrences = factsOf(events);
  const { carried, labelsFrom } = await outlives(occurrences);
  const facts = await findProfiles(tx, brandId, occurrences, carried);
  // Each is made while the database is at the one before.
  await Promise.all([
    countOutreach(tx, brandId, events, labelsFrom),
    keepProfiles(
      tx,
      brandId,
      facts.map(({ profile }) => profile),
    ),
    keepRows(tx, brandId, facts),
    moveFeed(tx, brandId, position),
  ]);
  return { facts, position, hasMore: position < head };
}

interface CountedDeposits {
  readonly facts: readonly ProfiledFact[];
  /** undefined when there are no more. */
  readonly last: DepositEvent | undefined;
}

/** Counts some deposits that are not, behind one. */
async function countSomeDeposits(
  tx: Queryable,
  brandId: string,
  after?: DepositEvent,
): Promise<CountedDeposits> {
  const deposits = await takeUncounted(tx, brandId, DEPOSITS_AT_ONCE, after);
  const facts = await countDeposits(tx, brandId, deposits);
  return { facts, last: deposits.length === DEPOSITS_AT_ONCE ? deposits.at(-1) : undefined };
}

const takenBy = ({ measure, campaignId, playerId, factId, at }: FactRow): Taken[] =>
  measure === 'accepted' && campaignId !== null ? [{ playerId, activationId: factId, at: new Date(at) }] : [];
