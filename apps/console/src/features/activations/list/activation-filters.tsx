import { Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import {
  ExportButton,
  FilterBar,
  FilterCampaign,
  FilterDays,
  FilterSelect,
  FilterText,
  SavedViews,
} from '../../../kit/index.ts';
import type { useFilters } from '../../../routing/index.ts';
import type { Query } from './query.ts';
import { OUTCOMES, REFUSAL_KEYS } from './values.ts';

export type FilterName = 'outcome' | 'key' | 'player' | 'campaignId' | 'codeId' | 'from' | 'to';

type Props = ReturnType<typeof useFilters<FilterName>> & { readonly query: Query };

export function ActivationFilters({ filters, isFiltered, setFilters, clear, query }: Props) {
  const { t } = useTranslation('activations');
  const words = (of: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${of}.${value}`) }));
  return (
    <FilterBar
      isFiltered={isFiltered}
      onClear={clear}
      actions={
        <>
          <SavedViews page="activations" />
          <ExportButton route="exportActivations" call={{ query }} fileName="activations.csv" />
        </>
      }
    >
      <FilterText
        label={t('filter.player')}
        value={filters.player}
        onChange={(player) => setFilters({ player })}
      />
      <FilterSelect
        label={t('filter.outcome')}
        value={filters.outcome}
        onChange={(outcome) => setFilters({ outcome })}
        options={words('states', OUTCOMES)}
      />
      <FilterSelect
        label={t('filter.reason')}
        value={filters.key}
        onChange={(key) => setFilters({ key })}
        options={words('refusals', REFUSAL_KEYS)}
      />
      <FilterCampaign
        label={t('filter.campaign')}
        value={filters.campaignId}
        onChange={(campaignId) => setFilters({ campaignId })}
      />
      <FilterDays from={filters.from} to={filters.to} onChange={setFilters} />
      {filters.codeId !== undefined && (
        <CodePill codeId={filters.codeId} onRemove={() => setFilters({ codeId: undefined })} />
      )}
    </FilterBar>
  );
}

/** Codes are no list to choose from: this filter comes with a link. */
function CodePill({ codeId, onRemove }: { codeId: string; onRemove: () => void }) {
  const { t } = useTranslation('activations');
  const code = useRead('getCode', { params: { codeId } });
  return (
    <Pill
      size="lg"
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{ 'aria-label': t('filter.removeCode'), 'aria-hidden': false, tabIndex: 0 }}
    >
      {t('filter.code', { code: code.data?.code ?? '…' })}
    </Pill>
  );
}
