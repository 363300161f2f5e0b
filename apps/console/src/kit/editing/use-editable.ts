import { useEffect, useState } from 'react';
import { hasKey } from '../../api/index.ts';
import { tellDone, tellFailed } from '../feedback.tsx';
import * as History from './history.ts';
import { isEqual, type Merged, merge } from './merge.ts';

/** A state as it is kept by the server, and the version to send back with the next change. */
export interface Stored<State> {
  readonly version: number;
  readonly state: State;
}

/** Somebody else saved since it was read here. */
export interface Conflict<State> {
  readonly base: State;
  readonly theirs: Stored<State>;
}

/** What is being edited: what was changed since it was saved, step by step, and the way to save it. */
export interface Editable<State> {
  readonly state: State;
  readonly version: number;
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  /** Why it could not be saved, unless that is a conflict. */
  readonly error: Error | undefined;
  readonly conflict: Conflict<State> | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** @param about names what changes, e.g. a field: typing into it is undone in one step. */
  change(next: State, about?: string): void;
  undo(): void;
  redo(): void;
  /** @returns the version that has everything; undefined when it could not be saved. */
  save(): Promise<number | undefined>;
  /** Goes on from what the other saved: with both changes, or with theirs alone. Either can be undone. */
  settle(how: 'both' | 'theirs'): void;
  leaveConflict(): void;
}

interface Options<State> {
  /** As it was read last. */
  readonly stored: Stored<State>;
  readonly read: () => Promise<Stored<State>>;
  /** @throws ProblemError `revision_conflict` when that is not the version any more. */
  readonly write: (version: number, state: State) => Promise<Stored<State>>;
  /** Said when it was saved; nothing when left out. */
  readonly saved?: string;
  /** How two states are compared and put together; part by part when left out. */
  readonly by?: Comparison<State>;
}

export interface Comparison<State> {
  isSame(one: State, other: State): boolean;
  /** @param base what both began with. */
  merge(base: State, theirs: State, mine: State): Merged<State>;
}

/** An editor's state: with steps to undo, and nothing lost when somebody else saves meanwhile. */
export function useEditable<State>({
  stored: read,
  by = { isSame: isEqual, merge },
  ...server
}: Options<State>): Editable<State> {
  const [stored, setStored] = useState(read);
  const [history, setHistory] = useState(() => History.begin(read.state));
  const [conflict, setConflict] = useState<Conflict<State>>();
  const [error, setError] = useState<Error>();
  const [isSaving, setSaving] = useState(false);
  const state = history.present;
  const isChanged = !by.isSame(state, stored.state);

  // Whoever has nothing to lose sees what was saved elsewhere; whoever has is asked when saving.
  useEffect(() => {
    if (read.version <= stored.version || isSaving) return;
    if (!by.isSame(read.state, stored.state)) {
      if (isChanged) return;
      setHistory(History.begin(read.state));
    }
    setStored(read);
  }, [read, stored, isChanged, isSaving, by.isSame]);

  async function save(): Promise<number | undefined> {
    if (!isChanged) return stored.version;
    setSaving(true);
    setError(undefined);
    try {
      const written = await server.write(stored.version, state);
      setStored({ version: written.version, state });
      if (server.saved !== undefined) tellDone(server.saved);
      return written.version;
    } catch (refusal) {
      if (hasKey(refusal, 'revision_conflict')) await learn();
      else setError(refusal instanceof Error ? refusal : new Error(String(refusal)));
      return undefined;
    } finally {
      setSaving(false);
    }
  }

  async function learn(): Promise<void> {
    try {
      setConflict({ base: stored.state, theirs: await server.read() });
    } catch (refusal) {
      tellFailed(refusal instanceof Error ? refusal : new Error(String(refusal)));
    }
  }

  return {
    ...{ state, version: stored.version, isChanged, isSaving, error, conflict },
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (next, about) => setHistory((before) => History.change(before, next, about ?? null)),
    undo: () => setHistory(History.undo),
    redo: () => setHistory(History.redo),
    save,
    settle(how) {
      if (!conflict) return;
      const { base, theirs } = conflict;
      setHistory((before) =>
        History.change(
          before,
          how === 'theirs' ? theirs.state : by.merge(base, theirs.state, before.present).state,
        ),
      );
      setStored(theirs);
      setConflict(undefined);
    },
    leaveConflict: () => setConflict(undefined),
  };
}
