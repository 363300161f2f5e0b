import { newId } from '../../../platform/ids.ts';
import { publish } from '../../../platform/outbox.ts';
import type { Platform } from '../../../platform/platform.ts';
import { forgetGoals } from './goals.ts';
import { type Moving, moveDue } from './move.ts';
import { type Due, findDue } from './store/stored.ts';
import { foldTallies } from './store/tallies.ts';

export const WALK = 'walk journeys';
const WALK_EVERY_MS = 200;
const COUNT_EVERY_MS = 1000;
const FORGET_EVERY_MS = 60_000;

/** Enrolments of one transaction: enough that what a transaction costs by itself no longer counts. */
const BATCH = 500;
/** Transactions under way at once: one is worked out here while the database writes another. */
const AT_ONCE = 2;
const FOLDED_AT_ONCE = 10_000;
const FORGOTTEN_AT_ONCE = 1000;

export const ACTOR = { kind: 'system', id: 'journeys' } as const;

export interface Clock {
  /** Moves some of those whose time has come. @returns whether there may be more. */
  look(): Promise<boolean>;
}

/** What time does to enrolments. One of a server's processes looks for it; several servers pass over each other's. */
export function startClock({ db, setAside, ticker }: Platform, moving: Moving): Clock {
  const aside = setAside(WALK);

  const work = async (batch: readonly Due[]): Promise<number> =>
    db.transaction(async (tx) => {
      const { moved, events } = await moveDue(moving, tx, batch);
      const [first] = batch;
      if (first) {
        const origin = { brandId: first.brandId, actor: ACTOR, correlationId: newId() };
        await publish(tx, { ...origin, time: new Date().toISOString() }, events);
      }
      return moved;
    });

  async function look(): Promise<boolean> {
    const due = await findDue(db, BATCH * AT_ONCE, aside.names());
    let moved = 0;
    const batches = batchesOf(due);
    for (let at = 0; at < batches.length; at += AT_ONCE) {
      const done = await Promise.all(
        batches
          .slice(at, at + AT_ONCE)
          .map((batch) => aside.work(batch, ({ enrolmentId }) => enrolmentId, work)),
      );
      for (const count of done.flat()) moved += count;
    }
    return moved > 0;
  }

  ticker.every(WALK, WALK_EVERY_MS, look);
  ticker.every('count visits of journeys', COUNT_EVERY_MS, async () => {
    const folded = await foldTallies(db, FOLDED_AT_ONCE);
    return folded === FOLDED_AT_ONCE;
  });
  ticker.every('forget goals of journeys', FORGET_EVERY_MS, () => forgetGoals(db, FORGOTTEN_AT_ONCE));
  return { look };
}

/** Batches of one brand each, as a transaction publishes for one; of about the same size, so that none waits long. */
function batchesOf(due: readonly Due[]): Due[][] {
  const batches: Due[][] = [];
  for (const some of Map.groupBy(due, ({ brandId }) => brandId).values()) {
    const size = Math.min(BATCH, Math.ceil(some.length / AT_ONCE));
    for (let at = 0; at < some.length; at += size) batches.push(some.slice(at, at + size));
  }
  return batches;
}
