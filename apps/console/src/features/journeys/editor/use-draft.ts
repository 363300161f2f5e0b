import { useEffect, useMemo } from 'react';
import { type Answer, send, useAct } from '../../../api/index.ts';
import { type Editable, useEditable } from '../../../kit/editing/index.ts';
import { tellFailed } from '../../../kit/index.ts';
import { type Draft, isSame, mergeDrafts, storedOf } from './draft.ts';

/** The draft in the editor: what was changed since it was saved, step by step, and the way to save it. */
export interface DraftState extends Editable<Draft> {
  readonly draft: Draft;
}

const BY = { isSame, merge: mergeDrafts };

export function useDraft(journey: Answer<'getJourney'>): DraftState {
  const { mutateAsync } = useAct('updateJourney');
  const params = { journeyId: journey.id };
  const edited = useEditable<Draft>({
    stored: useMemo(() => storedOf(journey), [journey]),
    read: async () => storedOf(await send('getJourney', { params })),
    write: async (revision, draft) => storedOf(await mutateAsync({ params, body: { revision, ...draft } })),
    by: BY,
  });
  // The canvas has no place for it.
  useEffect(() => {
    if (edited.error) tellFailed(edited.error);
  }, [edited.error]);
  return { ...edited, draft: edited.state };
}
