import { Text } from '@mantine/core';
import { IconTruckDelivery } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import {
  type Column,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  FilterText,
  PlayerLink,
  SavedViews,
  Status,
  When,
} from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { DeliveryDrawer } from '../delivery/delivery-drawer.tsx';
import { mayRetry, RetryButton } from '../delivery/retry-button.tsx';

type Delivery = RowOf<'listDeliveries'>;

const STATES = ['failed', 'waiting', 'refused', 'delivered', 'withdrawn'] as const;
const TARGETS = ['engine', 'freespins', 'special'] as const;
const OPERATIONS = ['issue', 'cancel'] as const;

/** Bonuses on their way to outside systems: above all those that did not get there. */
export function DeliveryList() {
  const { t } = useTranslation('bonuses');
  const { filters, isFiltered, setFilters, clear } = useFilters<
    'player' | 'state' | 'target' | 'operation' | 'delivery'
  >('delivery');
  const { player, delivery } = filters;
  const state = oneOf(STATES, filters.state);
  const target = oneOf(TARGETS, filters.target);
  const operation = oneOf(OPERATIONS, filters.operation);
  const list = useList('listDeliveries', { query: { player, state, target, operation } });
  const columns: Column<Delivery>[] = [
    {
      id: 'what',
      header: t('delivery.what'),
      cell: (row) => t(`delivery.operations.${row.operation}`, { kind: t(`kinds.${row.kind}`) }),
    },
    { id: 'state', header: t('delivery.state'), cell: (row) => <Status of={row.state} /> },
    { id: 'target', header: t('delivery.target'), cell: (row) => t(`delivery.targets.${row.target}`) },
    { id: 'player', header: t('filters.player'), cell: (row) => <PlayerLink id={row.player} /> },
    {
      id: 'error',
      header: t('delivery.lastError'),
      cell: ({ lastError }) => (
        <Text span inherit lineClamp={1} maw={360} c={lastError === null ? 'dimmed' : undefined}>
          {lastError ?? '—'}
        </Text>
      ),
    },
    { id: 'attempts', header: t('delivery.attempts'), align: 'end', cell: (row) => row.attempts },
    {
      id: 'next',
      header: t('delivery.nextAttempt'),
      align: 'end',
      cell: (row) => <When at={row.nextAttemptAt} />,
    },
    {
      id: 'last',
      header: t('delivery.lastAttempt'),
      align: 'end',
      cell: (row) => <When at={row.lastAttemptAt} />,
    },
    // Nearly always everything arrived, and there is nothing to retry.
    ...(list.rows.some(mayRetry)
      ? [
          {
            id: 'retry',
            header: t('delivery.act'),
            align: 'end',
            cell: (row: Delivery) => <RetryButton of={row} />,
          } as const,
        ]
      : []),
  ];
  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear} actions={<SavedViews page="deliveries" />}>
        <FilterText
          label={t('filters.player')}
          value={player}
          onChange={(value) => setFilters({ player: value })}
        />
        <FilterSelect
          label={t('delivery.state')}
          value={state}
          onChange={(value) => setFilters({ state: value })}
          options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <FilterSelect
          label={t('delivery.target')}
          value={target}
          onChange={(value) => setFilters({ target: value })}
          options={TARGETS.map((value) => ({ value, label: t(`delivery.targets.${value}`) }))}
        />
        <FilterSelect
          label={t('delivery.operation')}
          value={operation}
          onChange={(value) => setFilters({ operation: value })}
          options={OPERATIONS.map((value) => ({ value, label: t(`delivery.operationNames.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('tabs.deliveries')}
        columns={columns}
        list={list}
        rowKey={({ deliveryId }) => deliveryId}
        onRow={({ deliveryId }) => setFilters({ delivery: deliveryId })}
        empty={
          isFiltered ? (
            <Empty icon={IconTruckDelivery} title={t('delivery.noneFound')} hint={t('list.noneFoundHint')} />
          ) : (
            <Empty icon={IconTruckDelivery} title={t('delivery.none')} hint={t('delivery.noneHint')} />
          )
        }
      />
      <DeliveryDrawer deliveryId={delivery} onClose={() => setFilters({ delivery: undefined })} />
    </>
  );
}
