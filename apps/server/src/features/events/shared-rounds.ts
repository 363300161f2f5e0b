import { createBatcher } from '../../platform/batcher.ts';
import { type Database, isOutage } from '../../platform/db.ts';
import type { Origin } from '../../platform/outbox.ts';
import type { BoundConsumer, IncomingEvent } from './consumers.ts';
import type { Outcomes } from './results.ts';
import { FEW, rounds, takeRound } from './rounds.ts';

/** Takes one of a call's `rounds`. */
export type TakeRound = (origin: Origin, events: readonly IncomingEvent[]) => Promise<Outcomes>;

/** As many connections as prepared transactions have. */
const SLOTS = 4;
/** Several times what a transaction takes: one that is still under way by then waits for a lock. */
const PATIENCE_MS = 25;

/** The round of a call that tells of one event. */
interface Single {
  readonly origin: Origin;
  readonly event: IncomingEvent;
  readonly playerId: string;
}

/**
 * Most platforms tell of each event in a call of its own, and a transaction costs several times what one event more in it
 * does. So events that an API key tells of one by one, at the same time, share a transaction: those that come while one is
 * under way are the next. When a shared one fails, each is taken alone, so that it fails nobody but its own caller.
 */
export function shareRounds(db: Database, consumers: readonly BoundConsumer[]): TakeRound {
  const singles = createBatcher<Single, Outcomes>({
    maxBatch: FEW,
    slots: SLOTS,
    patienceMs: PATIENCE_MS,
    // Each is a call whose caller waits: there are no more than connections.
    maxWaiting: Number.POSITIVE_INFINITY,
    keyOf: ({ playerId }) => playerId,
    process: async (batch) => {
      const answers = new Map<Single, Outcomes | Error>();
      const bySender = Map.groupBy(batch, ({ origin }) => `${origin.brandId} ${origin.actor.id}`);
      await Promise.all([...bySender.values()].map((some) => takeInRounds(db, consumers, some, answers)));
      return batch.map((single) => answers.get(single) ?? new Error('an event was not taken'));
    },
  });
  return (origin, events) => {
    const [event, ...more] = events;
    // Others, e.g. players' browsers, are a sender each: they would wait for each other and share nothing.
    if (!event || more.length > 0 || origin.actor.kind !== 'api_key')
      return takeRound(db, consumers, origin, events);
    return singles.submit({ origin, event, playerId: event.playerId });
  };
}

/** Of a player who was told of in several calls, each is a round of its own, in the order they came. */
async function takeInRounds(
  db: Database,
  consumers: readonly BoundConsumer[],
  singles: readonly Single[],
  answers: Map<Single, Outcomes | Error>,
): Promise<void> {
  for (const round of rounds(singles))
    for (const [single, answer] of await takeShared(db, consumers, round)) answers.set(single, answer);
}

async function takeShared(
  db: Database,
  consumers: readonly BoundConsumer[],
  round: readonly Single[],
): Promise<[Single, Outcomes | Error][]> {
  const { origin } = round.reduce((a, b) => (a.origin.time > b.origin.time ? a : b));
  try {
    const outcomes = await takeRound(
      db,
      consumers,
      origin,
      round.map(({ event }) => event),
    );
    return round.map((single) => [single, outcomes]);
  } catch (error) {
    if (round.length === 1 || isOutage(error)) return round.map((single) => [single, error as Error]);
    const alone: [Single, Outcomes | Error][] = [];
    for (const single of round) alone.push(...(await takeShared(db, consumers, [single])));
    return alone;
  }
}
