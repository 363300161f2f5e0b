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

/** A group in numbers, as the API shows it. */
export function numbersOf(counts: GroupCounts): GroupNumbers {
  const { deposited, ggr, cost, moments: _, ...rest } = counts;
  const ngr = ngrOf(counts);
  return {
    ...rest,
    deposited: safeNumber(deposited),
    ggr: safeNumber(ggr),
    cost: safeNumber(cost),
    ngr: safeNumber(String(ngr)),
    ngrPerPlayer: counts.matured === 0 ? null : Number(ngr) / counts.matured,
  };
}

/** A treated group against the control group, by the metric. @param isOver of a fixed method: nothing is said before. */
export function comparedWith(
  control: GroupCounts,
  treated: GroupCounts,
  looking: Looking,
  isOver: boolean,
): UpliftNumbers {
  const { verdict, perPlayer, total } = upliftOf(treated.moments, control.moments, looking);
  const isEarly = looking.method === 'fixed' && !isOver;
  return {
    perPlayer: isEarly ? null : perPlayer,
    total: isEarly ? null : total,
    roiBps: roiBetween(treated, control),
    verdict: isEarly ? 'too_early' : verdict,
  };
}

function roiBetween(treated: GroupCounts, control: GroupCounts): number | null {
  const uplift = exactUplift(
    { players: treated.matured, ngr: ngrOf(treated) },
    { players: control.matured, ngr: ngrOf(control) },
  );
  const roi = uplift === null ? null : roiOf(uplift, BigInt(treated.cost));
  return roi === null ? null : safeNumber(String(roi));
}

/** Whether players parted as they should have. */
export function ratioOf(shares: readonly Share[]): { chance: number; isSuspicious: boolean } | null {
  if (shares.every(({ players }) => players === 0)) return null;
  const chance = chanceOfShares(shares);
  return { chance, isSuspicious: chance < SUSPICIOUS_CHANCE };
}
