import { isDeepStrictEqual } from 'node:util';
import type { PlatformEvent } from '@promosmith/contract';
import type { Database } from '../../platform/db.ts';
import type { BoundKeeper, IncomingEvent } from './consumers.ts';
import { findFlaws, type Untimely } from './store.ts';

/** An item of a call that is an event. */
export interface Told {
  readonly event: IncomingEvent;
  readonly n: number;
}

/** A call's events. */
interface Sorted {
  /** Each named once. */
  readonly taken: readonly Told[];
  /** The same again, and which item it repeats. */
  readonly repeats: readonly (Told & { readonly of: number })[];
  /** The same name, and something else. */
  readonly conflicts: readonly Told[];
  /** Not taken for their time. Asked only where it decides which one is the first; else whoever takes them asks. */
  readonly untimely: readonly (Told & { readonly flaw: Untimely })[];
}

/**
 * Parts the first telling of each thing from those after it in the same call. One that is refused for its own time is no
 * first: whether another one is timely is its own matter.
 */
export async function sortOut(
  db: Database,
  told: readonly Told[],
  keeper: BoundKeeper | undefined,
): Promise<Sorted> {
  const { differInTime, ...sorted } = byFirst(told, keeper);
  if (!differInTime) return { ...sorted, untimely: [] };
  const flaws = await findFlaws(
    db,
    told.map(({ event }) => event),
  );
  const untimely = told.flatMap((one, index) => {
    const flaw = flaws[index];
    return flaw ? [{ ...one, flaw }] : [];
  });
  const timely = told.filter((_, index) => !flaws[index]);
  const { differInTime: _, ...again } = byFirst(timely, keeper);
  return { ...again, untimely };
}

function byFirst(
  told: readonly Told[],
  keeper: BoundKeeper | undefined,
): Omit<Sorted, 'untimely'> & { differInTime: boolean } {
  const firsts = new Map<string, Told>();
  const taken: Told[] = [];
  const repeats: (Told & { of: number })[] = [];
  const conflicts: Told[] = [];
  let differInTime = false;
  for (const one of told) {
    const names = namesOf(one.event, keeper);
    const [first] = names.flatMap((name) => firsts.get(name) ?? []);
    if (!first) {
      taken.push(one);
      for (const name of names) firsts.set(name, one);
      continue;
    }
    differInTime ||= Date.parse(first.event.time) !== Date.parse(one.event.time);
    if (isSame(first.event, one.event)) repeats.push({ ...one, of: first.n });
    else conflicts.push(one);
  }
  return { taken, repeats, conflicts, differInTime };
}

/**
 * What an event is known by: its id, and of a deposit or its reversal that of the deposit, which may come under another
 * event id; or what its keeper knows it by.
 */
function namesOf(event: IncomingEvent, keeper: BoundKeeper | undefined): string[] {
  const kept = keeper?.nameOf(event);
  if (kept !== undefined) return [`${event.type} ${event.playerId} ${kept}`];
  const byId = `event ${event.playerId} ${event.id}`;
  return event.type === 'deposit.succeeded' || event.type === 'deposit.reversed'
    ? [byId, `${event.type} ${event.playerId} ${event.data.depositId}`]
    : [byId];
}

/** Tells of the same thing: what makes a repetition harmless. */
const isSame = (a: PlatformEvent, b: PlatformEvent): boolean =>
  a.type === b.type &&
  isDeepStrictEqual(a.data, b.data) &&
  (a.id !== b.id || Date.parse(a.time) === Date.parse(b.time));
