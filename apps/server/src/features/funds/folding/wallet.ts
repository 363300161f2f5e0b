import type { Millis } from '@promosmith/core/activation';
import type { BetSplit, Funds, GrantFunds, Line, Place } from '@promosmith/core/funds';
import type { NewCheckpoint, Told } from './run.ts';

/** Names a wallet. */
export interface WalletKey {
  readonly playerId: string;
  readonly currency: string;
}

/** A text that is the same for the same wallet. */
export const nameOf = ({ playerId, currency }: WalletKey): string => `${playerId} ${currency}`;

/** A bonus as its row has it: what a write of it is guarded by, and what its row says beside its money. */
export interface KnownGrant {
  readonly grant: GrantFunds;
  /** Whether its start is in the wallet. */
  readonly isFolded: boolean;
  readonly campaignId: string;
  readonly kind: string;
}

/**
 * A wallet whose row the transaction holds: as it was read, as folding leaves it, and what is to be written for that.
 * Folding changes it in place. Most bets change little, so what is mostly empty is shared until there is something in it.
 */
export interface Wallet extends WalletKey {
  readonly brandId: string;
  readonly realBefore: number;
  known: readonly KnownGrant[];
  funds: Funds;
  last: Place | null;
  checkpointAt: Millis | null;
  /** Bonuses that are active and not folded in yet: their starts are events to come. */
  readonly starts: readonly GrantFunds[];
  readonly hasVoids: boolean;
  /** To book, beside the movements of bets. */
  lines: readonly Line[];
  /** By id of the bet, of bets the tables do not hold yet. */
  splits: ReadonlyMap<string, BetSplit>;
  /** The same of bets the tables hold, where folding again divides them in another way than before. */
  dividedAgain: ReadonlyMap<string, BetSplit>;
  /** What is new to be told of. */
  told: readonly Told[];
  /** The same with what was told of before: how bonuses came to what they are now. */
  traced: readonly Told[];
  checkpoints: readonly NewCheckpoint[];
  /** Checkpoints behind this instant no longer hold; undefined when they all do, null when none does. */
  rewoundTo: Millis | null | undefined;
  isChanged: boolean;
}

export const findKnown = ({ known }: Pick<Wallet, 'known'>, grantId: string): KnownGrant | undefined =>
  known.find(({ grant }) => grant.grantId === grantId);

/** Some and then others, or one of them when the other is empty. */
export const joined = <T>(some: readonly T[], others: readonly T[]): readonly T[] => {
  if (others.length === 0) return some;
  return some.length === 0 ? others : [...some, ...others];
};
