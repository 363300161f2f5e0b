import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import type { Brands } from '../../brands/index.ts';
import type { EventConsumer, IncomingEvent } from '../../events/index.ts';
import type { Book } from '../definitions/index.ts';
import type { Enrolments } from '../enrolments/types.ts';
import { planOf } from './plan.ts';
import { refreshMembers } from './segment.ts';
import { findPlanned } from './store.ts';

/** Events that change facts about players which rules ask for. */
const TYPES = [
  'player.registered',
  'player.updated',
  'login',
  'deposit.succeeded',
  'deposit.reversed',
] as const;

/**
 * Lets in whom an event brings into a segment, in the transaction of the event: a consumer for the intake, to be
 * registered after those that keep players and move enrolments.
 */
export const segmentEvents = (
  brands: Brands,
  book: Book,
  enrolments: Pick<Enrolments, 'enter'>,
): EventConsumer => ({
  types: TYPES,

  async apply(tx, events, { brandId }) {
    const published: NewEvent[] = [];
    const journeys = (await book.live(tx, brandId)).filter(({ trigger }) => trigger.source === 'segment');
    if (journeys.length === 0) return published;
    const { timeZone } = await brands.read(tx, brandId);
    const now = await clockOf(tx);
    const planned = await findPlanned(
      tx,
      journeys.map(({ journeyId }) => journeyId),
    );
    for (const journey of journeys) {
      const { trigger } = journey.compiled.journey;
      const { journeyId, status } = journey;
      // Until the first look at all players has begun, it will see what this event did.
      if (trigger.source !== 'segment' || planned.get(journeyId) !== planOf(journey)?.trigger) continue;
      const segment = { journeyId, rule: trigger.rule, timeZone };
      const come = await refreshMembers(tx, segment, idsOf(events), now, { held: true });
      // Who comes to be in a segment while its journey is paused was not let in by that.
      if (status === 'paused' || come.length === 0) continue;
      const entered = await enrolments.enter(tx, entriesOf(events, come, { brandId, journeyId }));
      published.push(...entered.events);
    }
    return published;
  },
});

async function clockOf(tx: Queryable): Promise<Date> {
  const { rows } = await tx.query<{ now: Date }>('select now()');
  return rows[0]?.now ?? new Date();
}

const idsOf = (events: readonly IncomingEvent[]): string[] => events.map(({ playerId }) => playerId);

const entriesOf = (
  events: readonly IncomingEvent[],
  come: readonly string[],
  journey: { brandId: string; journeyId: string },
) =>
  events
    .filter(({ playerId }) => come.includes(playerId))
    .map(({ playerId, player, time }) => ({
      ...journey,
      playerId,
      playerExternalId: player,
      at: new Date(time),
      event: null,
    }));
