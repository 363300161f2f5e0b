import { migrate } from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import type { Moving } from './move.ts';
import { loadPeople } from './people.ts';
import { type Change, recordChanges } from './record.ts';
import { readJourneys } from './store/journeys.ts';
import { lockStored } from './store/stored.ts';
import type { EnrolmentKey, Transfer } from './types.ts';

/** Moves active enrolments of one version to another. What is kept for them is done there. */
export async function transfer(
  moving: Moving,
  tx: Queryable,
  { from, to, targets }: Transfer,
  keys: readonly EnrolmentKey[],
): Promise<{ moved: number; events: NewEvent[] }> {
  const stored = (await lockStored(tx, keys)).filter(
    ({ journeyId, version, enrolment }) =>
      journeyId === from.journeyId && version === from.version && enrolment.status === 'active',
  );
  if (stored.length === 0) return { moved: 0, events: [] };
  const held = (await readJourneys(tx, [from], 'as they are')).get(from.journeyId)?.held ?? null;
  const people = await loadPeople(
    tx,
    moving.brands,
    from.brandId,
    stored.map(({ enrolment }) => enrolment.playerId),
  );
  const changes = stored.map((before): Change => {
    const situation = people.situation(before.enrolment.playerId, held);
    const { enrolment, steps, effects } = migrate(
      from.journey,
      to.journey,
      before.enrolment,
      targets,
      situation,
    );
    return { before, after: { ...before, version: to.version, enrolment }, steps, effects };
  });
  const events = await recordChanges(tx, changes);
  if (changes.some(({ effects }) => effects.length > 0)) moving.onEffects();
  return { moved: changes.length, events };
}
