import { IconPercentage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useAct, useList } from '../../api/index.ts';
import {
  type Column,
  ConfirmButton,
  DataTable,
  Empty,
  FilterSelect,
  Status,
  tellDone,
  useMoneyText,
  When,
} from '../../kit/index.ts';
import { oneOf, useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';
import { dateFormat } from '../../texts/index.ts';
import { CashbackFilters } from './cashback-filters.tsx';
import { periodColumns } from './columns.tsx';

type Settlement = RowOf<'listCashbackSettlements'>;

const STATES = [...(['claimable', 'paid', 'nothing', 'lapsed'] as const)] satisfies Settlement['state'][];

/** Periods that closed: what they say does not change any more. */
export function Settlements() {
  const { t } = useTranslation('cashback');
  const { filters, isFiltered, setFilters } = useFilters<'player' | 'campaign' | 'state'>();
  const state = oneOf(STATES, filters.state);
  const list = useList('listCashbackSettlements', {
    query: { player: filters.player, campaignId: filters.campaign, state },
  });
  const columns: Column<Settlement>[] = [
    { id: 'period', header: t('period'), cell: ({ number }) => number },
    { id: 'state', header: t('state'), cell: (row) => <Status of={row.state} /> },
    // Of so many closed periods, how each came about is for who asks.
    ...periodColumns(t).map((column) => (column.id === 'sums' ? { ...column, hidden: true } : column)),
    { id: 'closed', header: t('closed'), align: 'end', cell: ({ closedAt }) => <When at={closedAt} /> },
    { id: 'paid', header: t('paid'), align: 'end', hidden: true, cell: ({ paidAt }) => <When at={paidAt} /> },
    { id: 'claim', header: t('act'), align: 'end', cell: (row) => <ClaimButton of={row} /> },
  ];
  return (
    <>
      <CashbackFilters page="cashback-settlements">
        <FilterSelect
          label={t('state')}
          value={state}
          onChange={(value) => setFilters({ state: value })}
          options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </CashbackFilters>
      <DataTable
        label={t('tabs.settlements')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ grantId }) => ({ to: '/bonuses/$grantId', params: { grantId } })}
        empty={
          <Empty
            icon={IconPercentage}
            title={t(isFiltered ? 'noneFound' : 'noneClosed')}
            hint={t(isFiltered ? 'noneFoundHint' : 'noneClosedHint')}
          />
        }
      />
    </>
  );
}

const momentOf = (at: string): string =>
  dateFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));

/** Pays a period out that waits for its player to ask for it. */
function ClaimButton({
  of: { id, state, player, amount, currency, paidAs, claimUntil },
}: {
  of: Settlement;
}) {
  const { t } = useTranslation('cashback');
  const may = useMay('bonuses:change');
  const money = useMoneyText();
  const claim = useAct('claimCashback', () => tellDone(t('claim.done')));
  if (!may || state !== 'claimable') return null;
  return (
    <ConfirmButton
      size="compact-sm"
      variant="default"
      label={t('claim.label')}
      title={t('claim.title')}
      consequence={[
        t(`claim.gets.${paidAs}`, { player, amount: money(amount, currency) }),
        ...(claimUntil === null ? [] : [t('claim.until', { until: momentOf(claimUntil) })]),
      ].join(' ')}
      color="iris"
      onConfirm={() => claim.mutateAsync({ params: { settlementId: id } })}
    />
  );
}
