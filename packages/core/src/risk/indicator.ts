/** DOMAIN §6, in the order people read them: who somebody is, where from, how they try codes, how they play. */
export const INDICATOR_NAMES = [
  'self_excluded_match',
  'email_disposable',
  'email_alias_duplicate',
  'payment_shared',
  'device_shared',
  'address_shared',
  'ip_shared',
  'ip_datacenter',
  'ip_vpn',
  'ip_tor',
  'geo_mismatch',
  'code_guessing',
  'claim_right_after_registration',
  'low_risk_play',
  'deposit_withdraw_cycle',
  'max_bet_breach',
  'bonus_only_player',
] as const;

export type IndicatorName = (typeof INDICATOR_NAMES)[number];

/** What an assessment leads to, the mildest first. */
export const BANDS = ['allow', 'flag', 'hold', 'decline'] as const;
export type Band = (typeof BANDS)[number];

/** What was seen, as plain JSON: numbers and words a person can check, never an address or a name in full. */
export type Evidence = Readonly<Record<string, unknown>>;

/** One explainable signal of fraud. Pure: the same known things lead to the same evidence. */
export interface Indicator<Known> {
  readonly name: IndicatorName;
  /** Grows when the same things known lead to something else than before. */
  readonly version: number;
  /** Before anybody sets others. */
  readonly points: number;
  /**
   * The worst that it, and whatever reaches no further, can lead to. Homes share addresses, devices and cards: however
   * many of such signals there are, and whatever an operator has them weigh, they tell of a home as well as of a ring.
   */
  readonly reach: Exclude<Band, 'allow'>;
  /**
   * Tells that accounts may be of one home. People of a home share its address, its household and its tablet: that is one
   * fact however often it is told, so of these the heaviest counts.
   */
  readonly isOfHome?: true;
  /** Whether it declines by itself, whatever it weighs. */
  readonly blocks?: true;
  /** One sentence for who decides on weights. */
  readonly describe: string;
  /** Null when there is nothing to see. */
  find(known: Known): Evidence | null;
  /** What evidence counts when the indicator weighs `points`; all of them, unless said here. */
  weigh?(points: number, evidence: Evidence): number;
}

/** Something an indicator has seen. */
export interface Finding {
  readonly indicator: IndicatorName;
  /** Of the indicator. */
  readonly version: number;
  readonly evidence: Evidence;
}
