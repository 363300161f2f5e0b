import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import { Empty, FilterBar, FilterCampaign, FilterSelect, FilterText, Page } from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { KINDS } from '../kinds.ts';
import { CasesTable } from './cases-table.tsx';
import { useRowKeys } from './row-keys.ts';

type FilterName = 'whose' | 'state' | 'kind' | 'minPriority' | 'player' | 'campaignId' | 'codeId';

/** The queue seen by whose work it is. */
const WHOSE = ['all', 'none', 'me', 'decided'] as const;
/** Priorities from which on a case is urgent, or soon to be looked at. */
const PRIORITIES = ['85', '60', '30'] as const;
/** Others work at the same queue. */
const LOOK_MS = 15_000;

/** What has to be looked at, the most urgent first. */
export function CasesPage() {
  const { t } = useTranslation('cases');
  const { filters, isFiltered, setFilters, clear } = useFilters<FilterName>();
  const whose = oneOf(WHOSE, filters.whose) ?? 'all';
  const list = useList(
    'listCases',
    {
      query: {
        ...(whose === 'decided' ? { state: 'decided' } : {}),
        ...(whose === 'none' || whose === 'me' ? { assignee: whose } : {}),
        kind: oneOf(KINDS, filters.kind),
        ...(filters.minPriority === undefined ? {} : { minPriority: Number(filters.minPriority) }),
        player: filters.player,
        campaignId: filters.campaignId,
        codeId: filters.codeId,
      },
    },
    { every: LOOK_MS },
  );
  useRowKeys();
  return (
    <Page title={t('rooms.cases')} description={t('description')}>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <SegmentedControl
          aria-label={t('whose')}
          data={WHOSE.map((value) => ({ value, label: t(`whoseOf.${value}`) }))}
          value={whose}
          onChange={(value) => setFilters({ whose: value === 'all' ? undefined : value })}
        />
        <FilterSelect
          label={t('kind')}
          value={filters.kind}
          onChange={(kind) => setFilters({ kind })}
          options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
        <FilterSelect
          label={t('priority')}
          value={filters.minPriority}
          onChange={(minPriority) => setFilters({ minPriority })}
          options={PRIORITIES.map((value) => ({ value, label: t('priorityFrom', { priority: value }) }))}
        />
        <FilterText
          label={t('player')}
          value={filters.player}
          onChange={(player) => setFilters({ player })}
        />
        <FilterCampaign
          label={t('campaign')}
          value={filters.campaignId}
          onChange={(campaignId) => setFilters({ campaignId })}
        />
      </FilterBar>
      <CasesTable
        label={t('rooms.cases')}
        list={list}
        isDecided={whose === 'decided'}
        empty={
          isFiltered ? (
            <Empty title={t('nothingFits')} hint={t('nothingFitsHint')} />
          ) : (
            <Empty title={t('none')} hint={t('noneHint')} />
          )
        }
      />
    </Page>
  );
}
