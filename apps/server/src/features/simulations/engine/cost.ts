import type { CampaignDefinition } from '@promosmith/contract';
import { largestCost, type Reward } from '@promosmith/core/activation';
import { mostConverted } from '../../ledger/index.ts';

/** What one bonus may cost, minor units. */
export interface Cost {
  /** 0 of what is no sum of money when it is granted, such as cashback. */
  readonly face: number;
  /** What tells what it is likely to cost. */
  readonly likely: Likely;
  /** Of a bonus with turnover that is lost: nothing. */
  readonly lowest: number;
  /** Null when nothing bounds it. */
  readonly highest: bigint | null;
}

/**
 * What a bonus is likely to cost: its `face`, as cash does; the `share` of its face that bonuses have cost; or `unknown`, as of
 * free spins and cashback: what they win or give back is not a share of anything that is known when they are granted.
 */
export type Likely = 'face' | 'share' | 'unknown';

type StoredReward = CampaignDefinition['rewards'][number];

/**
 * @param matched what a deposit earned; of a reward that needs none it is not asked.
 */
export function costOf(reward: StoredReward, currency: string, matched: number): Cost {
  const face = faceOf(reward, currency, matched);
  const most = mostFace(reward, currency, matched);
  return {
    face,
    likely: likelyOf(reward),
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

function likelyOf(reward: StoredReward): Likely {
  if (reward.kind === 'free_spins' || reward.kind === 'cashback') return 'unknown';
  // Tickets and specials are no money, and have no face either.
  return isCash(reward) ? 'face' : 'share';
}

/** Whether it is real money as soon as it is granted. */
const isCash = (reward: StoredReward): boolean =>
  (reward.kind === 'deposit' || reward.kind === 'bonus_balance') && reward.wagering.multiplier === 0;
