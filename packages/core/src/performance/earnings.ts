/** Sums of one currency, minor units. They may be past what a number holds. */
export interface Earned {
  /** Stakes of settled bets, whatever paid for them, without bets that were rolled back. */
  readonly staked: bigint;
  /** What was won with them. */
  readonly won: bigint;
  /** Bonus money that became real. */
  readonly converted: bigint;
  /** Cashback and winnings of free spins that were paid as cash. */
  readonly cashPaid: bigint;
  /** Face value of bonuses. */
  readonly granted: bigint;
  readonly deposited: bigint;
}

/** What became of it: minor units, and rates in basis points that are null where there is nothing to divide by. */
export interface Earnings {
  /** Gross gaming revenue: stakes less winnings, below 0 when players won more. */
  readonly ggr: bigint;
  /** What bonuses cost: money that became a player's own, not their face value. */
  readonly cost: bigint;
  readonly fees: bigint;
  /** Net gaming revenue: `ggr` less `cost` and `fees`. */
  readonly ngr: bigint;
  /** `cost` of `ggr`; null unless `ggr` is above 0: of a loss nothing is a share. */
  readonly costOfGgr: bigint | null;
  /** `granted` of `deposited`. */
  readonly bonusToDeposit: bigint | null;
}

/** Basis points. */
const WHOLE = 10_000n;

/** A share in basis points, towards zero; null where the whole is nothing. */
export const rateOf = (part: bigint, whole: bigint): bigint | null =>
  whole === 0n ? null : (part * WHOLE) / whole;

/**
 * Fees and duties on gross gaming revenue: none while players win more than they lose.
 * @param bps basis points of it; null: none are reckoned with. Rounded down.
 */
export const feesOf = (ggr: bigint, bps: number | null): bigint =>
  bps === null || ggr <= 0n ? 0n : (ggr * BigInt(bps)) / WHOLE;

export function earningsOf(earned: Earned, feesBps: number | null): Earnings {
  const ggr = earned.staked - earned.won;
  const cost = earned.converted + earned.cashPaid;
  const fees = feesOf(ggr, feesBps);
  return {
    ...{ ggr, cost, fees },
    ngr: ggr - cost - fees,
    costOfGgr: ggr > 0n ? rateOf(cost, ggr) : null,
    bonusToDeposit: rateOf(earned.granted, earned.deposited),
  };
}
