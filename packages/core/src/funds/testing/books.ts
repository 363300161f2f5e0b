import { linesOfBet } from '../corrections.ts';
import type { Folded, FundsEvent, Line } from '../types.ts';

/** What every account holds after the lines booked. Bonuses are granted by whoever issues them: that is booked too. */
export type Books = Map<string, bigint>;

export function book(books: Books, lines: readonly Line[]): void {
  for (const { debit, credit, amount } of lines) {
    books.set(debit, (books.get(debit) ?? 0n) - BigInt(amount));
    books.set(credit, (books.get(credit) ?? 0n) + BigInt(amount));
  }
}

/** All the lines of one event, its bet's and its bonus's own among them. */
export function linesOf(event: FundsEvent, { lines, bet }: Folded): Line[] {
  const booked = bet ? [...lines, ...linesOfBet(bet)] : [...lines];
  if (event.kind === 'grant_started') booked.push(granted(event.grant.grantId, event.grant.amount));
  return booked;
}

const granted = (grantId: string, amount: number): Line => ({
  kind: 'balance_adjusted',
  debit: 'house:bonus_expense',
  credit: `player:bonus:${grantId}`,
  amount,
  grantId,
});
