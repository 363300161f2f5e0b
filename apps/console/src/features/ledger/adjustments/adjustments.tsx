import { IconScale } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import {
  BonusLink,
  type Column,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  FilterText,
  Money,
  PlayerLink,
  Status,
  When,
} from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { aboutOf, type Case } from './about.ts';
import { CaseDrawer } from './case-drawer.tsx';

const STATES = ['open', 'closed'] as const;

/** What a machine may not put right: the money was the player's own by then. */
export function Adjustments() {
  const { t } = useTranslation('ledger');
  const { filters, isFiltered, setFilters, clear } = useFilters<'tab' | 'player' | 'state' | 'case'>('case');
  const state = oneOf(STATES, filters.state);
  const list = useList('listAdjustments', { query: { player: filters.player, state } });
  const columns: Column<Case>[] = [
    { id: 'kind', header: t('adjustments.kind'), cell: (row) => t(`adjustments.kinds.${row.kind}`) },
    {
      id: 'state',
      header: t('adjustments.state'),
      cell: ({ closedAt }) => <Status of={closedAt === null ? 'open' : 'closed'} />,
    },
    { id: 'player', header: t('bonuses.player'), cell: (row) => <PlayerLink id={row.player} /> },
    { id: 'bonus', header: t('statement.bonus'), cell: (row) => <BonusLink id={row.grantId} /> },
    {
      id: 'amount',
      header: t('adjustments.about'),
      align: 'end',
      cell: (row) => <Money amount={aboutOf(row)} currency={row.currency} />,
    },
    {
      id: 'created',
      header: t('adjustments.since'),
      align: 'end',
      cell: (row) => <When at={row.createdAt} />,
    },
    {
      id: 'closed',
      header: t('adjustments.closed'),
      align: 'end',
      cell: (row) => <When at={row.closedAt} />,
    },
  ];
  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterText
          label={t('filters.player')}
          value={filters.player}
          onChange={(value) => setFilters({ player: value })}
        />
        <FilterSelect
          label={t('adjustments.state')}
          value={state}
          onChange={(value) => setFilters({ state: value })}
          options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('tabs.adjustments')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        onRow={({ id }) => setFilters({ case: id })}
        empty={
          <Empty
            icon={IconScale}
            title={t(isFiltered ? 'adjustments.noneFound' : 'adjustments.none')}
            hint={t(isFiltered ? 'statement.noneFoundHint' : 'adjustments.noneHint')}
          />
        }
      />
      <CaseDrawer caseId={filters.case} onClose={() => setFilters({ tab: 'adjustments', case: undefined })} />
    </>
  );
}
