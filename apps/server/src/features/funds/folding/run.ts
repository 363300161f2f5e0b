import type { Millis } from '@promosmith/core/activation';
import {
  type BetSplit,
  type Funds,
  type FundsEvent,
  fold,
  type Line,
  type Notice,
  type Place,
  type Rounds,
} from '@promosmith/core/funds';

/** How far a wallet may be folded on from its latest checkpoint: what an event that comes late folds again at most. */
const CHECKPOINT_EVERY_MS = 3_600_000;

/** Where folding stands. */
export interface Position {
  readonly funds: Funds;
  /** The last event that is in the funds; null before the first. */
  readonly last: Place | null;
  /** When the latest checkpoint is from, or the first event when there is none. */
  readonly checkpointAt: Millis | null;
}

/** A place to fold again from: the funds right after the event at it. */
export interface NewCheckpoint {
  readonly place: Place;
  readonly funds: Funds;
  /** A bonus ended here for good: nothing before is folded again. */
  readonly final: boolean;
}

/** What somebody is to be told, and when it came about. */
export interface Told {
  readonly notice: Notice;
  readonly at: Millis;
}

/** What folding events came to. */
export interface Run extends Position {
  /** Movements beside those of bets. */
  readonly lines: readonly Line[];
  /** By the id of the bet. */
  readonly splits: ReadonlyMap<string, BetSplit>;
  readonly told: readonly Told[];
  readonly checkpoints: readonly NewCheckpoint[];
}

/** The place before everything of an instant: where bonuses expire. */
const beginningOf = (at: Millis): Place => ({ at, kind: 'deposit', id: '' });

/** The next instant up to `at` at which a bonus expires. */
function nextExpiry({ grants }: Funds, at: Millis): Millis | null {
  let next: Millis | null = null;
  for (const { state, expiresAt } of grants)
    if (state === 'active' && expiresAt !== null && expiresAt <= at && (next === null || expiresAt < next))
      next = expiresAt;
  return next;
}

/** Whether the notice tells of a bonus that ended and cannot live again. */
const isFinal = (notice: Notice): boolean =>
  notice.kind === 'completed' ||
  (notice.kind === 'ended' && notice.as !== 'lost' && notice.as !== 'forfeited');

/**
 * Folds events into the funds, and notes places to fold again from: now and then, and wherever a bonus ended for good.
 * @param events in the order of their places, all behind the position.
 * @param rounds how earlier stakes were paid for, of every round that has a win without its stake among the events.
 * @param until up to when bonuses expire after the last event.
 * @throws RangeError when an amount would be past what is exact.
 */
export function run(from: Position, events: readonly FundsEvent[], rounds?: Rounds, until?: Millis): Run {
  let { funds, last, checkpointAt } = from;
  const lines: Line[] = [];
  const told: Told[] = [];
  const splits = new Map<string, BetSplit>();
  const checkpoints: NewCheckpoint[] = [];

  const step = (event: FundsEvent, place: Place): void => {
    const folded = fold(funds, event, rounds);
    funds = folded.funds;
    last = place;
    for (const line of folded.lines) lines.push(line);
    if (folded.bet) splits.set(event.id, folded.bet);
    let final = false;
    for (const notice of folded.notices) {
      told.push({ notice, at: place.at });
      final ||= isFinal(notice);
    }
    if (!final) return;
    checkpoints.push({ place, funds, final });
    checkpointAt = place.at;
  };

  const expire = (until: Millis): void => {
    for (let at = nextExpiry(funds, until); at !== null; at = nextExpiry(funds, until))
      step({ kind: 'time', at, id: '' }, beginningOf(at));
  };

  for (const event of events) {
    expire(event.at);
    if (checkpointAt === null || last === null) checkpointAt = event.at;
    else if (event.at - checkpointAt >= CHECKPOINT_EVERY_MS && last.at > checkpointAt) {
      checkpoints.push({ place: last, funds, final: false });
      checkpointAt = last.at;
    }
    step(event, event);
  }
  if (until !== undefined) expire(until);
  return { funds, last, checkpointAt, lines, splits, told, checkpoints };
}
