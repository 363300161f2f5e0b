import { useMemo } from 'react';
import { type Answer, useRead } from '../../../api/index.ts';
import { placed } from '../graph/layout.ts';
import type { Definition } from '../graph/types.ts';

/** The graph of a version, or of the draft, with a place for every node; undefined until it is read. */
export function useDefinition(journey: Answer<'getJourney'>, version: number | null): Definition | undefined {
  const read = useRead(
    'getJourneyVersion',
    { params: { journeyId: journey.id, version: version ?? 1 } },
    { enabled: version !== null },
  );
  const published = read.data?.version === version ? read.data.definition : undefined;
  const definition = version === null ? journey.draft : published;
  return useMemo(() => definition && placed(definition), [definition]);
}
