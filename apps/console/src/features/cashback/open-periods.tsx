import { IconPercentage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../api/index.ts';
import { type Column, DataTable, Empty, When } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { CashbackFilters } from './cashback-filters.tsx';
import { periodColumns } from './columns.tsx';

type Open = RowOf<'previewCashback'>;

/** What would be paid if the periods that are open closed now. */
export function OpenPeriods() {
  const { t } = useTranslation('cashback');
  const { filters, isFiltered } = useFilters<'player' | 'campaign'>();
  const list = useList('previewCashback', {
    query: { player: filters.player, campaignId: filters.campaign },
  });
  const columns: Column<Open>[] = [
    {
      id: 'period',
      header: t('period'),
      cell: ({ number, periods }) => t('numberOf', { number, periods }),
    },
    ...periodColumns(t),
    { id: 'payout', header: t('payout'), cell: ({ payout }) => t(`payouts.${payout}`) },
    { id: 'closes', header: t('closes'), align: 'end', cell: ({ to }) => <When at={to} /> },
  ];
  return (
    <>
      <CashbackFilters page="cashback-open" />
      <DataTable
        label={t('tabs.open')}
        columns={columns}
        list={list}
        rowKey={({ grantId }) => grantId}
        rowLink={({ grantId }) => ({ to: '/bonuses/$grantId', params: { grantId } })}
        empty={
          <Empty
            icon={IconPercentage}
            title={t(isFiltered ? 'noneFound' : 'noneOpen')}
            hint={t(isFiltered ? 'noneFoundHint' : 'noneOpenHint')}
          />
        }
      />
    </>
  );
}
