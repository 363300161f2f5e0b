import { buildCatalogue } from '@promosmith/core/rules';
import { useMemo } from 'react';
import { useRead } from '../../api/index.ts';
import { useFactLabel } from '../fact-label.ts';

/** Something that a rule or a template may name. */
export interface Known {
  /** As it is written, e.g. `player.country`. */
  readonly name: string;
  readonly label: string;
  readonly type: string;
}

const FACT_TYPES = { string: 'string', number: 'double', boolean: 'bool', list: 'list<string>' } as const;

/** What is known of every player: what comes built in, and the brand's own properties. */
export function usePlayerFacts(): readonly Known[] {
  const properties = useRead('listProperties', {});
  const labelOf = useFactLabel();
  return useMemo(() => {
    const listed = (properties.data?.items ?? []).map(({ name, label, type }) => ({
      name,
      label,
      type: FACT_TYPES[type],
    }));
    const built = buildCatalogue(listed);
    if (!built.ok) return [];
    return built.catalogue.facts
      .filter(({ source }) => source !== 'activation' && source !== 'traffic')
      .map(({ name, type }) => ({ name, type, label: labelOf(name) }));
  }, [properties.data, labelOf]);
}
