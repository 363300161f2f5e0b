import { isPlayerEventType } from '@promosmith/contract';
import { eventKey, matches } from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import { lockPlayers } from '../../players/index.ts';
import type { LiveJourney } from '../definitions/book.ts';
import { enter } from './enter.ts';
import { type Moving, move } from './move.ts';
import { loadPeople, needsOf, type People } from './people.ts';
import { findHistory, pairKey } from './store/entries.ts';
import { presentOf } from './store/journeys.ts';
import { findOpen, lockStored, type Open } from './store/stored.ts';
import type { Delivery, Entry, Happening } from './types.ts';

/**
 * Looks up whom events concern. That is asked of whoever is inside a version that listens to such an event anywhere, and
 * not of who waits for it right now: somebody whom time should have moved to that wait already, or who is on the way
 * there in another transaction, is there when the event is applied. Who was inside when it happened does not enter by it.
 */
export async function happened(
  moving: Moving,
  tx: Queryable,
  brandId: string,
  happenings: readonly Happening[],
): Promise<NewEvent[]> {
  if (happenings.length === 0) return [];
  const byPlayer = new Map(happenings.map((happening) => [happening.playerId, happening]));
  const open = await findOpen(tx, brandId, [...byPlayer.keys()]);
  const deliveries: Delivery[] = [];
  for (const one of open) {
    const happening = byPlayer.get(one.playerId);
    if (happening && (await concerns(moving, tx, brandId, one, happening)))
      deliveries.push({ ...one, input: { kind: 'event', event: happening.event } });
  }
  const moved = await move(moving, tx, deliveries);
  const entered = await enter(moving, tx, await entriesOf(moving, tx, brandId, happenings, open));
  return [...moved.events, ...entered.events];
}

/** Locks the players of happenings, several of a player among them, and the enrolments that any of those concerns. */
export async function hold(
  moving: Moving,
  tx: Queryable,
  brandId: string,
  happenings: readonly Happening[],
): Promise<void> {
  const byPlayer = Map.groupBy(happenings, ({ playerId }) => playerId);
  await lockPlayers(tx, [...byPlayer.keys()]);
  const concerned: Open[] = [];
  for (const one of await findOpen(tx, brandId, [...byPlayer.keys()]))
    for (const happening of byPlayer.get(one.playerId) ?? [])
      if (await concerns(moving, tx, brandId, one, happening)) {
        concerned.push(one);
        break;
      }
  await lockStored(tx, concerned);
}

/** Whether a version that this release can't walk listens is not known: what happens is kept for it. */
async function concerns(
  { book }: Moving,
  tx: Queryable,
  brandId: string,
  { journeyId, version }: Open,
  { event }: Happening,
): Promise<boolean> {
  const compiled = await book.readable(tx, brandId, journeyId, version);
  return !compiled || needsOf(compiled.journey).listensTo.has(eventKey(event));
}

async function entriesOf(
  { book, brands }: Moving,
  tx: Queryable,
  brandId: string,
  happenings: readonly Happening[],
  open: readonly Open[],
): Promise<Entry[]> {
  const live = (await book.live(tx, brandId)).filter(({ status }) => status === 'active');
  const inside = new Set(open.filter(({ inside: is, isTest }) => is && !isTest).map(placeOf));
  const calls = await withoutEchoes(
    tx,
    happenings.flatMap((happening) => {
      const key = eventKey(happening.event);
      return live
        .filter(
          ({ trigger, journeyId }) =>
            trigger.key === key && !inside.has(placeOf({ ...happening, journeyId })),
        )
        .map((journey) => ({ happening, journey }));
    }),
  );
  const asking = calls.filter(({ journey }) => asksOfPlayer(journey));
  const people =
    asking.length === 0
      ? undefined
      : await loadPeople(
          tx,
          brands,
          brandId,
          asking.map(({ happening }) => happening.playerId),
        );
  return calls
    .filter(({ happening, journey }) => passes(journey, happening, people))
    .map(({ happening: { playerId, playerExternalId, event }, journey: { journeyId } }) => ({
      ...{ brandId, journeyId, playerId, playerExternalId, event },
      at: new Date(event.at),
    }));
}

/** Something that happened, and a journey it may let its player into. */
interface Call {
  readonly happening: Happening;
  readonly journey: LiveJourney;
}

/** By one of Promosmith's own events nobody enters a journey again that soon. */
const ECHO_MS = 60_000;

/**
 * What Promosmith publishes may be what a journey has brought about: no journey is entered by what is told of itself, and
 * journeys that cause each other go round no faster than the clock.
 */
async function withoutEchoes(tx: Queryable, calls: readonly Call[]): Promise<readonly Call[]> {
  const isOwn = ({ happening: { event } }: Call) => event.source === 'event' && isPlayerEventType(event.name);
  const own = calls.filter(isOwn);
  if (own.length === 0) return calls;
  const candidateOf = ({ happening: { playerId }, journey: { journeyId } }: Call) => ({
    playerId,
    journeyId,
  });
  const history = await findHistory(tx, own.map(candidateOf));
  const now = await presentOf(tx);
  return calls.filter((call) => {
    if (!isOwn(call)) return true;
    const { happening, journey } = call;
    const last = history.get(pairKey(candidateOf(call)))?.lastEnteredAt.getTime() ?? Number.NEGATIVE_INFINITY;
    return happening.event.data.journeyId !== journey.journeyId && now - last >= ECHO_MS;
  });
}

const placeOf = ({ playerId, journeyId }: { playerId: string; journeyId: string }): string =>
  `${playerId} ${journeyId}`;

const filterOf = ({ compiled: { journey } }: LiveJourney) =>
  'match' in journey.trigger ? journey.trigger.match : undefined;

const asksOfPlayer = (journey: LiveJourney): boolean => filterOf(journey)?.filter != null;

function passes(journey: LiveJourney, { playerId, event }: Happening, people: People | undefined): boolean {
  const match = filterOf(journey);
  return match !== undefined && matches(match, event, people?.facts(playerId) ?? {});
}
