import type { PlatformEvent } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { adjustmentsOf } from './adjusting.ts';
import { eventsOf, NO_CAUSES } from './announce.ts';
import { applyAll } from './apply.ts';
import { nameOf, type Wallet } from './folding/wallet.ts';
import { type Owner, openWallets } from './open.ts';
import { isSameBet } from './requests.ts';
import { voidedAmong } from './rollbacks.ts';
import { saveAll } from './save.ts';
import { type Bet, eventOf, findBets, type NewBet, type StoredBet } from './store/bets.ts';
import { correctionOf, type Entry } from './store/entries.ts';
import { databaseNow } from './store/wallets.ts';

/** A settled bet as the platform tells of it, with what the player is called there. */
export interface ToldBet {
  readonly bet: Bet;
  readonly player: string;
}

/** What became of a bet that was told. */
export type BetVerdict =
  | 'taken'
  | 'known'
  | 'conflict'
  | 'event_in_future'
  | 'event_too_old'
  | 'amount_too_large';

const MOST_AHEAD_MS = 5 * 60_000;
const OLDEST_MS = 90 * 86_400_000;

/** The event as a bet. */
export const betOf = (
  event: Extract<PlatformEvent, { type: 'bet.settled' }> & { brandId: string; playerId: string },
): ToldBet => ({
  player: event.player,
  bet: {
    playerId: event.playerId,
    currency: event.data.currency,
    brandId: event.brandId,
    betId: event.data.betId,
    roundId: event.data.roundId,
    game: event.data.game,
    category: event.data.category ?? null,
    provider: event.data.provider ?? null,
    part: null,
    stake: event.data.stake,
    win: event.data.win,
    at: Date.parse(event.time),
  },
});

/**
 * Folds settled bets into their wallets and writes them down: however many, a handful of statements, which start
 * together where one does not need what another finds.
 * @param told each bet once.
 * @param lookUp whether to look for bets told before. Without, one that was is found when it is written: `Overtaken`.
 * @returns a verdict on each, and what to publish.
 */
export async function takeBets(
  connection: Queryable,
  told: readonly ToldBet[],
  lookUp: boolean,
): Promise<{ verdicts: BetVerdict[]; published: NewEvent[] }> {
  const owners = new Map<string, Owner>();
  const names = told.map(({ bet, player }) => {
    const name = nameOf(bet);
    if (!owners.has(name)) {
      const { playerId, currency, brandId } = bet;
      owners.set(name, { playerId, currency, brandId, player });
    }
    return name;
  });
  const [wallets, now] = await Promise.all([
    openWallets(connection, [...owners.values()]),
    databaseNow(connection),
  ]);
  const known = lookUp ? await knownBets(connection, told) : NONE_KNOWN;
  const isVoid = await voidedAmong(
    connection,
    told.flatMap(({ bet }, index) => (wallets.get(names[index] ?? '')?.hasVoids ? [bet] : [])),
  );

  const byWallet = new Map<Wallet, { bets: Bet[]; indices: number[]; player: string }>();
  const verdicts = told.map(({ bet, player }, index): BetVerdict => {
    if (bet.at > now + MOST_AHEAD_MS) return 'event_in_future';
    if (bet.at < now - OLDEST_MS) return 'event_too_old';
    const stored = known.get(idOf(bet));
    if (stored) return isSameBet(stored.bet, bet) ? 'known' : 'conflict';
    const wallet = wallets.get(names[index] ?? '');
    if (!wallet) throw new Error(`there is no wallet for bet ${bet.betId}`);
    const of = byWallet.get(wallet);
    if (of) {
      of.bets.push(bet);
      of.indices.push(index);
    } else byWallet.set(wallet, { bets: [bet], indices: [index], player });
    return 'taken';
  });
  const works = [...byWallet].map(([wallet, { bets }]) => {
    const standing = wallet.hasVoids ? bets.filter((bet) => !isVoid(bet)) : bets;
    return { wallet, events: standing.map(eventOf), removed: [] };
  });
  const left = await applyAll(connection, works, now);

  const rows: NewBet[] = [];
  const entries: Entry[] = [];
  const published: NewEvent[] = [];
  let nth = 0;
  for (const [wallet, { bets, indices, player }] of byWallet) {
    const { refused, late } = left[nth] ?? {};
    const refusedIds = refused && refused.size > 0 ? new Set([...refused].map(({ id }) => id)) : undefined;
    for (const [n, bet] of bets.entries())
      if (refusedIds?.has(bet.betId)) verdicts[indices[n] ?? -1] = 'amount_too_large';
      else rows.push({ bet, split: wallet.splits.get(bet.betId) ?? null, isVoid: isVoid(bet) });
    if (late)
      for (const { id, at, amount } of late.corrections) entries.push(correctionOf(wallet, id, at, amount));
    if (wallet.told.length > 0) published.push(...eventsOf(wallet, player, NO_CAUSES));
    nth++;
  }
  const tooLate = works.flatMap(({ wallet }, index) => {
    const one = left[index];
    return one && one.late.bets.length > 0 ? [{ wallet, left: one }] : [];
  });
  const adjustments = tooLate.length > 0 ? await adjustmentsOf(connection, tooLate) : [];
  await saveAll(
    connection,
    works.map(({ wallet }) => wallet),
    { bets: rows, entries, adjustments, voided: [], causes: NO_CAUSES },
    now,
  );
  return { verdicts, published };
}

const NONE_KNOWN: ReadonlyMap<string, StoredBet> = new Map();

const idOf = ({ playerId, betId }: Bet): string => `${playerId} ${betId}`;

async function knownBets(connection: Queryable, told: readonly ToldBet[]): Promise<Map<string, StoredBet>> {
  const found = await findBets(
    connection,
    told.map(({ bet }) => [bet.playerId, bet.betId] as const),
  );
  return new Map(found.map((stored) => [idOf(stored.bet), stored]));
}
