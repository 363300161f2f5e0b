import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import type { InsertGroup } from '../../../kit/inserts/index.ts';

interface Values {
  readonly groups: readonly InsertGroup[];
  readonly written: (name: string) => string;
  readonly labels: readonly string[];
}

/** One text for some players, and another one for the rest. */
const CHOICE = 'if … else';

/** What texts of content may name. @param event fields of the event it is sent after, where that is known. */
export function useTemplateValues(event: readonly { name: string; label: string; type: string }[]): Values {
  const { t } = useTranslation('content');
  const { data } = useRead('getContentVariables', {});
  return useMemo(() => {
    const named = (of: string, names: readonly string[]) =>
      names.map((name) => ({ name: `${of}.${name}`, label: '', type: 'string' }));
    const state = data?.state ?? [];
    const amounts = new Set(state.flatMap(({ name, unit }) => (unit ? [`state.${name}`] : [])));
    return {
      groups: [
        { name: t('rooms.labels'), items: named('label', data?.labels ?? []) },
        {
          name: t('values.event'),
          items: event.map(({ name, ...field }) => ({ ...field, name: `event.${name}` })),
        },
        {
          name: t('values.player'),
          items: state.map(({ name, label, type }) => ({ name: `state.${name}`, label, type })),
        },
        { name: t('values.brand'), items: named('brand', data?.brand ?? []) },
        { name: t('values.message'), items: named('message', data?.message ?? []) },
        { name: t('values.choices'), items: [{ name: CHOICE, label: t('values.ifMeans'), type: 'string' }] },
      ],
      written: (name) => {
        if (name === CHOICE) return '{% if state.user_deposit_count > 0 %}…{% else %}…{% endif %}';
        return amounts.has(name) ? `{{ ${name} | money }}` : `{{ ${name} }}`;
      },
      labels: data?.labels ?? [],
    };
  }, [data, event, t]);
}
