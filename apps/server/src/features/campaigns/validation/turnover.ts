import type { Reward, WageringTerms } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import { BASIS_POINTS, largestWageringBase, scaleDown } from '@promosmith/core/money';

/** Faults of bonuses whose turnover would be too large to be counted exactly. Fields are paths within the reward. */
export function turnoverFaults(reward: Reward): FieldError[] {
  const bonus = largestBonus(reward);
  if (!bonus) return [];
  const { field, amounts, wagering } = bonus;
  const most = reward.kind === 'deposit' ? mostOfDeposit(reward.matchBps, wagering) : mostOf(wagering);
  return Object.entries(amounts).flatMap(([code, amount]) =>
    amount <= most
      ? []
      : [
          {
            field: `${field}.${code}`,
            reason: `is too large: its wagering, ${wagering.multiplier / 100} times, cannot be counted exactly`,
            fix: `at most ${most}, or a smaller wagering.multiplier`,
          },
        ],
  );
}

interface LargestBonus {
  field: string;
  amounts: Readonly<Record<string, number>>;
  wagering: WageringTerms;
}

/** The most of a reward that is wagered; undefined when nothing is, or nothing bounds it. */
function largestBonus(reward: Reward): LargestBonus | undefined {
  if (!('wagering' in reward) || !reward.wagering) return undefined;
  const { wagering } = reward;
  switch (reward.kind) {
    case 'bonus_balance':
      return { field: 'amount', amounts: reward.amount, wagering };
    case 'free_spins':
      return reward.winCap && { field: 'winCap', amounts: reward.winCap, wagering };
    default:
      return { field: 'cap', amounts: reward.cap, wagering };
  }
}

const mostOf = ({ multiplier }: WageringTerms): number => largestWageringBase(multiplier);

/** The bonus of the deposit that earns the whole cap, when that deposit is wagered with it. */
const mostOfDeposit = (matchBps: number, wagering: WageringTerms): number =>
  wagering.base === 'deposit_plus_bonus'
    ? scaleDown(mostOf(wagering), matchBps, matchBps + BASIS_POINTS)
    : mostOf(wagering);
