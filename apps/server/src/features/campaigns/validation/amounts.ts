import type { CampaignDefinition, Reward } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import { hasExactCost, largestCostOf, payableIn } from '@promosmith/core/activation';
import { type CurrencyTable, currencyErrors } from '@promosmith/core/money';

/** An amount for each of several currencies, and where it stands in the definition. */
interface Amounts {
  field: string;
  amounts: Readonly<Record<string, number>>;
}

/** Faults of money: currencies nobody knows, amounts that do not fit together, a budget that pays for nothing. */
export function amountFaults(definition: CampaignDefinition, currencies: CurrencyTable): FieldError[] {
  const unknown = unknownCurrencies(definition, currencies);
  return unknown.length > 0
    ? unknown
    : [
        ...missingAmounts(definition),
        ...strayBudget(definition),
        ...unboundedWins(definition),
        ...nobodyPaid(definition),
        ...tooDear(definition),
        ...tooSmall(definition),
      ];
}

function unknownCurrencies(definition: CampaignDefinition, currencies: CurrencyTable): FieldError[] {
  const check = (field: string, code: string) => currencyErrors(currencies, field, code);
  return [
    ...(definition.markets.currencies ?? []).flatMap((code, at) => check(`markets.currencies.${at}`, code)),
    ...[...allAmounts(definition)].flatMap(({ field, amounts }) =>
      Object.keys(amounts).flatMap((code) => check(`${field}.${code}`, code)),
    ),
  ];
}

/** A market the campaign names must be able to get every part of the offer. */
function missingAmounts(definition: CampaignDefinition): FieldError[] {
  const offered = definition.markets.currencies ?? [];
  return [...decidingAmounts(definition)].flatMap(({ field, amounts }) => {
    const missing = offered.filter((code) => !Object.hasOwn(amounts, code));
    if (missing.length === 0) return [];
    return [
      {
        field,
        reason: `has no amount in ${missing.join(', ')}, which markets.currencies offers`,
        fix: `name an amount in ${missing.join(', ')}, or take it out of the markets`,
      },
    ];
  });
}

/** Money set aside in a currency in which nothing can be granted is a mistake in one of the two. */
function strayBudget(definition: CampaignDefinition): FieldError[] {
  const { budget, markets } = definition;
  const unbudgeted = { ...definition, budget: null };
  return Object.keys(budget ?? {}).flatMap((code) => {
    const offered = !markets.currencies || markets.currencies.includes(code);
    if (offered && payableIn(unbudgeted, code)) return [];
    const reason = offered
      ? `not every reward names an amount in ${code}`
      : `markets.currencies leaves ${code} out`;
    return [{ field: `budget.${code}`, reason }];
  });
}

/** A budget has to know the most that an activation can cost it, and spins may win any amount. */
function unboundedWins({ budget, rewards }: CampaignDefinition): FieldError[] {
  return rewards.flatMap((reward, at) => {
    if (reward.kind !== 'free_spins') return [];
    const unbounded = Object.keys(budget ?? {}).filter((code) => reward.winCap?.[code] === undefined);
    if (unbounded.length === 0) return [];
    return [
      {
        field: `rewards.${at}.winCap`,
        reason: `has no amount in ${unbounded.join(', ')}: a budget has to know the most that the spins can win`,
        fix: `name an amount in ${unbounded.join(', ')}, or run the campaign without a budget`,
      },
    ];
  });
}

function nobodyPaid(definition: CampaignDefinition): FieldError[] {
  const named = [...decidingAmounts(definition)].map(({ amounts }) => Object.keys(amounts));
  const first = named[0];
  if (!first || first.some((code) => named.every((codes) => codes.includes(code)))) return [];
  return [
    {
      field: 'rewards',
      reason: 'no currency has an amount in every reward and in the budget, so nobody could get the offer',
    },
  ];
}

/** Rewards that are each fine, but together cost more than can be counted exactly. */
function tooDear({ rewards }: CampaignDefinition): FieldError[] {
  const codes = new Set(
    rewards.flatMap((reward) => Object.values(requiredAmounts(reward)).flatMap(Object.keys)),
  );
  return [...codes]
    .filter((code) => !hasExactCost({ rewards }, code))
    .filter((code) => rewards.every((reward) => hasExactCost({ rewards: [reward] }, code)))
    .map((code) => ({
      field: 'rewards',
      reason: `together cost more in ${code} than can be counted exactly`,
      fix: `less than ${Number.MAX_SAFE_INTEGER} minor units together`,
    }));
}

function tooSmall(definition: CampaignDefinition): FieldError[] {
  const payable = Object.entries(definition.budget ?? {}).filter(
    ([code]) => payableIn(definition, code) && hasExactCost(definition, code),
  );
  return payable.flatMap(([code, amount]) => {
    const needed = largestCostOf(definition, code);
    if (amount >= needed) return [];
    return [
      {
        field: `budget.${code}`,
        reason: `pays for no bonus: one can cost up to ${needed} minor units`,
        fix: `at least ${needed}`,
      },
    ];
  });
}

/** The amounts that decide which currencies the offer is open to. */
export function* decidingAmounts({ budget, rewards }: CampaignDefinition): Generator<Amounts> {
  if (budget) yield { field: 'budget', amounts: budget };
  for (const [at, reward] of rewards.entries())
    for (const [name, amounts] of Object.entries(requiredAmounts(reward)))
      yield { field: `rewards.${at}.${name}`, amounts };
}

function* allAmounts(definition: CampaignDefinition): Generator<Amounts> {
  yield* decidingAmounts(definition);
  for (const [at, reward] of definition.rewards.entries())
    for (const [name, amounts] of Object.entries(furtherAmounts(reward)))
      if (amounts) yield { field: `rewards.${at}.${name}`, amounts };
}

function requiredAmounts(reward: Reward): Record<string, Readonly<Record<string, number>>> {
  switch (reward.kind) {
    case 'deposit':
      return { cap: reward.cap, minDeposit: reward.minDeposit };
    case 'free_spins':
      return { spinValue: reward.spinValue };
    case 'bonus_balance':
      return { amount: reward.amount };
    case 'cashback':
      return { cap: reward.cap };
    default:
      return {};
  }
}

/** Amounts that only limit what is granted: a currency they leave out is not limited. */
function furtherAmounts(reward: Reward): Record<string, Readonly<Record<string, number>> | undefined> {
  const wagering = 'wagering' in reward ? reward.wagering : undefined;
  return {
    winCap: reward.kind === 'free_spins' ? reward.winCap : undefined,
    minLoss: reward.kind === 'cashback' ? reward.minLoss : undefined,
    'wagering.maxBet.amounts': wagering?.maxBet?.amounts,
    'wagering.maxConversion.amounts': wagering?.maxConversion?.amounts,
    'wagering.dustThreshold': wagering?.dustThreshold,
  };
}
