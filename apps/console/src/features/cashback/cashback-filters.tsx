import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterBar, FilterCampaign, FilterText, SavedViews } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';

/** What both lists can be narrowed to. */
export function CashbackFilters({ page, children }: { page: string; children?: ReactNode }) {
  const { t } = useTranslation('cashback');
  const { filters, isFiltered, setFilters, clear } = useFilters<'player' | 'campaign' | 'state'>();
  return (
    <FilterBar isFiltered={isFiltered} onClear={clear} actions={<SavedViews page={page} />}>
      <FilterText
        label={t('player')}
        value={filters.player}
        onChange={(value) => setFilters({ player: value })}
      />
      <FilterCampaign
        label={t('campaign')}
        value={filters.campaign}
        onChange={(value) => setFilters({ campaign: value })}
      />
      {children}
    </FilterBar>
  );
}
