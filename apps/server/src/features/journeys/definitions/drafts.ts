import type { createJourney, JourneyDefinition, RouteInput, updateJourney } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { persistableProblems } from '@promosmith/core/journey';
import { audit } from '../../../platform/audit.ts';
import type { Database } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { change } from './change.ts';
import { type By, type JourneyRecord, journeyNotFound, recorded } from './journey.ts';
import { invalid, noSuchVersion, notEditable } from './refusals.ts';
import { findJourney, findVersion, insertJourney } from './store.ts';

type NewJourney = RouteInput<typeof createJourney>['body'];
type Edit = Omit<RouteInput<typeof updateJourney>['body'], 'revision'>;

/** Drawing journeys. */
export interface Drafts {
  create(by: By, input: NewJourney): Promise<Result<JourneyRecord>>;
  /** @param expected the revision the caller saw. */
  update(by: By, journeyId: string, expected: number, edit: Edit): Promise<Result<JourneyRecord>>;
  /** @param version whose graph to begin with; the draft when left out. */
  duplicate(by: By, journeyId: string, name: string, version?: number): Promise<Result<JourneyRecord>>;
}

export function createDrafts(db: Database): Drafts {
  const create: Drafts['create'] = (by, { name, product, definition }) =>
    db.transaction(async (tx): Promise<Result<JourneyRecord>> => {
      const drawable = drawn(definition);
      if (!drawable.ok) return drawable;
      const { brandId, actor } = by;
      const journeyId = newId();
      await insertJourney(tx, { brandId, journeyId, name, product, createdBy: actor, draft: definition });
      const created = await findJourney(tx, brandId, journeyId);
      if (!created) throw new Error(`journey ${journeyId} was not stored`);
      await audit(tx, {
        ...by,
        ...{ action: 'journey.created', targetKind: 'journey', targetId: journeyId },
        after: recorded(created),
      });
      return ok(created);
    });

  return {
    create,

    async update(by, journeyId, expected, { name, product, definition }) {
      const drawable = definition ? drawn(definition) : ok(undefined);
      if (!drawable.ok) return drawable;
      return db.transaction((tx) =>
        change(tx, by, journeyId, expected, async ({ status }) =>
          status === 'archived'
            ? notEditable()
            : ok({ action: 'journey.updated', change: { name, product, draft: definition } }),
        ),
      );
    },

    async duplicate(by, journeyId, name, version) {
      const original = await findJourney(db, by.brandId, journeyId);
      if (!original) return journeyNotFound();
      if (version === undefined)
        return create(by, { name, product: original.product, definition: original.draft });
      const published = await findVersion(db, by.brandId, journeyId, version);
      if (!published) return noSuchVersion(version);
      return create(by, { name, product: published.product, definition: published.definition });
    },
  };
}

/** Whether it is a graph, and small enough to be kept. */
function drawn(definition: JourneyDefinition): Result<undefined> {
  const problems = persistableProblems(definition);
  return problems.length === 0 ? ok(undefined) : invalid(definition, problems);
}
