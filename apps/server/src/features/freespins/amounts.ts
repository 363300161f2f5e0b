import { ok, type Result } from '@promosmith/core';
import {
  type Currency,
  checkMinor,
  createCurrencyTable,
  findCurrency,
  parseAmount,
} from '@promosmith/core/money';
import type { Brands } from '../brands/index.ts';
import type { Amount } from './shapes/index.ts';

/** A currency of the brand. @throws when it knows none of the code: spins are only ordered in those it knows. */
export async function currencyOf(brands: Brands, brandId: string, code: string): Promise<Currency> {
  const table = createCurrencyTable((await brands.settings(brandId)).currencies);
  const currency = table.ok ? findCurrency(table.value, code) : table;
  if (!currency.ok) throw new Error(`brand ${brandId} has no currency ${code}: ${currency.refusal.message}`);
  return currency.value;
}

/** Money as a provider writes it, in minor units. Refused when it is negative, inexact or has too many decimals. */
export const minorOf = (amount: Amount, currency: Currency): Result<number> =>
  typeof amount === 'number' ? checkMinor(amount) : parseAmount(amount, currency);

/** A standing or a report with its money in minor units. */
export function inMinor<Told extends { readonly won: Amount }>(
  told: Told,
  currency: Currency,
): Result<Omit<Told, 'won'> & { readonly won: number }> {
  const won = minorOf(told.won, currency);
  return won.ok ? ok({ ...told, won: won.value }) : won;
}
