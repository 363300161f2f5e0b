/** What a bonus is worth, from its terms and what the player did. */
export { type Deposit, type DepositVerdict, depositBonus } from './deposit.ts';
