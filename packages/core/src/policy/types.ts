/** Whose rules a pack holds: an ISO 3166-1 country, or `default` for those who have no pack of their own. */
export const JURISDICTIONS = ['default', 'GB', 'MT'] as const;
export type Jurisdiction = (typeof JURISDICTIONS)[number];

/** Kinds of gambling that regulators tell apart. */
export const PRODUCTS = ['betting', 'casino', 'bingo', 'lottery'] as const;
export type Product = (typeof PRODUCTS)[number];

/** Where a rule can be read. */
export interface Source {
  readonly title: string;
  /** null when the rule is nobody's law, but advice of this product. */
  readonly url: string | null;
}

/** What a rule asks of an offer. Multiples are ×100: 1000 is 10×. */
export type Requirement =
  /** Turnover as a multiple of the bonus funds, whatever base the terms state it on. */
  | { readonly kind: 'max_wagering'; readonly maximum: number }
  /** The same with the smallest contribution that counts: what it comes to for who plays that game alone. */
  | { readonly kind: 'max_effective_wagering'; readonly maximum: number }
  /** What earns an offer and what it pays belong to one product. */
  | { readonly kind: 'single_product' }
  /** Stakes come from the player's own money before bonus funds. */
  | { readonly kind: 'real_money_first' }
  /** A bonus never keeps players from withdrawing their own money. */
  | { readonly kind: 'real_money_free' };

/** One rule of a jurisdiction. In force in `[from, until)`; ISO 8601 UTC, null where it has no end on that side. */
export type PolicyRule = Requirement & {
  readonly severity: 'forbid' | 'warn';
  readonly summary: string;
  readonly source: Source;
  readonly from: string | null;
  readonly until: string | null;
};

export interface PolicyPack {
  readonly jurisdiction: Jurisdiction;
  readonly name: string;
  readonly rules: readonly PolicyRule[];
}

/** The terms of wagering that rules look at. */
export interface WageringTerms {
  /** ×100 */
  readonly multiplier: number;
  readonly base: 'bonus' | 'deposit_plus_bonus' | 'winnings';
  readonly depositBase: 'full' | 'matched';
  readonly fundsOrder: 'real_first' | 'bonus_first';
  readonly onWithdrawal: 'forfeit' | 'block' | 'keep';
  /** Basis points by category and game. */
  readonly contributions: {
    readonly categories: Readonly<Record<string, number>>;
    readonly games: Readonly<Record<string, number>>;
  };
}

export interface OfferReward {
  readonly kind: string;
  readonly product?: Product | undefined;
  /** Of a deposit bonus: its share of the deposit in basis points. */
  readonly matchBps?: number | undefined;
  readonly wagering?: WageringTerms | undefined;
}

/** A campaign's terms as far as rules look at them. */
export interface Offer {
  /** What players have to use to earn it. */
  readonly product?: Product | null | undefined;
  readonly rewards: readonly OfferReward[];
}

/** A place where an offer does not keep a rule, whenever that rule is in force. */
export interface Breach {
  readonly jurisdiction: Jurisdiction;
  readonly rule: PolicyRule;
  /** Path within the terms, e.g. `rewards.0.wagering.multiplier`. */
  readonly field: string;
  readonly saw: string;
  readonly needs: string;
}
