import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/index.ts';
import { useMay } from '../session/index.ts';

const PROPERTIES = 'player.properties.';

/** What facts that rules ask about are called, in the reader's language; the brand's own as it has named them. */
export function useFactLabel(): (name: string) => string {
  const { t } = useTranslation('facts');
  const maySee = useMay('players:read');
  const properties = useRead('listProperties', {}, { enabled: maySee });
  const known = properties.data?.items;
  return useCallback(
    (name) => {
      if (!name.startsWith(PROPERTIES)) return t(name, { defaultValue: name });
      const own = name.slice(PROPERTIES.length);
      return known?.find((property) => property.name === own)?.label ?? own;
    },
    [t, known],
  );
}
