import type { CampaignDefinition, LiabilityPreview, Reward } from '@promosmith/contract';
import { hasExactCost, largestCost, payableIn } from '@promosmith/core/activation';
import { mostConverted } from '../ledger/index.ts';
import { decidingAmounts } from './validation/amounts.ts';

type WorstCase = LiabilityPreview['currencies'][number];

/**
 * The most a definition may cost in each currency it is open to: all uses taken, each at its largest, and every bonus
 * converted as far as its terms allow.
 * @returns null when a number is past what can be told exactly.
 */
export function worstCaseOf(definition: CampaignDefinition): WorstCase[] | null {
  const codes = currenciesOf(definition);
  if (codes.some((code) => !hasExactCost(definition, code))) return null;
  const cases = codes.map((code) => inCurrency(definition, code));
  return cases.some((one) => Object.values(one).some(isInexact)) ? null : cases;
}

const isInexact = (value: WorstCase[keyof WorstCase]): boolean =>
  typeof value === 'number' && !Number.isSafeInteger(value);

function currenciesOf(definition: CampaignDefinition): string[] {
  const named = [...decidingAmounts(definition)].flatMap(({ amounts }) => Object.keys(amounts));
  const offered = definition.markets.currencies;
  return [...new Set([...named, ...(offered ?? [])])]
    .filter((code) => payableIn(definition, code) && (!offered || offered.includes(code)))
    .sort();
}

function inCurrency({ budget, limits, rewards }: CampaignDefinition, currency: string): WorstCase {
  const each = rewards.reduce((sum, reward) => sum + BigInt(largestCost(reward, currency)), 0n);
  const totals = limits.flatMap(({ scope, period, max }) => (scope === 'campaign' && !period ? [max] : []));
  const uses = totals.length === 0 ? null : BigInt(Math.min(...totals));
  const paidFor = budget ? BigInt(budget[currency] ?? 0) : null;
  const face = least(paidFor, uses === null ? null : uses * each);
  const activations = each === 0n ? uses : face === null ? null : divideUp(face, each);
  return {
    currency,
    perActivation: Number(each),
    activations: numberOf(activations),
    face: numberOf(each === 0n ? 0n : face),
    worstCase: numberOf(each === 0n ? 0n : converted(rewards, currency, { each, face, activations })),
  };
}

interface Taken {
  /** Of one activation. */
  each: bigint;
  face: bigint | null;
  activations: bigint | null;
}

/** What becomes real money of all of it; null when nothing limits that. */
function converted(
  rewards: readonly Reward[],
  currency: string,
  { each, face, activations }: Taken,
): bigint | null {
  if (face === null || activations === null) return null;
  let sum = 0n;
  for (const reward of rewards) {
    const share = divideUp(BigInt(largestCost(reward, currency)) * face, each);
    const most = winsWithoutEnd(reward, currency)
      ? null
      : mostConverted(reward, currency, Number(activations), share);
    if (most === null) return null;
    sum += most;
  }
  return sum;
}

const winsWithoutEnd = (reward: Reward, currency: string): boolean =>
  reward.kind === 'free_spins' && reward.winCap?.[currency] === undefined;

const divideUp = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;

function least(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

const numberOf = (value: bigint | null): number | null => (value === null ? null : Number(value));
