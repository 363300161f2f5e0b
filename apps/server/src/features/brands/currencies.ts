import type { BrandSettings } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { createCurrencyTable, findCurrency } from '@promosmith/core/money';

/** Whether a brand can have this main currency with these of its own. */
export function checkCurrencies(currency: string, configured: BrandSettings['currencies']): Result<unknown> {
  const table = createCurrencyTable(configured);
  return table.ok ? findCurrency(table.value, currency) : table;
}

/** Amounts are stored in minor units, so a currency in force can neither go nor get another exponent. */
export function checkKept(
  before: BrandSettings['currencies'],
  after: BrandSettings['currencies'],
): Result<unknown> {
  const lost = before.filter(
    (kept) => !after.some(({ code, exponent }) => code === kept.code && exponent === kept.exponent),
  );
  if (lost.length === 0) return ok(undefined);
  return refuse(
    'currency_fixed',
    'A configured currency can neither be removed nor get another exponent: stored amounts would change their meaning.',
    lost.map(({ code, exponent }) => ({
      field: 'currencies',
      reason: `${code} with exponent ${exponent} is missing`,
      fix: `Keep {"code":"${code}","exponent":${exponent}}.`,
    })),
  );
}
