import type { PlatformEventResult } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import type { Database, Queryable } from '../../platform/db.ts';
import { type NewEvent, type Origin, publish } from '../../platform/outbox.ts';
import type { BoundConsumer, CommonOrigin, IncomingEvent, Reject } from './consumers.ts';
import { CONFLICT, duplicate, type Outcomes, rejected, UNTIMELY } from './results.ts';
import { findConflicting, forgetEvents, recordEvents, type Verdict } from './store.ts';

/** As many rows as a plan is made for that is made once; of more, how many decides on the plan. */
export const FEW = 10;

/**
 * Parts with at most one event of a player each, sorted by player id: applied one after another, each in a transaction
 * of its own, they keep every player's order, and two calls at once take their locks in the same order.
 */
export function rounds<Event extends { readonly playerId: string }>(events: readonly Event[]): Event[][] {
  const parts: Event[][] = [];
  const counts = new Map<string, number>();
  for (const event of events) {
    const nth = counts.get(event.playerId) ?? 0;
    counts.set(event.playerId, nth + 1);
    const part = parts[nth];
    if (part) part.push(event);
    else parts.push([event]);
  }
  for (const part of parts) part.sort((a, b) => (a.playerId < b.playerId ? -1 : 1));
  return parts;
}

/**
 * Records a round's events that are new, and does with them what consumers do, in one transaction.
 * @returns the results of the events that were not accepted.
 */
export function takeRound(
  db: Database,
  consumers: readonly BoundConsumer[],
  origin: Origin,
  events: readonly IncomingEvent[],
): Promise<Outcomes> {
  const run = events.length > FEW ? db.transaction : db.preparedTransaction;
  return run(async (tx: Queryable) => {
    const outcomes = new Map<IncomingEvent, PlatformEventResult>();
    const verdicts = await recordEvents(tx, events);
    const having = (verdict: Verdict) => events.filter((_, n) => verdicts[n] === verdict);

    for (const flaw of ['event_in_future', 'event_too_old'] as const)
      for (const event of having(flaw)) outcomes.set(event, rejected(event.id, UNTIMELY[flaw]));

    const known = having('known');
    for (const event of known) outcomes.set(event, duplicate(event.id));
    if (known.length > 0)
      for (const event of await findConflicting(tx, known)) outcomes.set(event, rejected(event.id, CONFLICT));

    const result = await applyEvents(tx, consumers, having('fresh'), origin);
    for (const [event, refusal] of result.rejected) outcomes.set(event, rejected(event.id, refusal));
    if (result.rejected.size > 0) await forgetEvents(tx, [...result.rejected.keys()]);
    await publish(tx, origin, byCall(events, result.published));
    return outcomes;
  });
}

/** What was published, each as caused by the call that told of the player it names. */
function byCall(events: readonly IncomingEvent[], published: readonly NewEvent[]): NewEvent[] {
  const calls = new Map<unknown, string>(events.map(({ player, correlationId }) => [player, correlationId]));
  return published.map((event) => ({ ...event, correlationId: calls.get(event.data.player) }));
}

/**
 * @param events those of one of the `rounds`.
 * @returns what the consumers rejected, and what they want published.
 */
async function applyEvents(
  tx: Queryable,
  consumers: readonly BoundConsumer[],
  events: readonly IncomingEvent[],
  origin: CommonOrigin,
): Promise<{ rejected: Map<IncomingEvent, Refusal>; published: NewEvent[] }> {
  const rejected = new Map<IncomingEvent, Refusal>();
  const concerned = events.filter((event) => consumers.some((consumer) => consumer.wants(event)));
  if (concerned.length === 0) return { rejected, published: [] };
  const left = () => concerned.filter((event) => !rejected.has(event));
  for (const consumer of consumers)
    for (const { event, refusal } of await consumer.check(tx, left())) rejected.set(event, refusal);
  const published = await applyLeft(tx, consumers, left, origin, rejected);
  return { rejected, published };
}

/** Each time any are rejected, the others are applied again as if those had never been told. */
async function applyLeft(
  tx: Queryable,
  consumers: readonly BoundConsumer[],
  left: () => readonly IncomingEvent[],
  origin: CommonOrigin,
  rejected: Map<IncomingEvent, Refusal>,
): Promise<NewEvent[]> {
  const reject: Reject = (event, refusal) => rejected.set(event, refusal);
  let marked = tx.query('savepoint events');
  for (;;) {
    const events = left();
    const [published] = await Promise.all([applyInTurn(tx, consumers, events, origin, reject), marked]);
    if (events.every((event) => !rejected.has(event))) return published;
    marked = tx.query('rollback to savepoint events');
  }
}

async function applyInTurn(
  tx: Queryable,
  consumers: readonly BoundConsumer[],
  events: readonly IncomingEvent[],
  origin: CommonOrigin,
  reject: Reject,
): Promise<NewEvent[]> {
  const published: NewEvent[] = [];
  for (const consumer of consumers) published.push(...(await consumer.apply(tx, events, origin, reject)));
  return published;
}
