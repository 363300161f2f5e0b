import type { Millis } from '../activation/index.ts';
import type { BasisPoints, Minor } from '../money/index.ts';

/** Turnover in 1/10,000 of a minor unit, as a safe integer. */
export type Turnover = number;

/**
 * Terms of one bonus as far as the player's money goes, for one currency. Immutable and the same for every bonus issued
 * under them: compile them once with `compileTerms` and share them.
 */
export interface FundsTerms {
  /** What a stake counts in basis points. A game wins over its category. */
  readonly games: ReadonlyMap<string, BasisPoints>;
  readonly categories: ReadonlyMap<string, BasisPoints>;
  readonly countStakes: 'all' | 'bonus_funded';
  readonly fundsOrder: 'real_first' | 'bonus_first';
  readonly stickiness: 'cashable' | 'sticky';
  /** The largest bet: the lower of the amount and the share of the bonus. */
  readonly maxBet: {
    readonly amount: Minor | null;
    readonly bonusShare: BasisPoints | null;
    readonly onBreach: 'reject' | 'no_contribution' | 'flag';
  } | null;
  /** The most that becomes real money: the lower of the amount and the multiple (×100) of the bonus. */
  readonly maxConversion: { readonly amount: Minor | null; readonly timesBonus: number | null } | null;
  readonly onWithdrawal: 'forfeit' | 'block' | 'keep';
  /** A balance of this or less after a bet is not worth playing on: the bonus is lost. */
  readonly dustThreshold: Minor;
}

export type GrantEnd = 'completed' | 'lost' | 'expired' | 'forfeited' | 'cancelled' | 'auto_closed';
export type GrantState = 'active' | GrantEnd;

/** A money bonus under way, or one that was. */
export interface GrantFunds {
  readonly grantId: string;
  readonly state: GrantState;
  /** What was granted, minor units. */
  readonly amount: Minor;
  readonly balance: Minor;
  /** Never above `required`. */
  readonly wagered: Turnover;
  readonly required: Turnover;
  /** What became real money, minor units. */
  readonly converted: Minor;
  /** Bets from this instant on are under it. Bonuses come in the order of this, then of their ids. */
  readonly startedAt: Millis;
  /** From this instant on it is expired. */
  readonly expiresAt: Millis | null;
  /** The deposit it was granted for: reversing that cancels it. */
  readonly depositId: string | null;
  readonly terms: FundsTerms;
  /** What it held when it was lost or forfeited: reinstating it gives that back. */
  readonly remainder: Minor;
  /** The withdrawal that forfeited it: cancelling that reinstates it. */
  readonly forfeitedBy: string | null;
}

/** What paid for a stake: real money, and bonuses in their order. */
export interface Funding {
  readonly real: Minor;
  readonly parts: readonly FundingPart[];
}

export interface FundingPart {
  readonly grantId: string;
  readonly amount: Minor;
}

/**
 * A round played under a bonus whose result is not in yet. Bonuses with a part in it are judged when it is: complete or
 * lost before, they would miss its win.
 */
export interface OpenRound extends Funding {
  readonly roundId: string;
  /** Its last stake. */
  readonly at: Millis;
}

/** What a player has in one currency, and all that folding on from here depends on. */
export interface Funds {
  readonly real: Minor;
  /** In order. Active ones, and others that an event names or brings a win of; those that ended are left alone. */
  readonly grants: readonly GrantFunds[];
  /** Only stakes and wins told apart (the wallet) open rounds; settled bets never do. */
  readonly rounds: readonly OpenRound[];
  /** Withdrawals that were requested and neither paid nor cancelled. */
  readonly withdrawals: readonly { readonly withdrawalId: string; readonly amount: Minor }[];
}

interface Happened {
  readonly at: Millis;
  /** Decides between events of the same instant and kind. */
  readonly id: string;
}

interface Play extends Happened {
  readonly roundId: string;
  readonly game: string;
  readonly category: string | null;
}

/** A bet that is over: stake and win in one. */
export interface BetEvent extends Play {
  readonly kind: 'bet';
  readonly stake: Minor;
  readonly win: Minor;
}

/** A stake whose result comes later, as `win`. */
export interface StakeEvent extends Play {
  readonly kind: 'stake';
  readonly stake: Minor;
}

export interface WinEvent extends Happened {
  readonly kind: 'win';
  readonly roundId: string;
  readonly win: Minor;
  /** No more comes of this round: what it was played with is judged now. */
  readonly endsRound: boolean;
}

export interface WithdrawalRequest extends Happened {
  readonly kind: 'withdrawal_requested';
  readonly withdrawalId: string;
  readonly amount: Minor;
}

/**
 * What happened to a player's money in one currency. Facts: folding them never refuses; what may still be refused is
 * asked of `refusalOf` before. Taking a round back is no event: fold again without it.
 */
