import { buildCatalogue, type Catalogue, type FactType } from '@promosmith/core/rules';
import { useMemo } from 'react';
import { useRead } from '../../../../api/index.ts';
import { useMay } from '../../../../session/index.ts';

const FACT_TYPES: Readonly<Record<string, FactType>> = {
  string: 'string',
  number: 'double',
  boolean: 'bool',
  list: 'list<string>',
};

/** The facts that rules of the brand may ask about: those built in, and the properties it registered. */
export function useCatalogue(): Catalogue {
  const maySee = useMay('players:read');
  const properties = useRead('listProperties', {}, { enabled: maySee });
  return useMemo(() => {
    const own = (properties.data?.items ?? []).map(({ name, type, label }) => ({
      name,
      label,
      type: FACT_TYPES[type] ?? 'string',
    }));
    const built = buildCatalogue(own);
    if (!built.ok) throw new Error('registered properties are facts by their names');
    return built.catalogue;
  }, [properties.data]);
}
