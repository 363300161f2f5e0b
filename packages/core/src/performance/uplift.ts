import { rateOf } from './earnings.ts';

/** Players who were treated alike, and what they brought: net gaming revenue, minor units. */
export interface Group {
  readonly players: number;
  readonly ngr: bigint;
}

/**
 * What a group brought beyond what as many players of the control group did: minor units, towards zero.
 * @returns null without a control group.
 */
export const upliftOf = (treated: Group, control: Group): bigint | null =>
  control.players === 0
    ? null
    : (treated.ngr * BigInt(control.players) - control.ngr * BigInt(treated.players)) /
      BigInt(control.players);

/**
 * Return on what was spent, basis points. The uplift is of *net* revenue: the cost is subtracted in it already, and is not
 * subtracted again. Null where nothing was spent.
 */
export const roiOf = (uplift: bigint, cost: bigint): bigint | null => rateOf(uplift, cost);
