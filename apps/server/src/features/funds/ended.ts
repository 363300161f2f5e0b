import type { GrantFunds, Rounds } from '@promosmith/core/funds';
import type { Queryable } from '../../platform/db.ts';
import { joined, nameOf, type Wallet } from './folding/wallet.ts';
import { loadFolded } from './store/grants.ts';

/** A wallet about to take in wins, and how the stakes of their rounds were paid for. */
export interface Winning {
  readonly wallet: Wallet;
  readonly rounds: Rounds;
}

/** Lets wallets know bonuses that are over and that a win comes for: what became of them decides whose it is. */
export async function knowEnded(connection: Queryable, winning: readonly Winning[]): Promise<void> {
  const missing = winning.map((one) => ({ ...one, ids: unknown(one) })).filter(({ ids }) => ids.size > 0);
  if (missing.length === 0) return;
  const players = new Set(missing.map(({ wallet }) => wallet.playerId));
  const folded = Map.groupBy(await loadFolded(connection, [...players]), nameOf);
  for (const { wallet, ids } of missing) {
    const ended = (folded.get(nameOf(wallet)) ?? []).filter(({ grant }) => ids.has(grant.grantId));
    wallet.known = joined(wallet.known, ended);
    wallet.funds = {
      ...wallet.funds,
      grants: together(
        wallet.funds.grants,
        ended.map(({ grant }) => grant),
      ),
    };
  }
}

/** Bonuses in the order they count. */
export const together = (some: readonly GrantFunds[], others: readonly GrantFunds[]): GrantFunds[] =>
  [...some, ...others].sort((a, b) => a.startedAt - b.startedAt || (a.grantId < b.grantId ? -1 : 1));

function unknown({ wallet: { funds, starts }, rounds }: Winning): Set<string> {
  const ids = partsOf([...rounds.values(), ...funds.rounds.filter(({ roundId }) => rounds.has(roundId))]);
  for (const { grantId } of [...funds.grants, ...starts]) ids.delete(grantId);
  return ids;
}

/** The bonuses with a part in stakes. */
export const partsOf = (
  fundings: Iterable<{ readonly parts: readonly { readonly grantId: string }[] }>,
): Set<string> => new Set([...fundings].flatMap(({ parts }) => parts.map(({ grantId }) => grantId)));
