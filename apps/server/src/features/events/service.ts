import { isDeepStrictEqual } from 'node:util';
import type { PlatformEvent, PlatformEventResult } from '@promosmith/contract';
import { type Refusal, refuse } from '@promosmith/core';
import type { CurrencyTable } from '@promosmith/core/money';
import type { Database } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import { type Origin, publish } from '../../platform/outbox.ts';
import { applyEvents, type BoundConsumer, type IncomingEvent } from './consumers.ts';
import { idOf, screenEvent } from './screening.ts';
import { findConflicting, forgetEvents, recordEvents, type Verdict } from './store.ts';

const CONFLICT = refuse(
  'conflict',
  'An event of this player with this id, or this deposit, was told before, with other content.',
).refusal;
const UNTIMELY: Record<'event_in_future' | 'event_too_old', Refusal> = {
  event_in_future: refuse('event_in_future', 'The event is more than five minutes ahead of the clock.')
    .refusal,
  event_too_old: refuse('event_too_old', 'The event is more than ninety days old.').refusal,
};

const accepted = (id: string): PlatformEventResult => ({ status: 'accepted', id });
const duplicate = (id: string): PlatformEventResult => ({ status: 'duplicate', id });
const rejected = (id: string | null, { key, message, errors }: Refusal): PlatformEventResult => ({
  status: 'rejected',
  id,
  reason: { key, message, ...(errors ? { errors: [...errors] } : {}) },
});

/** What an event is known by: its id, and of a deposit that of the deposit, which may come under another event id. */
const namesOf = (event: IncomingEvent): string[] => [
  `event ${event.playerId} ${event.id}`,
  ...(event.type === 'deposit.succeeded' ? [`deposit ${event.playerId} ${event.data.depositId}`] : []),
];

/** Tells of the same thing: what makes a repetition harmless. */
const isSame = (a: PlatformEvent, b: PlatformEvent): boolean =>
  a.type === b.type &&
  isDeepStrictEqual(a.data, b.data) &&
  (a.id !== b.id || Date.parse(a.time) === Date.parse(b.time));

/**
 * Takes a call's items. Each gets its own result; recording those that are new and everything consumers do with them
 * is one transaction, so an answer that got lost is made good by sending the same call again.
 */
export async function receive(
  db: Database,
  consumers: readonly BoundConsumer[],
  currencies: CurrencyTable,
  origin: Origin,
  items: readonly unknown[],
): Promise<PlatformEventResult[]> {
  const results: PlatformEventResult[] = [];
  const taken: { event: IncomingEvent; n: number }[] = [];
  const firsts = new Map<string, (typeof taken)[number]>();
  const repeats: { n: number; id: string; of: number }[] = [];

  for (const [n, item] of items.entries()) {
    const screened = screenEvent(item, currencies);
    if (!screened.ok) {
      results[n] = rejected(idOf(item), screened.refusal);
      continue;
    }
    const event = {
      ...screened.value,
      brandId: origin.brandId,
      playerId: playerId(origin.brandId, screened.value.player),
    };
    const names = namesOf(event);
    const [first] = names.flatMap((name) => firsts.get(name) ?? []);
    if (!first) {
      taken.push({ event, n });
      for (const name of names) firsts.set(name, { event, n });
    } else if (isSame(first.event, event)) repeats.push({ n, id: event.id, of: first.n });
    else results[n] = rejected(event.id, CONFLICT);
  }

  const outcomes = await take(
    db,
    consumers,
    origin,
    taken.map(({ event }) => event),
  );
  for (const { event, n } of taken) results[n] = outcomes.get(event) ?? accepted(event.id);
  for (const { n, id, of } of repeats) {
    const first = results[of];
    if (first) results[n] = first.status === 'accepted' ? duplicate(id) : { ...first, id };
  }
  return results;
}

/** @returns the results of the events that were not accepted. */
function take(
  db: Database,
  consumers: readonly BoundConsumer[],
  origin: Origin,
  events: readonly IncomingEvent[],
): Promise<Map<IncomingEvent, PlatformEventResult>> {
  return db.transaction(async (tx) => {
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
    await publish(tx, origin, result.published);
    return outcomes;
  });
}
