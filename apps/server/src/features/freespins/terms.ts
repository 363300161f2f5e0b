import type { Reward } from '@promosmith/contract';
import { largestCredit, type SpinsPackage, type WinningsTerms } from '@promosmith/core/freespins';
import type { Queryable } from '../../platform/db.ts';
import { loadDefinition } from '../campaigns/index.ts';
import type { PackageRow } from './packages/store.ts';

export type FreeSpinsReward = Extract<Reward, { kind: 'free_spins' }>;

/** The reward of the campaign's version that a grant was issued under. */
export async function loadReward(
  db: Queryable,
  grant: { campaignId: string; campaignVersion: number; rewardIndex: number },
): Promise<FreeSpinsReward> {
  const { rewards } = await loadDefinition(db, grant.campaignId, grant.campaignVersion);
  const reward = rewards[grant.rewardIndex];
  if (reward?.kind !== 'free_spins')
    throw new Error(`reward ${grant.rewardIndex} of campaign ${grant.campaignId} is no free spins`);
  return reward;
}

export const winningsTerms = ({ winnings, wagering }: FreeSpinsReward): WinningsTerms =>
  winnings === 'bonus' && wagering
    ? { paidAs: 'bonus', multiplier: wagering.multiplier }
    : { paidAs: 'cash' };

/** The package as the domain counts it. */
export const spinsOf = (row: PackageRow, reward: FreeSpinsReward): SpinsPackage => ({
  state: row.state,
  count: row.count,
  played: row.played,
  won: row.won,
  winCap: row.winCap,
  largestWin: largestCredit(winningsTerms(reward)),
});
