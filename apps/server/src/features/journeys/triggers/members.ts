import type { Queryable } from '../../../platform/db.ts';
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
    const journeys = (await book.live(tx, brandId)).filter(({ trigger }) => trigger.source === 'segment');
    if (journeys.length === 0) return [];
    const { timeZone } = await brands.read(tx, brandId);
    const now = await clockOf(tx);
    const planned = await findPlanned(
      tx,
      journeys.map(({ journeyId }) => journeyId),
    );
    const segments = journeys.flatMap((journey) => {
      const { trigger } = journey.compiled.journey;
      const { journeyId } = journey;
      // Until the first look at all players has begun, it will see what this event did.
      if (trigger.source !== 'segment' || planned.get(journeyId) !== planOf(journey)?.trigger) return [];
      return [{ journeyId, rule: trigger.rule, timeZone, status: journey.status }];
    });
    if (segments.length === 0) return [];
    const entering = await refreshMembers(tx, segments, idsOf(events), now);
    const entries = segments.flatMap(({ journeyId, status }) =>
      // Who comes to be in a segment while its journey is paused was not let in by that.
      status === 'paused' ? [] : entriesOf(events, entering.get(journeyId) ?? [], { brandId, journeyId }),
    );
    const entered = await enrolments.enter(tx, entries);
    return entered.events;
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
