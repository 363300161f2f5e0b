import type { DepositTerms, Millis, RefusalKey } from '../activation/index.ts';
import {
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
 * changes nothing: the activation goes on waiting for the next one.
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
  const { wagering } = terms;
  const depositPart =
    wagering.depositBase === 'full' ? deposit.amount : matchedDeposit(deposit.amount, terms.matchBps, cap);
  const base = wageringBaseAmount(
    wagering.base === 'deposit_plus_bonus'
      ? { base: 'deposit_plus_bonus', bonus, depositPart }
      : { base: 'bonus', bonus },
  );
  return {
    ok: true,
    bonus,
    wageringRequired: Number(wageringRequired(base, wagering.multiplier)),
    expiresAt: now + wagering.expiresAfterSeconds * 1000,
  };
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
