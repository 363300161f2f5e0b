import { ok, type Result, refuse } from '../result.ts';

/**
 * What must be in hand before a move: a reason given by a person, an approval by a second one, an end moved
 * into the future, a limit raised, or the reversal of what ended a grant.
 */
export type Need = 'reason' | 'approval' | 'end_extended' | 'limit_raised' | 'reversal';

/** The moves out of each state, and what each of them needs. A state without moves is final. */
export type Moves<S extends string> = {
  readonly [From in S]: { readonly [To in S]?: readonly Need[] };
};

/** A state machine as data: what it is called, the states it may begin in, and its moves. */
export interface Lifecycle<S extends string> {
  readonly name: string;
  readonly initial: readonly S[];
  readonly moves: Moves<S>;
}

/** The states that may follow `from`, in the order of the table; empty when `from` is final. */
export function nextStates<S extends string>({ moves }: Lifecycle<S>, from: S): readonly S[] {
  return Object.keys(moves[from]) as S[];
}

/** The states that `to` may follow, in the order of the table; empty when everything only begins there. */
export function previousStates<S extends string>({ moves }: Lifecycle<S>, to: S): readonly S[] {
  return (Object.keys(moves) as S[]).filter((from) => Object.hasOwn(moves[from], to));
}

/** What a move needs, or undefined when there is no such move. */
export function needsOf<S extends string>(
  { moves }: Lifecycle<S>,
  from: S,
  to: S,
): readonly Need[] | undefined {
  return moves[from][to];
}

/** Whether `to` may follow `from`, its needs aside. Staying in a state is not a move. */
export function canMove<S extends string>(lifecycle: Lifecycle<S>, from: S, to: S): boolean {
  return needsOf(lifecycle, from, to) !== undefined;
}

/**
 * The state after a move, or a refusal: `state_move_not_allowed`, naming the states that may follow, or
 * `state_move_needs_more`, naming what is missing.
 */
export function move<S extends string>(
  lifecycle: Lifecycle<S>,
  from: S,
  to: S,
  given: readonly Need[] = [],
): Result<S> {
  const needs = needsOf(lifecycle, from, to);
  if (!needs) {
    const next = nextStates(lifecycle, from);
    const allowed = next.length > 0 ? `next can be: ${next.join(', ')}` : `${from} is final`;
    return refuse(
      'state_move_not_allowed',
      `A ${lifecycle.name} cannot go from ${from} to ${to}; ${allowed}.`,
    );
  }
  const missing = needs.filter((need) => !given.includes(need));
  return missing.length === 0
    ? ok(to)
    : refuse(
        'state_move_needs_more',
        `A ${lifecycle.name} goes from ${from} to ${to} only with: ${missing.join(', ')}.`,
      );
}
