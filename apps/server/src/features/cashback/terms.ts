import { Reward } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { loadDefinition } from '../campaigns/index.ts';

export type CashbackReward = Extract<Reward, { kind: 'cashback' }>;

/** Where the terms of a bonus are kept: which reward of which version. */
export interface TermsKey {
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly rewardIndex: number;
}

export type TermsOf = (key: TermsKey) => CashbackReward;

const nameOf = ({ campaignId, campaignVersion, rewardIndex }: TermsKey): string =>
  `${campaignId}:${campaignVersion}:${rewardIndex}`;

/** The terms that cashback bonuses were issued under, each version read once. */
export async function loadTerms(db: Queryable, keys: readonly TermsKey[]): Promise<TermsOf> {
  const rewards = new Map<string, CashbackReward>();
  for (const key of keys) {
    if (rewards.has(nameOf(key))) continue;
    const definition = await loadDefinition(db, key.campaignId, key.campaignVersion);
    const reward = Reward.parse(definition.rewards[key.rewardIndex]);
    if (reward.kind !== 'cashback') throw new Error(`${nameOf(key)} is no cashback but ${reward.kind}`);
    rewards.set(nameOf(key), reward);
  }
  return (key) => {
    const reward = rewards.get(nameOf(key));
    if (!reward) throw new Error(`the terms of ${nameOf(key)} were not loaded`);
    return reward;
  };
}
