import { useTranslation } from 'react-i18next';
import { useList } from '../../api/index.ts';
import {
  ExportButton,
  FilterBar,
  FilterCampaign,
  FilterDays,
  FilterSelect,
  FilterText,
  SavedViews,
  StatementTable,
  useSpan,
} from '../../kit/index.ts';
import { oneOf, useFilters } from '../../routing/index.ts';
import { MOVEMENTS } from './movements.ts';

/** Statements of bonuses: each line with the balance after it. */
export function Statements() {
  const { t } = useTranslation('ledger');
  const { filters, isFiltered, setFilters, clear } = useFilters<
    'player' | 'campaign' | 'bonus' | 'kind' | 'from' | 'to'
  >();
  const { player, campaign, bonus, from, to } = filters;
  const kind = oneOf(MOVEMENTS, filters.kind);
  const query = { player, campaignId: campaign, grantId: bonus, kind, ...useSpan({ from, to }) };
  const list = useList('listBonusTransactions', { query });
  return (
    <>
      <FilterBar
        isFiltered={isFiltered}
        onClear={clear}
        actions={
          <>
            <SavedViews page="transactions" />
            <ExportButton route="exportBonusTransactions" call={{ query }} fileName="transactions.csv" />
          </>
        }
      >
        <FilterText
          label={t('filters.player')}
          value={player}
          onChange={(value) => setFilters({ player: value })}
        />
        <FilterSelect
          label={t('statement.kind')}
          value={kind}
          onChange={(value) => setFilters({ kind: value })}
          options={MOVEMENTS.map((value) => ({ value, label: t(`movements.${value}`) }))}
        />
        <FilterCampaign
          label={t('bonuses.campaign')}
          value={campaign}
          onChange={(value) => setFilters({ campaign: value })}
        />
        <FilterDays from={from} to={to} onChange={setFilters} />
      </FilterBar>
      <StatementTable label={t('tabs.statements')} list={list} isFiltered={isFiltered} />
    </>
  );
}
