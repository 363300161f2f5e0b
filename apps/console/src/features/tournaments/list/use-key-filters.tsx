import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterBar, FilterSelect, FilterText } from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';

interface KeyFilters<Status> {
  readonly query: { readonly key: string | undefined; readonly status: Status | undefined };
  readonly isFiltered: boolean;
  readonly bar: ReactNode;
}

/** What is opened under a key again and again is looked for by that key, and by how far it is. */
export function useKeyFilters<Status extends string>(statuses: readonly Status[]): KeyFilters<Status> {
  const { t } = useTranslation('tournaments');
  const { filters, isFiltered, setFilters, clear } = useFilters<'key' | 'status'>();
  const status = oneOf(statuses, filters.status);
  const words: readonly string[] = statuses;
  return {
    query: { key: filters.key, status },
    isFiltered,
    bar: (
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterText label={t('key')} value={filters.key} onChange={(key) => setFilters({ key })} />
        <FilterSelect
          label={t('status')}
          value={status}
          onChange={(value) => setFilters({ status: value })}
          options={words.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </FilterBar>
    ),
  };
}
