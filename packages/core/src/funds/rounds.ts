import { requireMinor } from '../money/index.ts';
import type { Draft } from './draft.ts';
import { judge } from './lifecycle.ts';
import type {
  BetEvent,
  Funding,
  Funds,
  FundsEvent,
  OpenRound,
  Rounds,
  StakeEvent,
  WinEvent,
} from './types.ts';

/** A round that nobody ended is over this long after its last stake: bets on matches stay open for days. */
export const ROUND_LIFE_MS = 7 * 86_400_000;

/** More rounds at once than any player plays: the oldest is over, so that a game that never ends any holds up nothing. */
export const MAX_OPEN_ROUNDS = 100;

/** Nothing staked that anybody knows of. */
export const NOTHING: Funding = { real: 0, parts: [] };

/** Both fundings together. */
function together(a: Funding, b: Funding): Funding {
  const parts = a.parts.map((part) => ({ ...part }));
  for (const { grantId, amount } of b.parts) {
    const known = parts.find((part) => part.grantId === grantId);
    if (known) known.amount = requireMinor(known.amount + amount);
    else parts.push({ grantId, amount });
  }
  return { real: requireMinor(a.real + b.real), parts };
}

const findRound = (funds: Pick<Funds, 'rounds'>, roundId: string): OpenRound | undefined =>
  funds.rounds.find((round) => round.roundId === roundId);

export const isOpen = (draft: Draft, roundId: string): boolean => findRound(draft, roundId) !== undefined;

/** How the stakes of a round so far were paid for; nothing staked that is known of is nothing. */
export const fundingOf = (draft: Draft, roundId: string, rounds: Rounds | undefined): Funding =>
  findRound(draft, roundId) ?? rounds?.get(roundId) ?? NOTHING;

/** Remembers how a stake was paid for, if somebody is going to ask. */
export function remember(rounds: Rounds | undefined, roundId: string, funding: Funding): void {
  if (rounds === undefined || rounds.size === 0) return;
  const known = rounds.get(roundId);
  if (known) rounds.set(roundId, together(known, funding));
}

/** The stake is in play until the round ends. */
export function putInPlay(
  draft: Draft,
  { roundId, at }: StakeEvent,
  funding: Funding,
  rounds: Rounds | undefined,
): void {
  const played = { roundId, at, ...together(fundingOf(draft, roundId, rounds), funding) };
  draft.rounds = [...draft.rounds.filter((round) => round.roundId !== roundId), played];
  if (draft.rounds.length > MAX_OPEN_ROUNDS) endRound(draft, draft.rounds[0]!.roundId, at);
}

/** No more comes of it: the bonuses it was played with are judged. */
export function endRound(draft: Draft, roundId: string, at: number): void {
  const ended = findRound(draft, roundId);
  if (!ended) return;
  draft.rounds = draft.rounds.filter((round) => round !== ended);
  for (const { grantId } of ended.parts) {
    const index = draft.grants.findIndex((grant) => grant.grantId === grantId);
    // One that is not among the funds any more has ended.
    if (index >= 0) judge(draft, index, at);
  }
}

/**
 * The rounds of events that bring a win without the stake it was won with. To be filled with how stakes from before
 * these events were paid for, as stored, and handed to `fold`.
 */
export function roundsAsked(events: readonly FundsEvent[]): Rounds {
  const rounds: Rounds = new Map();
  for (const event of events) if (isWinAlone(event)) rounds.set(event.roundId, NOTHING);
  return rounds;
}

/** Whether an event brings a win without the stake it was won with. */
export const isWinAlone = (event: FundsEvent): event is BetEvent | WinEvent =>
  event.kind === 'win' || (event.kind === 'bet' && event.stake === 0 && event.win > 0);
