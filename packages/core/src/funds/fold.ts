import type { Folded, Funds, FundsEvent, Rounds } from './types.ts';

export const NO_FUNDS: Funds = { real: 0, grants: [], rounds: [], withdrawals: [] };

/**
 * What an event does to a player's money. Events must come in the order of `compareEvents`. Bonuses whose end came
 * before the event expire first, at their own instant.
 *
 * @param rounds how earlier stakes were paid for, of the rounds with a win to come: stakes folded here are added to it
 * @throws RangeError when an amount is, or would become, no safe integer.
 */
export function fold(_funds: Funds, event: FundsEvent, _rounds?: Rounds): Folded {
  throw new RangeError(`not folded yet: ${event.kind}`);
}

/** `fold` over events in order; `each` is told what every one came to. Returns the last state. */
export function foldAll(
  funds: Funds,
  events: readonly FundsEvent[],
  rounds?: Rounds,
  each?: (event: FundsEvent, folded: Folded) => void,
): Funds {
  let state = funds;
  for (const event of events) {
    const folded = fold(state, event, rounds);
    each?.(event, folded);
    state = folded.funds;
  }
  return state;
}
