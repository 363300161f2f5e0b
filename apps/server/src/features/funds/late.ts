import type { Millis } from '@promosmith/core/activation';
import { compareEvents, type FundsEvent, type Place } from '@promosmith/core/funds';
import type { Wallet } from './folding/wallet.ts';
import { eventOf, type StoredBet } from './store/bets.ts';

type Play = Extract<FundsEvent, { kind: 'bet' | 'stake' | 'win' }>;
type Correction = Extract<FundsEvent, { kind: 'correction' }>;

/** What came after a bonus had ended for good, from before its end: it changes real money only. */
export interface Late {
  /** Bets that are no lines of the books. */
  readonly bets: readonly Play[];
  /** Other events by what they were told as: they take effect now. */
  readonly retimed: ReadonlyMap<FundsEvent, FundsEvent>;
  /** What the bets come to. */
  readonly corrections: readonly Correction[];
  /** Bets that were taken back too late. */
  readonly removed: readonly StoredBet[];
}

/** Whether an event can be folded where it belongs. */
export const behind = (barrier: Place | null, event: Place): boolean =>
  barrier === null || compareEvents(barrier, event) < 0;

const isPlay = (event: FundsEvent): event is Play =>
  event.kind === 'bet' || event.kind === 'stake' || event.kind === 'win';

/**
 * Parts what may be folded where it belongs from what comes too late for that. What takes effect now does so after the
 * instant of the barrier, not at it: there a deposit, say, would stand before the end of a bonus, where nothing is folded.
 */
export function sortOutLate(
  wallet: Wallet,
  barrier: Place | null,
  events: readonly FundsEvent[],
  removed: readonly StoredBet[],
  now: Millis,
): Late {
  const at = Math.max(now, wallet.last?.at ?? now, barrier ? barrier.at + 1 : now);
  const late = events.filter((event) => !behind(barrier, event));
  const bets = late.filter(isPlay);
  const gone = removed.filter(({ bet, isBooked }) => !isBooked || !behind(barrier, eventOf(bet)));
  const corrections = [
    ...bets.map((bet): Correction => ({ kind: 'correction', at, id: correctionId(bet), amount: netOf(bet) })),
    ...gone.map(({ bet, split, isBooked }): Correction => {
      const { realStake, realWin } = isBooked ? split : { realStake: bet.stake, realWin: bet.win };
      return { kind: 'correction', at, id: `rollback ${bet.betId}`, amount: realStake - realWin };
    }),
  ].filter(({ amount }) => amount !== 0);
  const retimed = late.filter((event) => !isPlay(event)).map((event) => [event, moved(event, at)] as const);
  return { bets, retimed: new Map(retimed), corrections, removed: gone };
}

const correctionId = ({ id }: Play): string => `bet ${id}`;

/**
 * What came late, without what was refused in the form it took.
 * @param refused events as they were folded.
 * @returns the refused events as they were told, too.
 */
export function withoutRefused(
  late: Late,
  refused: ReadonlySet<FundsEvent>,
): { refused: ReadonlySet<FundsEvent>; late: Late } {
  if (refused.size === 0) return { refused, late };
  const kept = late.corrections.filter((correction) => !refused.has(correction));
  const lost = new Set(late.corrections.filter((one) => refused.has(one)).map(({ id }) => id));
  const { lostBets = [], bets = [] } = Object.groupBy(late.bets, (bet) =>
    lost.has(correctionId(bet)) ? 'lostBets' : 'bets',
  );
  const retimed = new Map([...late.retimed].filter(([, moved]) => !refused.has(moved)));
  const lostOthers = [...late.retimed.keys()].filter((event) => !retimed.has(event));
  return {
    refused: new Set([...refused, ...lostBets, ...lostOthers]),
    late: { ...late, bets, retimed, corrections: kept },
  };
}

/** A bonus that begins after the fact begins behind the barrier. */
const moved = (event: FundsEvent, at: Millis): FundsEvent =>
  event.kind === 'grant_started'
    ? { ...event, at, grant: { ...event.grant, startedAt: at } }
    : { ...event, at };

const netOf = (play: Play): number => ('win' in play ? play.win : 0) - ('stake' in play ? play.stake : 0);
