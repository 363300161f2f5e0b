import type { Millis } from '@promosmith/core/activation';
import type { FundsChange } from './change.ts';
import type { Wallet } from './folding/wallet.ts';
import type { Bet } from './store/bets.ts';
import type { Entry, EntryDetail } from './store/entries.ts';

/** A change as it is written down: as a bet, or as an entry. */
export type Written =
  | { readonly bet: Bet; readonly entry?: never }
  | { readonly entry: Entry; readonly bet?: never };

/** @param at when it happened: as told, or now. */
export function writtenAs(
  { brandId, playerId, currency, reference, change }: FundsChange,
  at: Millis,
): Written {
  const key = { playerId, currency, brandId };
  const entry = (
    kind: Entry['kind'],
    amount: number,
    grantId: string | null = null,
    detail: EntryDetail = {},
  ): Written => ({ entry: { ...key, reference, kind, amount, grantId, detail, at } });
  switch (change.kind) {
    case 'deposit':
    case 'deposit_reversed':
      return entry(change.kind, change.amount);
    case 'withdrawal_requested':
    case 'withdrawal_cancelled':
    case 'withdrawal_paid':
      return entry(change.kind, change.amount);
    case 'cash':
      return entry('cash', change.amount, change.grantId, { reason: change.why });
    case 'end':
      return entry('end', 0, change.grantId, { as: change.as, reason: change.reason });
    case 'extend':
      return entry('extend', 0, change.grantId, { expiresAt: change.expiresAt });
    case 'reinstate':
      return entry('reinstate', 0, change.grantId, { reason: change.reason });
    case 'rollback':
    case 'bet_rollback':
      return entry(change.kind, 0);
    case 'bet':
    case 'stake':
    case 'win': {
      const { roundId, game, category = null, provider = null } = change;
      const place = { betId: reference, roundId, game, category, provider, at };
      return { bet: { ...key, ...place, ...amountsOf(change) } };
    }
  }
}

type Play = Extract<FundsChange['change'], { kind: 'bet' | 'stake' | 'win' }>;

function amountsOf(play: Play): Pick<Bet, 'part' | 'stake' | 'win'> {
  switch (play.kind) {
    case 'bet':
      return { part: null, stake: play.stake, win: play.win };
    case 'stake':
      return { part: 'stake', stake: play.amount, win: 0 };
    case 'win':
      return { part: play.endsRound ? 'closing_win' : 'win', stake: 0, win: play.amount };
  }
}

/** An entry with what the wallet alone knows: ended bonuses that it is about, or until when one would have run. */
export function completed(written: Written, { funds, starts }: Wallet): Written {
  if (written.bet) return written;
  const { entry } = written;
  const { kind, grantId, reference, detail } = entry;
  if (kind === 'extend') {
    const known = [...funds.grants, ...starts].find((grant) => grant.grantId === grantId);
    return { entry: { ...entry, detail: { ...detail, expiredAt: known?.expiresAt ?? null } } };
  }
  const revived = funds.grants.filter(
    ({ state, grantId: id, forfeitedBy }) =>
      (state === 'lost' || state === 'forfeited') &&
      (kind === 'withdrawal_cancelled'
        ? forfeitedBy === reference
        : (kind === 'reinstate' || kind === 'end') && id === grantId),
  );
  if (revived.length === 0) return written;
  const kept = revived.map(({ terms: _, ...grant }) => grant);
  return { entry: { ...entry, detail: { ...detail, revived: kept } } };
}

/** Whether both tell of the same bet. */
export const isSameBet = (a: Bet, b: Bet): boolean =>
  a.roundId === b.roundId &&
  a.game === b.game &&
  a.category === b.category &&
  a.provider === b.provider &&
  a.currency === b.currency &&
  a.part === b.part &&
  a.stake === b.stake &&
  a.win === b.win;

/** Whether both tell of the same change. */
export const isSameEntry = (a: Entry, b: Entry): boolean =>
  a.currency === b.currency &&
  a.amount === b.amount &&
  a.grantId === b.grantId &&
  a.detail.as === b.detail.as &&
  a.detail.expiresAt === b.detail.expiresAt;
