import type { Result } from '@promosmith/core';
import type { Millis } from '@promosmith/core/activation';
import type { NewEvent } from '../../platform/outbox.ts';

/** Where a bet was placed: what contributions and limits go by. */
export interface BetPlace {
  readonly roundId: string;
  readonly game: string;
  readonly category?: string | undefined;
  readonly provider?: string | undefined;
}

/** What happens to a player's money. Amounts are minor units of the wallet's currency. */
export type MoneyChange =
  | { readonly kind: 'deposit' | 'deposit_reversed'; readonly amount: number }
  | {
      readonly kind: 'withdrawal_requested' | 'withdrawal_cancelled' | 'withdrawal_paid';
      readonly amount: number;
      /** The platform keeps the real money itself and tells of what it does: refused only where a bonus blocks it. */
      readonly isMirrored?: boolean;
    }
  /** A bet as the platform tells of it: settled. Never refused, for it has been played. */
  | ({ readonly kind: 'bet'; readonly stake: number; readonly win: number } & BetPlace)
  /** The parts of a bet as a game server asks for them. A stake may be refused. */
  | ({ readonly kind: 'stake'; readonly amount: number } & BetPlace)
  | ({ readonly kind: 'win'; readonly amount: number; readonly endsRound: boolean } & BetPlace)
  /** Everything of a round is undone. */
  | { readonly kind: 'rollback' }
  /** One bet, stake or win of a round is undone. */
  | { readonly kind: 'bet_rollback' }
  /** Money paid out to the player as real money: cashback, winnings of free spins. */
  | { readonly kind: 'cash'; readonly amount: number; readonly grantId: string | null; readonly why: string }
  | {
      readonly kind: 'end';
      readonly grantId: string;
      readonly as: 'cancelled' | 'forfeited' | 'expired' | 'auto_closed';
      readonly reason: string;
      /**
       * What is left goes back to what the bonus was paid from, as if it had never been granted. One that was lost or
       * forfeited has nothing left, and does not live on when the withdrawal is cancelled or the round rolled back.
       */
      readonly takesBack?: boolean;
    }
  | { readonly kind: 'extend'; readonly grantId: string; readonly expiresAt: Millis }
  /** A lost or forfeited bonus lives again. */
  | { readonly kind: 'reinstate'; readonly grantId: string; readonly reason: string };

/** A change of one wallet, i.e. of one player's money in one currency. */
export interface FundsChange {
  readonly brandId: string;
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly currency: string;
  /**
   * Names the change: the same reference and kind of a player again is the same change, and has no effect. That of a
   * deposit or withdrawal is its own id, that of a rollback the round's or the bet's, and bets, stakes and wins share one kind.
   */
  readonly reference: string;
  /** When it happened, ms since 1970; the database's now when left out. */
  readonly at?: Millis | undefined;
  readonly change: MoneyChange;
}

/** A bonus after the change. */
export interface GrantAfter {
  readonly grantId: string;
  readonly status: string;
  /** Minor units. */
  readonly balance: number;
  /** Turnover so far and required, in 1/10,000 minor units. */
  readonly wagered: number;
  readonly required: number;
  /** Minor units that became real money, all told. */
  readonly converted: number;
}

/** What a change came to. All amounts are minor units. */
export interface FundsAfter {
  /** Whether it was applied before; then this is what was answered then. */
  readonly replayed: boolean;
  readonly real: number;
  /** Of all active bonuses together. */
  readonly bonus: number;
  /** The player's active bonuses, and those the change ended. */
  readonly grants: readonly GrantAfter[];
  /** How much of it was real and bonus money: of a stake, a win, a pay-out. */
  readonly split: { readonly real: number; readonly bonus: number };
  /** A case for a person that the change opened, because money was the player's own by then. */
  readonly adjustmentId: string | null;
  /** To be published with the caller's own; none of a replay. */
  readonly events: readonly NewEvent[];
}

/**
 * A refusal has no effect and is not kept. Keys: `conflict` (the reference was used for another change),
 * `insufficient_funds`, `max_bet_exceeded`, `withdrawal_blocked`, `grant_not_active` (nothing to end, to extend or to
 * reinstate), `amount_too_large`, `wrong_currency` and `wrong_amount` (a deposit and its reversal are not of the same money).
 */
export type ChangeResult = Result<FundsAfter>;
