/**
 * Tells, in SQL, whether a grant is money of a wallet here, rather than something else or kept by an outside engine:
 * while it is active, everything that changes it goes through the wallet.
 */
export const IS_MONEY = `kind in ('deposit', 'bonus_balance') and outside_balance is null`;
