import type { Finding } from './indicator.ts';

/** What an operator's file says of the network an address belongs to. */
export const NETWORK_KINDS = ['datacenter', 'vpn', 'tor', 'relay', 'mobile'] as const;
export type NetworkKind = (typeof NETWORK_KINDS)[number];

/** The address an attempt came from. */
export interface AddressKnown {
  /** Other accounts seen at the address (IPv4) or in its /64 (IPv6). */
  readonly others: number;
  /** An address may be in several networks; of one that no file knows, nothing. */
  readonly kinds: readonly NetworkKind[];
  /** ISO 3166-1 alpha-2, by the operator's file or else by who told of the attempt. */
  readonly country: string | null;
}

export interface GuessingKnown {
  /** Unknown codes in the window that is still open. */
  readonly misses: number;
  /** Lock-outs in a row, each within a day of the one before, the last one within a day. */
  readonly lockouts: number;
}

/** What is known of whoever tries a code: all that an indicator in the decision may look at. */
export interface RiskKnown {
  /** Milliseconds since the player registered; null when the platform has not said. */
  readonly registeredAgo: number | null;
  /** Where the code was entered. */
  readonly channel: string | null;
  /** ISO 3166-1 alpha-2, of the player. */
  readonly country: string | null;
  /** Null when the attempt told of no device. */
  readonly device: { readonly others: number } | null;
  /** Null when the attempt told of no address. */
  readonly address: AddressKnown | null;
  readonly guessing: GuessingKnown;
  /** What was found in the player's history before. */
  readonly profile: readonly Finding[];
  /** Whether a person has put the player, or anything they use, on a list. */
  readonly listed: 'blocked' | 'allowed' | null;
}

/** How an account that was excluded is known to be the same person's. */
export type PersonalKind = 'email' | 'phone';

export interface WithdrawalKnown {
  /** Minor units, as `deposited` and `staked`. */
  readonly amount: number;
  /** In the same currency, in the seven days before. */
  readonly deposited: number;
  /** Since the first of those deposits. */
  readonly staked: number;
}

/** What is known of a player's past: all that an indicator in the background may look at. */
export interface HistoryKnown {
  /** Domain of the player's e-mail address, when it is one of throw-away mailboxes. */
  readonly disposableDomain: string | null;
  /** Other accounts of the same mailbox, however it was spelt. */
  readonly mailboxOthers: number;
  /** Other accounts that paid with the same instrument. */
  readonly paymentOthers: number;
  /** Other accounts of the same household or postal address. */
  readonly addressOthers: number;
  /** Excluded accounts of the same person. */
  readonly excluded: readonly { readonly by: PersonalKind; readonly accounts: number }[];
  /** Bets of the last 30 days while a bonus was being wagered: how many, and stakes in minor units by what they were on. */
  readonly play: { readonly bets: number; readonly staked: number; readonly lowRisk: number };
  /** Of the last 90 days. */
  readonly withdrawals: readonly WithdrawalKnown[];
  /** Bets above what a bonus allowed, of the last 30 days. */
  readonly maxBetBreaches: number;
  /** Bonuses issued, and deposits that no bonus was issued for, ever. */
  readonly bonuses: number;
  readonly ownDeposits: number;
}
