import type { JourneyDefinition, JourneyProblem } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import type { Journey } from '@promosmith/core/journey';
import type { Platform } from '../../../platform/platform.ts';
import { type Book, createBook } from './book.ts';
import { createDrafts } from './drafts.ts';
import { journeyNotFound } from './journey.ts';
import { createMoves, type Listeners } from './moves.ts';
import { createReviews, type Sources } from './review.ts';
import { mountDefinitions } from './routes.ts';
import { findJourney } from './store.ts';

export type { Book, CompiledVersion, LiveJourney } from './book.ts';
export type { By, JourneyRecord } from './journey.ts';
export { leavingJob } from './leaving.ts';
export type { JourneyMove } from './moves.ts';
export { findJourney } from './store.ts';

/** The draft of a journey, as it would be walked if it were published. */
export interface DraftReview {
  readonly definition: JourneyDefinition;
  readonly problems: readonly JourneyProblem[];
  /** null when its problems keep it from being walked. */
  readonly journey: Journey | null;
}

export interface Definitions {
  readonly book: Book;
  draft(brandId: string, journeyId: string): Promise<Result<DraftReview>>;
}

/** Journeys as they are drawn, published, and put in force. */
export function createDefinitions(
  { db, http, log }: Platform,
  sources: Sources,
  { onMove, afterMove }: Listeners,
): Definitions {
  const book = createBook(log);
  const reviews = createReviews(db, sources);
  const moves = createMoves(db, reviews, {
    onMove,
    afterMove(move) {
      book.forget(move.journey.brandId);
      afterMove(move);
    },
  });
  mountDefinitions(http, db, { drafts: createDrafts(db), moves, reviews });
  return {
    book,
    async draft(brandId, journeyId) {
      const found = await findJourney(db, brandId, journeyId);
      if (!found) return journeyNotFound();
      const { problems, journey } = await reviews.review(brandId, journeyId, found.draft);
      return ok({ definition: found.draft, problems, journey });
    },
  };
}
