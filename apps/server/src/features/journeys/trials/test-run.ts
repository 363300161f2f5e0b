import { ok, type Result, refuse } from '@promosmith/core';
import type { Journey, JourneyEvent } from '@promosmith/core/journey';
import { audit } from '../../../platform/audit.ts';
import type { Database } from '../../../platform/db.ts';
import { newId, playerId } from '../../../platform/ids.ts';
import { publish } from '../../../platform/outbox.ts';
import { loadPlayers } from '../../players/index.ts';
import { type Book, type By, findJourney } from '../definitions/index.ts';
import { journeyNotFound } from '../definitions/journey.ts';
import { presentOf } from '../enrolments/store/journeys.ts';
import type { Enrolments } from '../enrolments/types.ts';
import { triggerEvent } from './simulation.ts';

export interface TestRun {
  /** The platform's own id of the player. */
  readonly player: string;
  /** What the trigger's event carries. */
  readonly event: JourneyEvent['data'] | null;
}

/** Sends a player through the latest version of a journey, as a test. @returns the id of the enrolment. */
export function startTest(
  db: Database,
  { book, enrolments }: { book: Book; enrolments: Pick<Enrolments, 'enter'> },
  {
    mayGive,
    ...by
  }: By & {
    /** Whether the caller may put journeys in force that give bonuses. */
    readonly mayGive: boolean;
  },
  journeyId: string,
  { player, event }: TestRun,
): Promise<Result<string>> {
  const { brandId, actor, requestId } = by;
  return db.transaction(async (tx): Promise<Result<string>> => {
    const journey = await findJourney(tx, brandId, journeyId);
    if (!journey) return journeyNotFound();
    if (journey.version === null) return refuse('conflict', 'The journey has no version yet: publish one.');
    const id = playerId(brandId, player);
    if (!(await loadPlayers(tx, [id])).has(id)) return refuse('not_found', `There is no player "${player}".`);
    const compiled = await book.version(tx, brandId, journeyId, journey.version);
    if (!mayGive && givesBonuses(compiled.journey)) return mayNotGive;
    const at = await presentOf(tx);
    const entry = {
      ...{ brandId, journeyId, at: new Date(at), isTest: true as const },
      playerId: id,
      playerExternalId: player,
      event: eventFor(triggerEvent(compiled.journey), event, at),
    };
    const { outcomes, events } = await enrolments.enter(tx, [entry]);
    const [outcome] = outcomes;
    if (!outcome?.entered) return refuse('conflict', REFUSALS[outcome?.because ?? ''] ?? REFUSED);
    await publish(tx, { brandId, actor, correlationId: requestId, time: new Date(at).toISOString() }, events);
    await audit(tx, {
      ...by,
      action: 'enrolment.test_started',
      targetKind: 'enrolment',
      targetId: outcome.enrolmentId,
      after: { journeyId, version: journey.version, player },
    });
    return ok(outcome.enrolmentId);
  });
}

/** A test is under no rule of entry: who may start one gives as many bonuses as the budget holds. */
const givesBonuses = ({ activities }: Journey): boolean =>
  [...activities.values()].some(({ node }) => node.kind === 'give_bonus');

const mayNotGive = refuse(
  'forbidden',
  'A test run of a journey that gives bonuses gives real ones: it needs the permission journeys:publish.',
);

const REFUSED = 'The player could not enter.';
const REFUSALS: Readonly<Record<string, string>> = {
  journey_not_active: 'The journey is archived.',
  self_excluded: 'The player is excluded: nothing may be sent.',
};

/** As if it had happened now; null when the trigger waits for no event and none is made up. */
function eventFor(
  awaited: Pick<JourneyEvent, 'source' | 'name'> | null,
  data: JourneyEvent['data'] | null,
  at: number,
): JourneyEvent | null {
  if (!awaited && !data) return null;
  const { source, name } = awaited ?? { source: 'event', name: 'test' };
  return { id: `test:${newId()}`, source, name, at, data: data ?? {} };
}
