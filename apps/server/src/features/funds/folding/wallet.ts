import type { Millis } from '@promosmith/core/activation';
import type { BetSplit, Funds, GrantFunds, GrantState, Line, Place } from '@promosmith/core/funds';
import type { NewCheckpoint, Told } from './run.ts';

/** Names a wallet. */
export interface WalletKey {
  readonly playerId: string;
  readonly currency: string;
}

/** A text that is the same for the same wallet. */
export const nameOf = ({ playerId, currency }: WalletKey): string => `${playerId} ${currency}`;

/** A bonus as its row had it: what the write is guarded by. */
export interface GrantBefore {
  readonly state: GrantState;
  readonly balance: number;
  readonly wagered: number;
  readonly startedAt: Millis;
  readonly expiresAt: Millis | null;
  readonly forfeitedBy: string | null;
  readonly isFolded: boolean;
}

/** What a row says of a bonus beside its money. */
export interface GrantFacts {
  readonly campaignId: string;
  readonly kind: string;
}

/**
 * A wallet whose row the transaction holds: as it was read, as folding leaves it, and what is to be written for that.
 * Folding changes it in place.
 */
export interface Wallet extends WalletKey {
  readonly brandId: string;
  readonly realBefore: number;
  readonly grantsBefore: Map<string, GrantBefore>;
  readonly facts: Map<string, GrantFacts>;
  funds: Funds;
  last: Place | null;
  checkpointAt: Millis | null;
  /** Bonuses that are active and not folded in yet: their starts are events to come. */
  starts: readonly GrantFunds[];
  readonly hasVoids: boolean;
  /** To book, beside the movements of bets. */
  lines: Line[];
  /** By id of the bet, of bets the tables do not hold yet. */
  splits: Map<string, BetSplit>;
  told: Told[];
  /** When bonuses ended, null for those that live again. */
  endedAt: Map<string, Millis | null>;
  checkpoints: NewCheckpoint[];
  /** Checkpoints behind this instant no longer hold; undefined when they all do, null when none does. */
  rewoundTo: Millis | null | undefined;
  isChanged: boolean;
}
