import type { EventType } from '@promosmith/contract';
import { isOutage, isRetryable, type Queryable } from '../../../platform/db.ts';
import { doEachDue } from '../../../platform/do-due.ts';
import { newId, playerId } from '../../../platform/ids.ts';
import { publish } from '../../../platform/outbox.ts';
import type { Platform } from '../../../platform/platform.ts';
import { endOfNext, type FoundEvent, findOfTypes, rounds } from '../../events/index.ts';
import type { Book } from '../definitions/index.ts';
import type { Enrolments } from '../enrolments/index.ts';
import * as store from './store.ts';

const HEAR = 'tell journeys of events';
const HEAR_EVERY_MS = 100;
const ACTOR = { kind: 'system', id: 'journeys' } as const;

/** Events that are looked at in one transaction, listened to or not. */
const EVENTS_AT_ONCE = 2000;
const ASIDE_AT_ONCE = 500;

type Take = (tx: Queryable, brandId: string, told: readonly store.Told[]) => Promise<void>;

/**
 * Tells journeys what Promosmith itself has published of players. The place in a brand's feed moves in the transaction of
 * what the events bring about, so that each is heard once; one process at a time reads a feed.
 * @returns a look for events: whether there may be more.
 */
export function startHearing(
  { db, log, setAside, ticker }: Platform,
  { book, enrolments }: { book: Book; enrolments: Pick<Enrolments, 'happened' | 'hold'> },
): () => Promise<boolean> {
  const feeds = setAside(HEAR);
  const asides = setAside('tell journeys of single events');

  const tell: Take = async (tx, brandId, told) => {
    if (told.length === 0) return;
    // A journey that another process put in force before the event was published hears it.
    book.forget(brandId);
    const parts = rounds(told);
    if (parts.length > 1) await enrolments.hold(tx, brandId, told);
    const events = [];
    for (const round of parts) events.push(...(await enrolments.happened(tx, brandId, round)));
    const origin = { brandId, actor: ACTOR, correlationId: newId(), time: new Date().toISOString() };
    await publish(tx, origin, events);
  };

  async function advance(tx: Queryable, { brandId, head, listensTo }: store.Behind, take: Take) {
    const after = await store.lockFeed(tx, brandId);
    if (after === undefined || after >= head) return false;
    if (await store.isAnyAside(tx, brandId, asides.names())) return false;
    const upTo = await endOfNext(tx, brandId, { after, upTo: head }, EVENTS_AT_ONCE);
    const found = await findOfTypes(tx, brandId, { after, upTo }, new Set<EventType>(listensTo));
    await take(
      tx,
      brandId,
      found.flatMap((event) => toldOf(brandId, event)),
    );
    await store.moveFeed(tx, brandId, upTo);
    return true;
  }

  /** When something can't be told, which it is shows by telling each by itself. */
  async function hear(behind: store.Behind): Promise<boolean> {
    try {
      return await db.transaction((tx) => advance(tx, behind, tell));
    } catch (error) {
      if (isOutage(error) || isRetryable(error)) throw error;
      const { brandId } = behind;
      log.warn({ err: error, brandId }, 'journeys could not be told of events together: each is told alone');
      return db.transaction((tx) => advance(tx, behind, (_, __, told) => store.insertAside(tx, told)));
    }
  }

  async function hearAside(): Promise<boolean> {
    const aside = await store.findAside(db, asides.names(), ASIDE_AT_ONCE);
    let told = 0;
    for (const [brandId, some] of Map.groupBy(aside, (one) => one.brandId)) {
      const done = await asides.work(
        some,
        ({ event }) => event.id,
        (part) =>
          db.transaction(async (tx) => {
            if ((await store.lockFeed(tx, brandId)) === undefined) return 0;
            const left = await store.takeAside(tx, part);
            await tell(tx, brandId, left);
            return left.length;
          }),
      );
      for (const count of done) told += count;
    }
    return told > 0;
  }

  async function look(): Promise<boolean> {
    const before = await hearAside();
    const behind = await store.findBehind(db);
    const [heard, unheard] = [true, false].map((is) =>
      behind.filter(({ listensTo }) => listensTo.length > 0 === is),
    ) as [store.Behind[], store.Behind[]];
    await store.passOver(db, unheard);
    const more = await doEachDue(feeds, {
      find: async (names) => heard.filter(({ brandId }) => !names.includes(brandId)),
      nameOf: ({ brandId }) => brandId,
      work: hear,
    });
    return before || more;
  }

  ticker.every(HEAR, HEAR_EVERY_MS, look);
  return look;
}

/** Nothing of what names no player: it has been published by a release that told less. */
function toldOf(brandId: string, { id, type, data, time, sequence }: FoundEvent): store.Told[] {
  const { player } = data;
  if (typeof player !== 'string') return [];
  return [
    {
      ...{ brandId, playerId: playerId(brandId, player), playerExternalId: player, place: sequence },
      event: { id, source: 'event', name: type, at: Date.parse(time), data },
    },
  ];
}
