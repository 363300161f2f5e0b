/** Money: currencies, exact amounts in minor units, bonus and wagering arithmetic. */
export { formatAmount, parseAmount } from './amount-text.ts';
export { matchBonus, matchedDeposit } from './bonus-amounts.ts';
export {
  type Currency,
  type CurrencyTable,
  createCurrencyTable,
  currencyErrors,
  findCurrency,
  MAX_EXPONENT,
} from './currency.ts';
export {
  addMinor,
  BASIS_POINTS,
  type BasisPoints,
  checkMinor,
  type Minor,
  requireMinor,
  scaleDown,
  shareOf,
} from './minor.ts';
export {
  largestWageringBase,
  WAGER_UNIT,
  type WageringBase,
  type WagerUnits,
  wageringBaseAmount,
  wageringRequired,
  wagerToMinor,
} from './wagering.ts';
