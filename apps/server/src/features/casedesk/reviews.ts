import type { Review } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import { findDeclined } from '../activations/index.ts';
import { type CaseRecord, findReview, findReviewsOf, openCases } from '../cases/index.ts';

const MOST = 50;

/** Who asks for a review, and for which activation of whom. */
export interface ReviewRequest {
  readonly brandId: string;
  readonly player: string;
  readonly activationId: string;
  /** What the player says. */
  readonly message: string | undefined;
  readonly requestId: string;
}

export interface Reviews {
  /** Opens a case, once for an activation. @returns it, whenever it was opened. */
  ask(request: ReviewRequest): Promise<Result<{ review: CaseRecord; created: boolean }>>;
  list(brandId: string, player: string): Promise<Review[]>;
}

const NO_ACTIVATION = refuse('not_found', 'The player has no such activation.');
const NOT_DECLINED = refuse(
  'review_not_possible',
  'Only an activation that was declined for what indicators of abuse say is looked at again.',
);

/** A person's look at what a machine declined. */
export const createReviews = (db: Database): Reviews => ({
  ask: ({ brandId, player, activationId, message, requestId }) =>
    db.transaction(async (tx): Promise<Result<{ review: CaseRecord; created: boolean }>> => {
      const declined = await findDeclined(tx, brandId, playerId(brandId, player), activationId);
      if (declined === undefined) return NO_ACTIVATION;
      if (declined === null) return NOT_DECLINED;
      const { saw, ...about } = declined;
      const { rows } = await tx.query<{ now: Date }>('select now() as now');
      const opened = await openCases(tx, [
        {
          brandId,
          kind: 'review_requested',
          playerId: about.playerId,
          playerExternalId: player,
          activationId,
          codeKey: about.codeKey,
          campaignId: about.campaignId,
          ...(typeof saw.score === 'number' && { score: saw.score }),
          ...(saw.band === 'decline' && { band: saw.band }),
          evidence: { ...saw, ...(message !== undefined && { message }) },
          openedAt: rows[0]?.now.toISOString() ?? '',
          correlationId: requestId,
        },
      ]);
      const review = await findReview(tx, brandId, activationId);
      if (!review) throw new Error(`the review of ${activationId} vanished`);
      return ok({ review, created: opened.length > 0 });
    }),

  list: async (brandId, player) => (await findReviewsOf(db, playerId(brandId, player), MOST)).map(reviewOf),
});

/** As its player may see it: nothing of what speaks against them, and nobody's name. */
export const reviewOf = ({
  id,
  activationId,
  decision,
  playerMessage,
  openedAt,
  decidedAt,
}: CaseRecord): Review => ({
  id,
  activationId: activationId ?? '',
  state: decision === null ? 'waiting' : 'decided',
  outcome: decision === null ? null : decision === 'release' ? 'overturned' : 'upheld',
  message: playerMessage,
  askedAt: openedAt,
  decidedAt,
});
