import type { CampaignDefinition } from '@promosmith/contract';
import { largestCost, type Reward } from '@promosmith/core/activation';
import { mostConverted } from '../../ledger/index.ts';

/** What one bonus may cost, minor units. */
export interface Cost {
  /** Null for what is not a sum of money when it is granted, such as cashback. */
  readonly face: number;
  /** Of a bonus with turnover that is lost: nothing. */
  readonly lowest: number;
  /** Null when nothing bounds it. */
  readonly highest: bigint | null;
}

type StoredReward = CampaignDefinition['rewards'][number];

/**
 * @param matched what a deposit earned; of a reward that needs none it is not asked.
 */
export function costOf(reward: StoredReward, currency: string, matched: number): Cost {
  const face = faceOf(reward, currency, matched);
  const most = mostFace(reward, currency, matched);
  return {
    face,
    lowest: isCash(reward) ? face : 0,
    highest: most === null ? null : mostConverted(reward, currency, 1, most),
  };
}

function faceOf(reward: StoredReward, currency: string, matched: number): number {
  switch (reward.kind) {
    case 'deposit':
      return matched;
    case 'bonus_balance':
      return reward.amount[currency] ?? 0;
    case 'free_spins':
      return (reward.spinValue[currency] ?? 0) * reward.count;
    default:
      return 0;
  }
}

/** What it may come to before it is wagered. Winnings of free spins without a cap have no bound. */
function mostFace(reward: StoredReward, currency: string, matched: number): bigint | null {
  if (reward.kind === 'deposit') return BigInt(matched);
  if (reward.kind === 'free_spins' && reward.winCap?.[currency] === undefined) return null;
  return BigInt(largestCost(reward as Reward, currency));
}

/** Whether it is real money as soon as it is granted. */
const isCash = (reward: StoredReward): boolean =>
  (reward.kind === 'deposit' || reward.kind === 'bonus_balance') && reward.wagering.multiplier === 0;
