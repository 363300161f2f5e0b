/** What was, is, and was undone. */
export interface History<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
  /** What the latest change was about: the next one about the same is part of it. */
  readonly about: string | null;
}

/** Steps that can be undone. */
const MOST = 200;

export const begin = <State>(present: State): History<State> => ({
  past: [],
  present,
  future: [],
  about: null,
});

/**
 * @param about names what changes, e.g. one field of a node: typing into it is undone in one step, not letter by letter.
 */
export function change<State>(
  history: History<State>,
  next: State,
  about: string | null = null,
): History<State> {
  if (Object.is(next, history.present)) return history;
  if (about !== null && about === history.about) return { ...history, present: next, future: [] };
  return { past: [...history.past, history.present].slice(-MOST), present: next, future: [], about };
}

export function undo<State>(history: History<State>): History<State> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    about: null,
  };
}

export function redo<State>(history: History<State>): History<State> {
  const [next, ...rest] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: rest, about: null };
}
