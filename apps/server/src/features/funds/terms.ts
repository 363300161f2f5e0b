import type { WageringTerms } from '@promosmith/contract';
import { compileTerms, type FundsTerms } from '@promosmith/core/funds';
import type { Queryable } from '../../platform/db.ts';
import { loadDefinition } from '../campaigns/index.ts';

/** What names the terms a bonus was issued under. */
export interface TermsKey {
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly rewardIndex: number;
  readonly currency: string;
}

const CAPACITY = 10_000;
/** Versions never change, so their terms are kept until space runs out. */
const kept = new Map<string, FundsTerms>();

/** A reward that says nothing of wagering pays money that is free to use: nothing limits it. */
const NO_TERMS = {
  contributions: { categories: {}, games: {} },
  countStakes: 'all',
  fundsOrder: 'real_first',
  stickiness: 'cashable',
  onWithdrawal: 'keep',
} as const;

const nameOf = ({ campaignId, campaignVersion, rewardIndex, currency }: TermsKey): string =>
  `${campaignId} ${campaignVersion} ${rewardIndex} ${currency}`;

/** The terms of bonuses, in the order given. Bonuses of the same terms share them. */
export async function loadTerms(db: Queryable, keys: readonly TermsKey[]): Promise<FundsTerms[]> {
  const terms: FundsTerms[] = [];
  for (const key of keys) terms.push(kept.get(nameOf(key)) ?? (await readTerms(db, key)));
  return terms;
}

async function readTerms(db: Queryable, key: TermsKey): Promise<FundsTerms> {
  const { rewards } = await loadDefinition(db, key.campaignId, key.campaignVersion);
  const reward = rewards[key.rewardIndex];
  const wagering: WageringTerms | undefined = reward && 'wagering' in reward ? reward.wagering : undefined;
  const terms = compileTerms(wagering ?? NO_TERMS, key.currency);
  const oldest = kept.size >= CAPACITY ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(nameOf(key), terms);
  return terms;
}
