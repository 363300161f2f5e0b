import type { Actor } from '@promosmith/contract';
import type { Attempt, Check, RefusalKey } from '@promosmith/core/activation';
import type { NormalisedCode } from '@promosmith/core/codes';
import type { Jurisdiction } from '@promosmith/core/policy';
import type { RiskPolicy } from '@promosmith/core/risk';
import type { PlayerDetails } from '../../players/index.ts';

/** An attempt on its way through the kernel, with everything its rows and events will say. */
export interface Pending {
  readonly brandId: string;
  readonly timeZone: string;
  /** Of the brand's licence. */
  readonly jurisdiction: Jurisdiction;
  /** What indicators of abuse weigh in the brand. */
  readonly riskPolicy: RiskPolicy;
  /** Whether an outside engine keeps the brand's bonuses of money. */
  readonly keptOutside: boolean;
  readonly attempt: Attempt;
  readonly playerExternalId: string;
  /** What the caller told of the player inline. */
  readonly playerDetails: PlayerDetails | undefined;
  /** Caller's key, or the activation id when none was given. */
  readonly idempotencyKey: string;
  /** Digest of what was asked, to tell a repeat from a different request under the same key. */
  readonly requestDigest: string;
  /** null when it can't be a code at all. */
  readonly typed: NormalisedCode | null;
  /** The typed code, masked. */
  readonly codeMasked: string;
  readonly actor: Actor;
  readonly correlationId: string;
}

/** A bonus as it was issued with an activation. Instants are ISO 8601 UTC. */
export interface Issued {
  readonly id: string;
  readonly kind: 'deposit' | 'free_spins' | 'bonus_balance' | 'cashback' | 'tournament_entry' | 'special';
  readonly status: 'pending' | 'active';
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** Minor units. */
  readonly wageringRequired: number;
  readonly expiresAt: string | null;
}

/** How an attempt came out, as it is stored: the same for the first answer and every repeat. */
export interface Answer {
  readonly activationId: string;
  readonly decided: 'accepted' | 'awaiting_deposit' | 'in_review' | 'refused';
  readonly refusalKey: RefusalKey | null;
  readonly checks: readonly Check[];
  readonly playerExternalId: string;
  readonly codeShown: string;
  readonly codeId: string | null;
  readonly campaignId: string | null;
  readonly campaignVersion: number | null;
  readonly issued: readonly Issued[];
  readonly awaitingUntil: string | null;
  readonly createdAt: string;
  /** Stored under this idempotency key before. */
  readonly replayed: boolean;
  /** The key was used before for a different request. */
  readonly mismatch: boolean;
}
