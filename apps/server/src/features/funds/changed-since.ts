import type { Millis } from '@promosmith/core/activation';
import { nameOf, type Wallet } from './folding/wallet.ts';
import type { Bet, NewBet } from './store/bets.ts';
import type { Entry } from './store/entries.ts';

interface Written {
  readonly bets: readonly NewBet[];
  readonly entries: readonly Entry[];
  /** Bets rolled back. */
  readonly voided: readonly Bet[];
}

/** Before everything that ever happened to a player. */
const FROM_THE_BEGINNING: Millis = 0;

/**
 * Since when wallets are other than they were, in their order: whoever keeps sums of players' days makes them anew from
 * there. No later than any bet, entry or end of a bonus that is new, or is there no longer.
 */
export function changedSince(wallets: readonly Wallet[], { bets, entries, voided }: Written): Millis[] {
  const earliest = new Map<string, Millis>();
  const note = (name: string, at: Millis) => {
    const known = earliest.get(name);
    if (known === undefined || at < known) earliest.set(name, at);
  };
  for (const { bet } of bets) note(nameOf(bet), bet.at);
  for (const bet of voided) note(nameOf(bet), bet.at);
  // A deposit that was reversed is taken from its own day.
  for (const entry of entries)
    note(nameOf(entry), entry.kind === 'deposit_reversed' ? FROM_THE_BEGINNING : entry.at);
  return wallets.map((wallet) => {
    const { told, rewoundTo } = wallet;
    const own = earliest.get(nameOf(wallet)) ?? Number.POSITIVE_INFINITY;
    const of = told.reduce((least, { at }) => Math.min(least, at), own);
    const folded = rewoundTo === undefined ? of : Math.min(of, rewoundTo ?? FROM_THE_BEGINNING);
    return Number.isFinite(folded) ? folded : (wallet.last?.at ?? FROM_THE_BEGINNING);
  });
}
