import { ok, type Result } from '@promosmith/core';
import {
  type Currency,
  type CurrencyTable,
  checkMinor,
  createCurrencyTable,
  findCurrency,
  parseAmount,
} from '@promosmith/core/money';
import type { Brands } from '../brands/index.ts';
import type { Amount } from './shapes/index.ts';

/** What a brand knows of currencies. Asked before a transaction begins: what holds a connection must not wait for another. */
export async function currenciesOf(brands: Brands, brandId: string): Promise<CurrencyTable> {
  const table = createCurrencyTable((await brands.settings(brandId)).currencies);
  if (!table.ok) throw new Error(`stored currencies are refused: ${table.refusal.message}`);
  return table.value;
}

/** @throws when the brand knows none of the code: spins are only ordered in those it knows. */
export function currencyIn(table: CurrencyTable, code: string): Currency {
  const currency = findCurrency(table, code);
  if (!currency.ok) throw new Error(currency.refusal.message);
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
