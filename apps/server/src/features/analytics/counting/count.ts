import { allEnded } from '../../../platform/all-ended.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { doEachDue } from '../../../platform/do-due.ts';
import type { Statement } from '../../../platform/sending.ts';
import type { SetAside } from '../../../platform/set-aside.ts';
import { endOfNext, findHead, findOfTypes } from '../../events/index.ts';
import { betsAfter, countBets, takeMarks } from './bets.ts';
import { countDeposits, type DepositEvent, lookAgain, type Taken, takeUncounted } from './deposits.ts';
import { COUNTED_TYPES, factsOf, type Occurrence, type ProfiledFact } from './facts.ts';
import { forgetAside, NOTHING_OUTLIVED, type Outlived, takeShown } from './outlived.ts';
import { countingOutreach, OUTREACH_TYPES } from './outreach.ts';
import { type FactRow, findProfiles } from './profiles.ts';
import { keepingProfiles, keepingRows } from './rows.ts';
import { addFacts, type Feed, findBehind, forgetAll, lockFeed, movingFeed } from './store.ts';
import { sumUp } from './sums.ts';

/** What a process does for so many takes it away from requests for a few milliseconds. */
const EVENTS_AT_ONCE = 2000;
/** The feed is held for so many times that. */
const ROUNDS_AT_ONCE = 5;
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
        return countEvents(tx, feed, { rounds: ROUNDS_AT_ONCE }, (facts) =>
          countWithRest(tx, brandId, facts),
        );
      }),
  });

/** Counts what events told, and some of the bets and deposits. @returns whether there may be more of those. */
async function countWithRest(tx: Queryable, brandId: string, facts: readonly FactRow[]): Promise<boolean> {
  const taken = facts.flatMap(takenBy);
  const [marks] = await Promise.all([takeMarks(tx, brandId, MARKS_AT_ONCE), lookAgain(tx, taken)]);
  const counting = countBets(tx, brandId, [...taken.map(betsAfter), ...marks.ranges]);
  // While the database looks for bets.
  const sums = sumUp(facts);
  const bets = await counting;
  const deposits = await countSomeDeposits(tx, brandId);
  await addFacts(tx, brandId, [...sums, ...bets, ...deposits.facts]);
  return deposits.last !== undefined || marks.hasMore;
}

/** Counts a brand anew from its whole log, in one transaction: until it is done, screens show what was counted before. */
export const recount = (db: Database, brandId: string): Promise<void> =>
  db.transaction(async (tx) => {
    if (await lockFeed(tx, brandId, { wait: true })) await countAnew(tx, brandId);
  });

async function countAnew(tx: Queryable, brandId: string): Promise<void> {
  const labelsFrom = await forgetAll(tx, brandId);
  const outlives = async (occurrences: readonly Occurrence[]) => ({
    carried: await takeShown(tx, brandId, occurrences),
    labelsFrom,
  });
  await countEvents(tx, { brandId, position: 0 }, { outlives }, async (facts) => {
    const bets = await countBets(tx, brandId, facts.flatMap(takenBy).map(betsAfter));
    await addFacts(tx, brandId, [...facts, ...bets]);
    return false;
  });
  await forgetAside(tx, brandId);
  // After all events: no deposit has to be looked at again.
  let last: DepositEvent | undefined;
  do {
    const counted = await countSomeDeposits(tx, brandId, last);
    await addFacts(tx, brandId, counted.facts);
    last = counted.last;
  } while (last);
}

/**
 * Counts the next events of a brand whose feed is held, some at a time. While some are counted the next are read, so that
 * the database works beside this process and not after it.
 * @param options.rounds at most; all there are when left out.
 * @param options.outlives what was counted of events before, when they are counted anew.
 * @param count adds facts whose rows are kept. @returns whether there may be more beside events.
 * @returns whether there may be more of either.
 */
async function countEvents(
  tx: Queryable,
  { brandId, position }: Pick<Feed, 'brandId' | 'position'>,
  { rounds = Number.POSITIVE_INFINITY, outlives = async () => NOTHING_OUTLIVED }: CountOptions,
  count: (facts: readonly FactRow[]) => Promise<boolean>,
): Promise<boolean> {
  let told = await readEvents(tx, brandId, position, outlives);
  for (let round = 1; told?.hasMore && round < rounds; round++) {
    const { facts } = told;
    // Its statements are on their way: what is read next finds the rows.
    const counted = keepEvents(tx, told).then(() => count(facts));
    const next = readEvents(tx, brandId, told.position, outlives);
    await allEnded([counted, next]);
    told = await next;
  }
  if (told) await keepEvents(tx, told);
  const hasMore = await count(told?.facts ?? []);
  return hasMore || told?.hasMore === true;
}

interface CountOptions {
  readonly rounds?: number;
  readonly outlives?: (occurrences: readonly Occurrence[]) => Promise<Outlived>;
}

interface ToldEvents {
  readonly facts: readonly FactRow[];
  /** Keeps their rows, and that they are counted. */
  readonly keeping: readonly Statement[];
  readonly position: number;
  readonly hasMore: boolean;
}

/** Reads some events, and who they happened to. @returns undefined when there are none. */
async function readEvents(
  tx: Queryable,
  brandId: string,
  after: number,
  outlives: (occurrences: readonly Occurrence[]) => Promise<Outlived>,
): Promise<ToldEvents | undefined> {
  const head = await findHead(tx, brandId);
  if (after >= head) return undefined;
  const position = await endOfNext(tx, brandId, { after, upTo: head }, EVENTS_AT_ONCE);
  const events = await findOfTypes(tx, brandId, { after, upTo: position }, TOLD_TYPES);
  const occurrences = factsOf(events);
  const { carried, labelsFrom } = await outlives(occurrences);
  const facts = await findProfiles(tx, brandId, occurrences, carried);
  const keeping = [
    ...keepingProfiles(brandId, facts),
    ...keepingRows(brandId, facts),
    ...(await countingOutreach(tx, brandId, events, labelsFrom)),
    movingFeed(brandId, position),
  ];
  return { facts, keeping, position, hasMore: position < head };
}

const keepEvents = (tx: Queryable, { keeping }: ToldEvents): Promise<unknown> =>
  Promise.all(keeping.map((statement) => tx.query(statement)));

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
