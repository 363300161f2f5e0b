import { ok, type Result } from '@promosmith/core';
import { audit } from '../../../platform/audit.ts';
import type { Transaction } from '../../../platform/db.ts';
import { changesBetween } from './diff.ts';
import { type By, headOf, type JourneyRecord, journeyNotFound, revisionConflict } from './journey.ts';
import { changeJourney, findJourney, type JourneyChange, lockJourney } from './store.ts';

/** What a change writes, once it was decided on. */
export interface Plan {
  /** Of the audit entry, e.g. `journey.paused`. */
  readonly action: string;
  readonly change: JourneyChange;
  /** Given by a person. */
  readonly reason?: string | undefined;
}

/**
 * Changes one journey: locks it, lets `decide` look at it and say what to write, then writes that with its audit entry.
 * @param expected the revision the caller saw; undefined when it does not matter.
 */
export async function change(
  tx: Transaction,
  by: By,
  journeyId: string,
  expected: number | undefined,
  decide: (current: JourneyRecord) => Promise<Result<Plan>>,
): Promise<Result<JourneyRecord>> {
  const before = await lockJourney(tx, by.brandId, journeyId);
  if (!before) return journeyNotFound();
  if (expected !== undefined && before.revision !== expected) return revisionConflict(before.revision);
  const decided = await decide(before);
  if (!decided.ok) return decided;
  const { action, change: written, reason } = decided.value;
  await changeJourney(tx, before, written);
  const after = await findJourney(tx, by.brandId, journeyId);
  if (!after) throw new Error(`journey ${journeyId} vanished under its lock`);
  await audit(tx, {
    ...by,
    ...{ action, targetKind: 'journey', targetId: journeyId },
    ...changedFields(before, after),
    ...(reason === undefined ? {} : { reason }),
  });
  return ok(after);
}

/** The fields that differ, before and after; of the draft, what is different in it. */
function changedFields(before: JourneyRecord, after: JourneyRecord) {
  const [one, other] = [headOf(before), headOf(after)];
  const names = (Object.keys(other) as (keyof typeof other)[]).filter(
    (name) => name !== 'updatedAt' && JSON.stringify(one[name]) !== JSON.stringify(other[name]),
  );
  const pick = (head: typeof one) => Object.fromEntries(names.map((name) => [name, head[name]]));
  const { nodes, edges, settings } = changesBetween(pointOf(before), pointOf(after));
  const drawn = nodes.length + edges.length + settings.length > 0;
  return {
    before: pick(one),
    after: { ...pick(other), ...(drawn ? { draft: { nodes, edges, settings } } : {}) },
  };
}

const pointOf = ({ draft, product }: JourneyRecord) => ({ definition: draft, product, contents: {} });
