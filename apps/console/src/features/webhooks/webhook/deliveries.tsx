import { Text, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import { type Column, DataTable, Empty, FilterBar, FilterSelect, Status, When } from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { EVENT_GROUPS } from '../form/catalogue.ts';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { HttpStatus, ReplayButton, stateOf } from './replay-button.tsx';

type Delivery = RowOf<'listWebhookDeliveries'>;

const STATUSES = ['pending', 'failed', 'succeeded', 'abandoned'] as const;
const TYPES = EVENT_GROUPS.flatMap(({ types }) => types);
const EVERY_MS = 5_000;

/** What was sent to it, and how it answered. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation('webhooks');
  const { filters, isFiltered, setFilters, clear } = useFilters<'status' | 'type' | 'event'>('event');
  const status = oneOf(STATUSES, filters.status);
  const type = oneOf(TYPES, filters.type);
  const list = useList(
    'listWebhookDeliveries',
    { params: { webhookId }, query: { status, type } },
    { every: EVERY_MS },
  );
  const columns: Column<Delivery>[] = [
    {
      id: 'event',
      header: t('delivery.event'),
      cell: ({ eventType }) => (
        <Text span inherit ff="monospace">
          {eventType}
        </Text>
      ),
    },
    { id: 'status', header: t('state'), cell: (row) => <Status of={stateOf(row.status)} /> },
    { id: 'answer', header: t('delivery.answer'), cell: (row) => <HttpStatus of={row.lastAttempt} /> },
    {
      id: 'took',
      header: t('delivery.took'),
      align: 'end',
      cell: ({ lastAttempt }) =>
        lastAttempt?.durationMs == null ? '—' : t('delivery.ms', { ms: lastAttempt.durationMs }),
    },
    { id: 'attempts', header: t('delivery.attempts'), align: 'end', cell: (row) => row.attempts },
    {
      id: 'last',
      header: t('delivery.last'),
      align: 'end',
      cell: (row) => <When at={row.lastAttempt?.at} />,
    },
    { id: 'next', header: t('delivery.next'), align: 'end', cell: (row) => <When at={row.nextAttemptAt} /> },
    { id: 'happened', header: t('delivery.since'), align: 'end', cell: (row) => <When at={row.createdAt} /> },
    {
      id: 'replay',
      header: t('delivery.act'),
      align: 'end',
      // One that arrived can be sent again from its own page: it is seldom wanted.
      cell: (row) => (row.status === 'succeeded' ? null : <ReplayButton webhookId={webhookId} of={row} />),
    },
  ];
  return (
    <div>
      <Title order={2} fz="md" fw={600} mb="sm">
        {t('delivery.title')}
      </Title>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterSelect
          label={t('state')}
          value={status}
          onChange={(value) => setFilters({ status: value })}
          options={STATUSES.map((value) => ({ value, label: t(`states.${stateOf(value)}`) }))}
        />
        <FilterSelect
          label={t('delivery.event')}
          value={type}
          onChange={(value) => setFilters({ type: value })}
          options={TYPES.map((value) => ({ value, label: value }))}
        />
      </FilterBar>
      <DataTable
        label={t('delivery.title')}
        columns={columns}
        list={list}
        rowKey={({ eventId }) => eventId}
        onRow={({ eventId }) => setFilters({ event: eventId })}
        empty={
          <Empty
            icon={IconSend}
            title={t(isFiltered ? 'delivery.noneFound' : 'delivery.none')}
            hint={t(isFiltered ? 'delivery.noneFoundHint' : 'delivery.noneHint')}
          />
        }
      />
      <DeliveryDrawer
        webhookId={webhookId}
        eventId={filters.event}
        onClose={() => setFilters({ event: undefined })}
      />
    </div>
  );
}
