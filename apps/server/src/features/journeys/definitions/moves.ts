import type { JourneyDefinition, JourneyProblem } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { type JourneyState, journeyLifecycle, move } from '@promosmith/core/lifecycle';
import type { Database, Transaction } from '../../../platform/db.ts';
import { holdSecrets } from '../effects/secrets/store.ts';
import { forgetEntries } from '../enrolments/store/entries.ts';
import { change, type Plan } from './change.ts';
import { type By, type JourneyRecord, journeyNotFound, revisionConflict } from './journey.ts';
import { secretProblems, secretsOf } from './references.ts';
import { isDraft, isPaused, notEditable, notPublished, notReady } from './refusals.ts';
import type { Reviews } from './review.ts';
import { findJourney, findVersion, insertVersion } from './store.ts';

/** Something that became of a journey. */
export interface JourneyMove {
  readonly what: 'published' | 'activated' | 'paused' | 'resumed' | 'archived';
  /** As it is now: its status, and the version that players enter. */
  readonly journey: JourneyRecord;
  readonly by: By;
}

/** Publishing journeys, and moving them through their life. `expected` is the revision the caller saw, if it matters. */
export interface Moves {
  /** Refusal: `journey_not_ready`, with all problems. */
  publish(by: By, journeyId: string, note: string | null, expected?: number): Promise<Result<JourneyRecord>>;
  activate(by: By, journeyId: string, expected?: number): Promise<Result<JourneyRecord>>;
  pause(by: By, journeyId: string, reason: string, expected?: number): Promise<Result<JourneyRecord>>;
  resume(by: By, journeyId: string, expected?: number): Promise<Result<JourneyRecord>>;
  archive(by: By, journeyId: string, expected?: number): Promise<Result<JourneyRecord>>;
}

/** Who is told of moves. */
export interface Listeners {
  /** In the transaction of the move, under the lock of the journey's row. */
  onMove(tx: Transaction, move: JourneyMove): Promise<void>;
  /** After it. */
  afterMove(move: JourneyMove): void;
}

export function createMoves(db: Database, reviews: Reviews, { onMove, afterMove }: Listeners): Moves {
  async function moving(
    by: By,
    journeyId: string,
    expected: number | undefined,
    what: JourneyMove['what'],
    decide: (current: JourneyRecord, tx: Transaction) => Promise<Result<Plan>>,
  ): Promise<Result<JourneyRecord>> {
    const result = await db.transaction(async (tx) => {
      const changed = await change(tx, by, journeyId, expected, (current) => decide(current, tx));
      if (changed.ok) await onMove(tx, { what, journey: changed.value, by });
      return changed;
    });
    if (result.ok) afterMove({ what, journey: result.value, by });
    return result;
  }

  const to = (
    current: JourneyRecord,
    status: JourneyState,
    action: string,
    reason?: string,
  ): Result<Plan> => {
    const reached = move(journeyLifecycle, current.status, status);
    return reached.ok ? ok({ action, change: { status: reached.value }, reason }) : reached;
  };

  return {
    async publish(by, journeyId, note, expected) {
      const { brandId, actor: publishedBy } = by;
      // What a graph refers to is looked up before the transaction, which takes place on the same revision only.
      const seen = await findJourney(db, brandId, journeyId);
      if (!seen) return journeyNotFound();
      if (expected !== undefined && seen.revision !== expected) return revisionConflict(seen.revision);
      if (seen.status === 'archived') return notEditable();
      const { draft: definition, product } = seen;
      const { problems, frozen, contents } = await reviews.review(brandId, journeyId, definition);
      if (!frozen || hasErrors(problems)) return notReady(definition, problems);
      return moving(by, journeyId, seen.revision, 'published', async ({ version: latest }, tx) => {
        const gone = await secretsGone(tx, brandId, definition);
        if (gone.length > 0) return notReady(definition, gone);
        // Entries are counted while there is a cap only.
        if (definition.settings.entryCap === null) await forgetEntries(tx, journeyId);
        const version = (latest ?? 0) + 1;
        await insertVersion(tx, {
          ...{ brandId, journeyId, version, product, definition, contents, note, publishedBy },
          ...frozen,
        });
        return ok({ action: 'journey.published', change: { version }, reason: note ?? undefined });
      });
    },

    async activate(by, journeyId, expected) {
      const seen = await findJourney(db, by.brandId, journeyId);
      if (!seen) return journeyNotFound();
      const published =
        seen.version === null ? undefined : await findVersion(db, by.brandId, journeyId, seen.version);
      const over = published ? await reviews.campaigns(by.brandId, published.definition) : [];
      return moving(by, journeyId, expected ?? seen.revision, 'activated', async (current, tx) => {
        if (current.status === 'paused') return isPaused();
        const plan = to(current, 'active', 'journey.activated');
        if (!plan.ok) return plan;
        if (!published) return notPublished();
        const { definition } = published;
        const problems = [...over, ...(await secretsGone(tx, by.brandId, definition))];
        return problems.length > 0 ? notReady(definition, problems) : plan;
      });
    },

    pause: (by, journeyId, reason, expected) =>
      moving(by, journeyId, expected, 'paused', async (current) =>
        to(current, 'paused', 'journey.paused', reason),
      ),

    resume: (by, journeyId, expected) =>
      moving(by, journeyId, expected, 'resumed', async (current) =>
        current.status === 'draft' ? isDraft() : to(current, 'active', 'journey.resumed'),
      ),

    archive: (by, journeyId, expected) =>
      moving(by, journeyId, expected, 'archived', async (current) =>
        to(current, 'archived', 'journey.archived'),
      ),
  };
}

/** Holds the secrets that a graph names, so that none is deleted while it comes into force. */
async function secretsGone(
  tx: Transaction,
  brandId: string,
  definition: JourneyDefinition,
): Promise<JourneyProblem[]> {
  const names = secretsOf(definition);
  const gone = new Set(await holdSecrets(tx, brandId, names));
  return secretProblems(definition, new Set(names.filter((name) => !gone.has(name))));
}

const hasErrors = (problems: readonly JourneyProblem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');