export type FundsEvent =
  | BetEvent
  | StakeEvent
  | WinEvent
  | WithdrawalRequest
  | (Happened & { readonly kind: 'deposit'; readonly amount: Minor })
  | (Happened & { readonly kind: 'deposit_reversed'; readonly depositId: string; readonly amount: Minor })
  | (Happened & { readonly kind: 'withdrawal_paid'; readonly withdrawalId: string; readonly amount: Minor })
  | (Happened & { readonly kind: 'withdrawal_cancelled'; readonly withdrawalId: string })
  /** Bonus paid as real money: cashback, winnings of free spins. */
  | (Happened & { readonly kind: 'cash'; readonly amount: Minor; readonly grantId: string | null })
  /** Real money put right by an event from before a bonus that ended for good: above 0 to the player, below 0 from. */
  | (Happened & { readonly kind: 'correction'; readonly amount: Minor })
  /** Its `at` is the grant's `startedAt`. Whoever issues it books `bonus_granted`. */
  | (Happened & { readonly kind: 'grant_started'; readonly grant: GrantFunds })
  | (Happened & {
      readonly kind: 'grant_ended';
      readonly grantId: string;
      readonly as: 'cancelled' | 'forfeited' | 'expired' | 'auto_closed';
    })
  | (Happened & {
      readonly kind: 'grant_extended';
      readonly grantId: string;
      readonly expiresAt: Millis | null;
    })
  /** Lost or forfeited, and active again with what it held. */
  | (Happened & { readonly kind: 'grant_reinstated'; readonly grantId: string })
  /** Nothing but time: bonuses expire, rounds nobody ended are over. */
  | (Happened & { readonly kind: 'time' });

export type FundsEventKind = FundsEvent['kind'];

/** How money moved. `fold` gives no lines for a bet's own stake and win: its split says them. */
export type LineKind =
  | 'stake'
  | 'win'
  | 'deposit'
  | 'deposit_reversed'
  | 'withdrawal'
  | 'withdrawal_cancelled'
  | 'balance_adjusted'
  | 'cash_paid'
  | 'converted'
  | 'capped'
  | 'sticky_removed'
  | 'breakage'
  | 'reinstated'
  | 'bonus_reversed'
  | 'stake_corrected'
  | 'win_corrected';

/** One movement: debit and credit of the same amount, above 0. */
export interface Line {
  readonly kind: LineKind;
  readonly debit: string;
  readonly credit: string;
  readonly amount: Minor;
  readonly grantId: string | null;
}

/** How a bet, a stake or a win was divided. Real part and parts add up to the stake and to the win. */
export interface BetSplit {
  readonly realStake: Minor;
  readonly realWin: Minor;
  /** Bonuses with a part in the stake or in the win, in order. */
  readonly parts: readonly { readonly grantId: string; readonly stake: Minor; readonly win: Minor }[];
  /** The bonus whose turnover it went to, and how much: the oldest active one. */
  readonly countedFor: string | null;
  readonly contribution: Turnover;
  /** Above the largest bet allowed. */
  readonly breach: boolean;
}

/** What somebody should be told. */
export type Notice =
  /** The first, second or third quarter of the turnover was passed. */
  | {
      readonly kind: 'progressed';
      readonly grantId: string;
      readonly wagered: Turnover;
      readonly required: Turnover;
    }
  /** The turnover was reached: `converted` became real money, `removed` (cap, sticky part) did not. */
  | {
      readonly kind: 'completed';
      readonly grantId: string;
      readonly converted: Minor;
      readonly removed: Minor;
    }
  /** Any other end; `remainder` is what it still held. */
  | {
      readonly kind: 'ended';
      readonly grantId: string;
      readonly as: Exclude<GrantEnd, 'completed'>;
      readonly remainder: Minor;
      readonly at: Millis;
    }
  | { readonly kind: 'reinstated'; readonly grantId: string; readonly balance: Minor }
  | {
      readonly kind: 'bet_above_limit';
      readonly grantId: string;
      readonly betId: string;
      readonly stake: Minor;
      readonly limit: Minor;
    }
  /** Money was withdrawn although the terms block that, on a platform that keeps the real money itself. */
  | { readonly kind: 'withdrawn_against_terms'; readonly grantId: string }
  /** More went out than was known of; `balance_adjusted` matched it. */
  | { readonly kind: 'unknown_money'; readonly amount: Minor }
  /** A win came for a bonus that had ended without completing: it went to breakage. */
  | { readonly kind: 'won_after_end'; readonly grantId: string; readonly amount: Minor };

/** What one event came to. */
export interface Folded {
  readonly funds: Funds;
  readonly lines: readonly Line[];
  /** For bets, stakes and wins. */
  readonly bet: BetSplit | null;
  readonly notices: readonly Notice[];
}

/** How the stakes of rounds were paid for, by round: wins told without their stake are divided by it. */
export type Rounds = Map<string, Funding>;
