import { SegmentedControl } from '@mantine/core';

import { IconChartBar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import { ExportButton } from '../../../kit/export-button.tsx';
import {
  type Column,
  Count,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  Money,
  Page,
  Percent,
  Status,
} from '../../../kit/index.ts';
import { PeriodPicker } from '../../../kit/report/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMember } from '../../../session/index.ts';
import { SORTS } from './sorts.ts';

type Row = RowOf<'listCampaignPerformance'>;

/** Every campaign of which something happened in a period, by any of its numbers. */
export function PerformancePage() {
  const { t } = useTranslation('analytics');
  const { brand } = useMember();
  const { filters, isFiltered, setFilters, clear } = useFilters<'from' | 'to' | 'sort' | 'order'>();
  const { from, to } = filters;
  const sort = SORTS.find((name) => name === filters.sort);
  const order = filters.order === 'asc' ? ('asc' as const) : undefined;
  const query = { from, to, sort, order };
  const list = useList('listCampaignPerformance', { query });
  const moneyOf = ({ money }: Row) => money.find(({ currency }) => currency === brand.currency);
  const amount = (name: 'granted' | 'cost' | 'deposited'): Column<Row> => ({
    id: name,
    header: t(name),
    cell: (row) => <Money amount={moneyOf(row)?.[name] ?? 0} currency={brand.currency} />,
    align: 'end',
  });
  const count = (name: 'tries' | 'accepted' | 'refused' | 'grants' | 'conversions'): Column<Row> => ({
    id: name,
    header: t(name),
    cell: (row) => <Count of={row[name]} />,
    align: 'end',
  });
  const columns: Column<Row>[] = [
    { id: 'name', header: t('campaign'), cell: ({ name }) => name },
    { id: 'status', header: t('status'), cell: ({ status }) => <Status of={status} />, width: 110 },
    count('tries'),
    count('accepted'),
    { ...count('refused'), hidden: true },
    {
      id: 'rate',
      header: t('acceptanceRate'),
      cell: ({ acceptanceRate }) => <Percent of={acceptanceRate} />,
      align: 'end',
    },
    count('grants'),
    { ...amount('granted'), hidden: true },
    amount('cost'),
    amount('deposited'),
    count('conversions'),
  ];
  return (
    <Page
      title={t('performance.title')}
      description={t('performance.description', { currency: brand.currency })}
      actions={<ExportButton route="exportCampaignPerformance" call={{ query }} fileName="campaigns.csv" />}
    >
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <PeriodPicker from={from} to={to} onChange={(days) => setFilters(days as typeof filters)} />
        <FilterSelect
          label={t('sort')}
          isAlwaysSet
          value={sort ?? 'accepted'}
          onChange={(value) => setFilters({ sort: value })}
          options={SORTS.map((value) => ({ value, label: t(value) }))}
        />
        <SegmentedControl
          size="sm"
          aria-label={t('order')}
          value={order ?? 'desc'}
          onChange={(value) => setFilters({ order: value === 'asc' ? 'asc' : undefined })}
          data={[
            { value: 'desc', label: t('most') },
            { value: 'asc', label: t('least') },
          ]}
        />
      </FilterBar>
      <DataTable
        label={t('performance.title')}
        columns={columns}
        list={list}
        rowKey={({ campaignId }) => campaignId}
        rowLink={({ campaignId }) => ({
          to: '/performance/$campaignId',
          params: { campaignId },
          search: { from, to },
        })}
        empty={<Empty icon={IconChartBar} title={t('performance.empty')} hint={t('performance.emptyHint')} />}
      />
    </Page>
  );
}
