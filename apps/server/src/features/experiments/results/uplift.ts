import type { GroupNumbers, UpliftNumbers } from '@promosmith/contract';
import { upliftOf as exactUplift, roiOf } from '@promosmith/core/performance';
import {
  chanceOfShares,
  type Looking,
  type Share,
  SUSPICIOUS_CHANCE,
  upliftOf,
} from '@promosmith/core/statistics';
import { safeNumber } from '../../cohorts/index.ts';
import type { GroupCounts } from './groups.ts';

const ngrOf = ({ ggr, cost }: GroupCounts): bigint => BigInt(ggr) - BigInt(cost);

/** What players came to, where it is not told: who looks at an arm’s NGR day by day looks at the difference. */
const UNTOLD = {
  ...{ depositors: null, active: null, deposited: null, ggr: null, cost: null, ngr: null },
  ngrPerPlayer: null,
};

/** Whether it is too early to tell what players came to: a fixed interval is right for one look, when all is over. */
export const isTooEarly = (method: Looking['method'], isOver: boolean): boolean =>
  method === 'fixed' && !isOver;

/** A group in numbers, as the API shows it. @param isEarly how many they are is told, and not what they came to. */
export function numbersOf(counts: GroupCounts, isEarly = false): GroupNumbers {
  const { players, matured, activations, depositors, active, deposited, ggr, cost } = counts;
  const known = { players, matured, activations };
  if (isEarly) return { ...known, ...UNTOLD };
  const ngr = ngrOf(counts);
  return {
    ...{ ...known, depositors, active },
    deposited: safeNumber(deposited),
    ggr: safeNumber(ggr),
    cost: safeNumber(cost),
    ngr: safeNumber(String(ngr)),
    ngrPerPlayer: matured === 0 ? null : Number(ngr) / matured,
  };
}

/** A treated group against the control group, by the metric. @param isEarly nothing is said. */
export function comparedWith(
  control: GroupCounts,
  treated: GroupCounts,
  looking: Looking,
  isEarly = false,
): UpliftNumbers {
  if (isEarly) return { verdict: 'too_early', perPlayer: null, total: null, roiBps: null };
  return { ...upliftOf(treated.moments, control.moments, looking), roiBps: roiBetween(treated, control) };
}

function roiBetween(treated: GroupCounts, control: GroupCounts): number | null {
  const uplift = exactUplift(
    { players: treated.matured, ngr: ngrOf(treated) },
    { players: control.matured, ngr: ngrOf(control) },
  );
  const roi = uplift === null ? null : roiOf(uplift, BigInt(treated.cost));
  return roi === null ? null : safeNumber(String(roi));
}

/** Whether players parted as they should have, which may be asked at any time. */
export function ratioOf(shares: readonly Share[]): { chance: number; isSuspicious: boolean } | null {
  if (shares.every(({ players }) => players === 0)) return null;
  const chance = chanceOfShares(shares);
  return { chance, isSuspicious: chance < SUSPICIOUS_CHANCE };
}
