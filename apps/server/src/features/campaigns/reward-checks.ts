import type { Reward } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';

/**
 * What a later feature knows of the rewards it delivers: which handlers, tournaments or providers there are. Fields are
 * paths from the reward on, such as `tournament`.
 */
export interface RewardCheck {
  /** What is wrong with a reward whatever else there is: it may not be saved. */
  savable?(reward: Reward): readonly FieldError[];
  /** What a reward needs and the brand does not have yet: it may be saved, but not run. */
  runnable?(tx: Queryable, brandId: string, reward: Reward): Promise<readonly FieldError[]>;
}

/** The checks of all later features, which add theirs while the app is put together. */
export interface RewardChecks {
  add(check: RewardCheck): void;
  savable(rewards: readonly Reward[]): FieldError[];
  runnable(tx: Queryable, brandId: string, rewards: readonly Reward[]): Promise<FieldError[]>;
}

export function createRewardChecks(): RewardChecks {
  const checks: RewardCheck[] = [];
  return {
    add: (check) => {
      checks.push(check);
    },
    savable: (rewards) =>
      rewards.flatMap((reward, at) => checks.flatMap((check) => within(at, check.savable?.(reward) ?? []))),
    async runnable(tx, brandId, rewards) {
      const faults: FieldError[] = [];
      for (const [at, reward] of rewards.entries())
        for (const check of checks)
          faults.push(...within(at, (await check.runnable?.(tx, brandId, reward)) ?? []));
      return faults;
    },
  };
}

const within = (at: number, faults: readonly FieldError[]): FieldError[] =>
  faults.map((fault) => ({ ...fault, field: `rewards.${at}.${fault.field}` }));
