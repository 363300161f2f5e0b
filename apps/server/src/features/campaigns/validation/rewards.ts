import type { Reward, WageringTerms } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import { matchBonus } from '@promosmith/core/money';
import { turnoverFaults } from './turnover.ts';

type Of<Kind extends Reward['kind']> = Extract<Reward, { kind: Kind }>;

/** Faults within the rewards of one offer. Fields are paths from `rewards` on. */
export function rewardFaults(rewards: readonly Reward[]): FieldError[] {
  const deposits = rewards.flatMap(({ kind }, at) => (kind === 'deposit' ? [at] : []));
  return [
    ...deposits.slice(1).map((at) => ({
      field: `rewards.${at}`,
      reason: `rewards.${deposits[0]} is a deposit bonus already; an offer waits for one deposit`,
      fix: 'make a campaign of its own for the second deposit',
    })),
    ...rewards.flatMap((reward, at) =>
      [...faultsOf(reward), ...turnoverFaults(reward)].map((fault) => ({
        ...fault,
        field: `rewards.${at}.${fault.field}`,
      })),
    ),
  ];
}

function faultsOf(reward: Reward): FieldError[] {
  switch (reward.kind) {
    case 'deposit':
      return [...depositFaults(reward), ...wageringFaults(reward.wagering, ['bonus', 'deposit_plus_bonus'])];
    case 'free_spins':
      return [
        ...freeSpinsFaults(reward),
        ...payoutFaults('winnings', reward.winnings, reward.wagering, ['winnings', 'bonus']),
      ];
    case 'bonus_balance':
      return [...zeroAmounts('amount', reward.amount), ...wageringFaults(reward.wagering, ['bonus'])];
    case 'cashback':
      return [
        ...cashbackFaults(reward),
        ...payoutFaults('cashback', reward.paidAs, reward.wagering, ['bonus']),
      ];
    case 'tournament_entry':
    case 'special':
      return [];
  }
}

function zeroAmounts(field: string, amounts: Readonly<Record<string, number>>): FieldError[] {
  return Object.entries(amounts).flatMap(([code, amount]) =>
    amount === 0 ? [{ field: `${field}.${code}`, reason: 'must be above zero' }] : [],
  );
}

function depositFaults({ cap, minDeposit, matchBps, paymentMethods }: Of<'deposit'>): FieldError[] {
  const only = paymentMethods?.only ?? [];
  const except = paymentMethods?.except ?? [];
  return [
    ...zeroAmounts('cap', cap),
    ...Object.entries(minDeposit).flatMap(([code, least]) => {
      const limit = cap[code];
      const earned = matchBonus(least, matchBps, Number.MAX_SAFE_INTEGER);
      if (limit === undefined || limit >= earned) return [];
      return [
        {
          field: `cap.${code}`,
          reason: `is below the ${earned} that the smallest deposit earns already`,
          fix: `at least ${earned}`,
        },
      ];
    }),
    ...only
      .filter((method) => except.includes(method))
      .map((method) => ({ field: 'paymentMethods', reason: `${method} is both allowed and excluded` })),
  ];
}

function freeSpinsFaults({ count, spinValue, games }: Of<'free_spins'>): FieldError[] {
  return [
    ...zeroAmounts('spinValue', spinValue),
    ...Object.entries(spinValue).flatMap(([code, value]) =>
      Number.isSafeInteger(value * count)
        ? []
        : [{ field: `spinValue.${code}`, reason: `is too large for ${count} spins` }],
    ),
    ...games.flatMap((game, at) =>
      games.indexOf(game) === at ? [] : [{ field: `games.${at}`, reason: `${game} is named already` }],
    ),
  ];
}

function cashbackFaults({ cap, minLoss = {}, rateBps, periods }: Of<'cashback'>): FieldError[] {
  return [
    ...zeroAmounts('cap', cap),
    ...Object.entries(cap).flatMap(([code, most]) =>
      Number.isSafeInteger(most * periods)
        ? []
        : [{ field: `cap.${code}`, reason: `is too large for ${periods} periods` }],
    ),
    ...Object.entries(minLoss).flatMap(([code, least]) => {
      const limit = cap[code];
      const earned = matchBonus(least, rateBps);
      if (limit === undefined || limit >= earned) return [];
      return [
        {
          field: `cap.${code}`,
          reason: `is below the ${earned} that the smallest loss earns already`,
          fix: `at least ${earned}`,
        },
      ];
    }),
  ];
}

/** What is paid out as cash is not wagered; what becomes a bonus must say how it is. */
function payoutFaults(
  what: 'winnings' | 'cashback',
  paidAs: 'bonus' | 'cash',
  wagering: WageringTerms | undefined,
  bases: readonly WageringTerms['base'][],
): FieldError[] {
  if (paidAs === 'cash')
    return wagering ? [{ field: 'wagering', reason: 'cash is not wagered', fix: 'leave it out' }] : [];
  if (!wagering)
    return [
      {
        field: 'wagering',
        reason: `is missing: ${what} paid as a bonus ${what === 'winnings' ? 'are' : 'is'} wagered`,
        fix: 'for none, pay cash',
      },
    ];
  return wageringFaults(wagering, bases);
}

function wageringFaults(wagering: WageringTerms, bases: readonly WageringTerms['base'][]): FieldError[] {
  const { base, maxBet, maxConversion } = wagering;
  const faults: FieldError[] = [];
  if (!bases.includes(base))
    faults.push({
      field: 'wagering.base',
      reason: `${base} does not apply to this reward`,
      fix: bases.join(' or '),
    });
  if (maxBet && !maxBet.amounts && maxBet.bonusShare === undefined)
    faults.push({ field: 'wagering.maxBet', reason: 'names neither amounts nor a share of the bonus' });
  if (maxConversion && !maxConversion.amounts && maxConversion.timesBonus === undefined)
    faults.push({
      field: 'wagering.maxConversion',
      reason: 'names neither amounts nor a multiple of the bonus',
    });
  return faults;
}
