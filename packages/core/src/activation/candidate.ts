import type { LimitClaim } from './limits.ts';
import type { Offer, Payout } from './offer.ts';
import type { Progress } from './progress.ts';
import type { Attempt, Check, CodeState, Millis, PlayerState } from './types.ts';

/** Everything one attempt is checked against. Code, campaign and player are known from here on. */
export interface Candidate {
  readonly now: Millis;
  readonly attempt: Attempt;
  readonly player: PlayerState;
  readonly code: CodeState;
  readonly offer: Offer;
  /** Null when the offer is not open to the player's currency. */
  readonly payout: Payout | null;
  readonly limits: readonly LimitClaim[];
  readonly progress: Progress;
}

/** One check of one attempt. Null when the campaign does not ask for it. */
export type CheckRule = (candidate: Candidate) => Check | null;
