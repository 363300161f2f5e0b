import { useEffect, useState } from 'react';
import { type Answer, hasKey, send, useAct } from '../../../api/index.ts';
import { History } from '../../../kit/editing/index.ts';
import { tellFailed } from '../../../kit/index.ts';
import { type Conflict, type Draft, isSame, mergeDrafts, storedOf } from './draft.ts';

/** The draft in the editor: what was changed since it was saved, step by step, and the way to save it. */
export interface DraftState {
  readonly draft: Draft;
  readonly revision: number;
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  readonly conflict: Conflict | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** @param about see `change` of the history. */
  change(next: Draft, about?: string): void;
  undo(): void;
  redo(): void;
  /** @returns the revision that has everything; undefined when it could not be saved. */
  save(): Promise<number | undefined>;
  /** Goes on from what the other saved: with both changes, or with theirs alone. Either can be undone. */
  settle(how: 'both' | 'theirs'): void;
  leaveConflict(): void;
}

export function useDraft(journey: Answer<'getJourney'>): DraftState {
  const [history, setHistory] = useState(() => History.begin(storedOf(journey).draft));
  const [stored, setStored] = useState(() => storedOf(journey));
  const [conflict, setConflict] = useState<Conflict>();
  const update = useAct('updateJourney');
  const draft = history.present;
  const isChanged = !isSame(draft, stored.draft);

  // Whoever has nothing to lose sees what was saved elsewhere; whoever has is asked when saving.
  useEffect(() => {
    if (journey.revision <= stored.revision) return;
    const theirs = storedOf(journey);
    if (!isSame(theirs.draft, stored.draft)) {
      if (isChanged) return;
      setHistory(History.begin(theirs.draft));
    }
    setStored(theirs);
  }, [journey, stored, isChanged]);

  async function save(): Promise<number | undefined> {
    if (!isChanged) return stored.revision;
    try {
      const answer = await update.mutateAsync({
        params: { journeyId: journey.id },
        body: { revision: stored.revision, ...draft },
      });
      setStored({ revision: answer.revision, draft });
      return answer.revision;
    } catch (error) {
      if (hasKey(error, 'revision_conflict')) await learn();
      else if (error instanceof Error) tellFailed(error);
      return undefined;
    }
  }

  async function learn(): Promise<void> {
    try {
      const theirs = await send('getJourney', { params: { journeyId: journey.id } });
      setConflict({ base: stored.draft, theirs: storedOf(theirs) });
    } catch (error) {
      if (error instanceof Error) tellFailed(error);
    }
  }

  return {
    ...{ draft, revision: stored.revision, isChanged, isSaving: update.isPending, conflict },
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
          how === 'theirs' ? theirs.draft : mergeDrafts(base, theirs.draft, before.present).draft,
        ),
      );
      setStored(theirs);
      setConflict(undefined);
    },
    leaveConflict: () => setConflict(undefined),
  };
}
