import type { Fact, ProfiledFact } from './facts.ts';

/** A quarter of an hour: every time zone's days begin with one. */
export const SLOT_MS = 15 * 60_000;

/** The beginning of the slot of an instant. */
export const slotAt = (ms: number): number => Math.floor(ms / SLOT_MS) * SLOT_MS;

type Amounts = Pick<Fact, 'count' | 'amount'>;

/** A sum while it is added to. */
export type Growing<Sum extends Amounts> = Sum & { count: number; amount: bigint };

/** Adds to the sum of a key. @param first what it begins with, the amounts among it. */
export function addTo<Sum extends Amounts>(
  sums: Map<string, Growing<Sum>>,
  key: string,
  { count, amount }: Amounts,
  first: () => Growing<Sum>,
): void {
  const sum = sums.get(key);
  if (sum) {
    sum.count += count;
    sum.amount += amount;
  } else {
    sums.set(key, first());
  }
}

export const isNothing = ({ count, amount }: Amounts): boolean => count === 0 && amount === 0n;

/** What facts have in common that are one sum. */
export const keyOf = ({ at, campaignId, measure, currency, detail }: Fact): string =>
  `${at} ${campaignId} ${measure} ${currency} ${detail}`;

/** One fact in place of all of a key and profile, at the beginning of its slot, in the order they came. */
export function sumUp(facts: readonly ProfiledFact[]): ProfiledFact[] {
  const sums = new Map<string, Growing<ProfiledFact>>();
  for (const fact of facts) {
    const { campaignId, measure, detail, currency, profile } = fact;
    const first = { at: slotAt(fact.at), campaignId, measure, detail, currency, profile };
    addTo(sums, `${keyOf({ ...fact, at: first.at })} ${profile?.profileId ?? ''}`, fact, () => ({
      ...first,
      count: fact.count,
      amount: fact.amount,
    }));
  }
  return [...sums.values()];
}
