import { useRead } from '../../../../api/index.ts';
import type { Known } from '../../../../kit/inserts/index.ts';

export type Source = 'event' | 'client_action';

const LISTED = 200;

/** Events, and client actions, that the brand knows. */
export function useEvents(source: Source) {
  return useRead('listEventProperties', { query: { source, limit: LISTED } }).data?.items ?? [];
}

/** Fields of an event, as rules about it write them. */
export function useEventFields(source: Source, name: string): readonly Known[] {
  const events = useEvents(source);
  const found = events.find(({ key }) => key === `${source}:${name}`);
  return (found?.fields ?? []).map((field) => ({
    name: `event.${field.name}`,
    label: field.label,
    type: field.type,
  }));
}
