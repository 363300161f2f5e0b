import type { DepositTerms, Millis, RefusalKey } from '../activation/index.ts';
import {
  largestWageringBase,
  type Minor,
  matchBonus,
  matchedDeposit,
  wageringBaseAmount,
  wageringRequired,
} from '../money/index.ts';

/** A deposit that reached the player's account. */
export interface Deposit {
  /** Minor units. */
  readonly amount: Minor;
  readonly currency: string;
  readonly method: string | null;
  /** Which of the player's deposits it is, 1 for the first. */
  readonly nth: number;
}

export type DepositVerdict =
  | {
      readonly ok: true;
      /** Bonus in minor units, rounded down. */
      readonly bonus: Minor;
      /** Turnover required, in 1/10,000 minor units. */
      readonly wageringRequired: number;
      readonly expiresAt: Millis;
    }
  | { readonly ok: false; readonly key: RefusalKey };

/**
 * What a deposit bonus is worth for this deposit (DOMAIN §3, vectors V1, V4, V5, V6). A deposit that does not qualify
 * changes nothing: the activation goes on waiting for the next one. That goes for one too small to earn a single minor
 * unit, and for one whose turnover would be too large to be counted exactly.
 */
export function depositBonus(
  terms: DepositTerms,
  currency: string,
  deposit: Deposit,
  now: Millis,
): DepositVerdict {
  const refused = disqualified(terms, currency, deposit);
  if (refused) return { ok: false, key: refused };
  const cap = terms.cap[currency] ?? 0;
  const bonus = matchBonus(deposit.amount, terms.matchBps, cap);
  if (bonus === 0) return { ok: false, key: 'min_deposit_not_met' };
  const { wagering } = terms;
  const depositPart = wageredPart(terms, deposit.amount, cap);
  if (depositPart > largestWageringBase(wagering.multiplier) - bonus)
    return { ok: false, key: 'max_deposit_exceeded' };
  const base = wageringBaseAmount({ base: 'deposit_plus_bonus', bonus, depositPart });
  return {
    ok: true,
    bonus,
    wageringRequired: Number(wageringRequired(base, wagering.multiplier)),
    expiresAt: now + wagering.expiresAfterSeconds * 1000,
  };
}

/** What of the deposit itself must be wagered, in minor units. */
function wageredPart({ matchBps, wagering }: DepositTerms, deposit: Minor, cap: Minor): Minor {
  if (wagering.base !== 'deposit_plus_bonus') return 0;
  return wagering.depositBase === 'full' ? deposit : matchedDeposit(deposit, matchBps, cap);
}

function disqualified(terms: DepositTerms, currency: string, deposit: Deposit): RefusalKey | null {
  if (deposit.currency !== currency) return 'currency_not_eligible';
  if (deposit.amount < (terms.minDeposit[currency] ?? 0)) return 'min_deposit_not_met';
  if (terms.nthDeposit !== undefined && deposit.nth !== terms.nthDeposit) return 'audience_rules_violated';
  return methodAllowed(terms.paymentMethods, deposit.method) ? null : 'payment_method_excluded';
}

/** A deposit whose method nobody told satisfies no list of allowed ones. */
function methodAllowed(methods: DepositTerms['paymentMethods'], method: string | null): boolean {
  if (methods?.only && (method === null || !methods.only.includes(method))) return false;
  return method === null || !methods?.except?.includes(method);
}
