import { buildCatalogue } from '@promosmith/core/rules';
import { useMemo } from 'react';
import { useRead } from '../../../../api/index.ts';

/** Something that a rule or a template may name. */
export interface Known {
  /** As it is written, e.g. `player.country`. */
  readonly name: string;
  readonly label: string;
  readonly type: string;
}

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

/** What is known of every player: what comes built in, and the brand's own properties. */
export function usePlayerFacts(): readonly Known[] {
  const properties = useRead('listProperties', {});
  return useMemo(() => {
    const listed = (properties.data?.items ?? []).map(({ name, label, type }) => ({
      name,
      label,
      type: FACT_TYPES[type],
    }));
    const built = buildCatalogue(listed);
    if (!built.ok) return [];
    return built.catalogue.facts.filter(({ source }) => source !== 'activation' && source !== 'traffic');
  }, [properties.data]);
}

const FACT_TYPES = { string: 'string', number: 'double', boolean: 'bool', list: 'list<string>' } as const;
