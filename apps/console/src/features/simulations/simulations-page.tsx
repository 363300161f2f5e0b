import { Button, Modal, Progress } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPlay, IconTimeline } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../api/index.ts';
import {
  CampaignPicker,
  type Column,
  DataTable,
  Day,
  Empty,
  FilterBar,
  Page,
  Panel,
  Status,
  When,
  Who,
} from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { RunForm } from './run-form.tsx';

type Row = RowOf<'listSimulations'>;
/** Work goes on while one looks. */
const LOOK_MS = 2_000;

/** A campaign run over the past, before it costs anything. */
export function SimulationsPage() {
  const { t } = useTranslation('simulations');
  const { filters, setFilters } = useFilters<'campaign'>();
  const campaignId = filters.campaign;
  const [opened, { open, close }] = useDisclosure();
  const list = useList(
    'listSimulations',
    { params: { campaignId: campaignId ?? '' }, query: {} },
    { enabled: campaignId !== undefined, every: LOOK_MS },
  );
  const run = (
    <Button leftSection={<IconPlayerPlay size={16} />} onClick={open}>
      {t('run')}
    </Button>
  );
  const columns: Column<Row>[] = [
    {
      id: 'period',
      header: t('period'),
      cell: ({ from, to }) => (
        <>
          <Day of={from} /> – <Day of={to} />
        </>
      ),
    },
    { id: 'status', header: t('status'), cell: (row) => <Status of={row.status} /> },
    { id: 'progress', header: t('progress'), cell: (row) => <Done of={row} />, width: 160 },
    { id: 'version', header: t('version'), align: 'end', cell: ({ version }) => version },
    { id: 'assume', header: t('assume.label'), cell: ({ assume }) => t(`assume.${assume.kind}`) },
    { id: 'by', header: t('by'), cell: ({ createdBy }) => <Who by={createdBy} /> },
    { id: 'at', header: t('at'), cell: ({ createdAt }) => <When at={createdAt} /> },
  ];
  return (
    <Page
      title={t('rooms.simulations')}
      description={t('description')}
      actions={campaignId !== undefined && run}
    >
      <FilterBar isFiltered={false} onClear={() => setFilters({ campaign: undefined })}>
        <CampaignPicker
          aria-label={t('campaign')}
          placeholder={t('campaign')}
          size="sm"
          w={{ base: '100%', xs: 300 }}
          value={campaignId}
          onChange={(campaign) => setFilters({ campaign })}
        />
      </FilterBar>
      {campaignId === undefined ? (
        <Panel>
          <Empty icon={IconTimeline} title={t('pick')} hint={t('pickHint')} />
        </Panel>
      ) : (
        <DataTable
          label={t('rooms.simulations')}
          columns={columns}
          list={list}
          rowKey={({ id }) => id}
          rowLink={({ id }) => ({ to: '/simulations/$simulationId', params: { simulationId: id } })}
          empty={<Empty icon={IconTimeline} title={t('none')} hint={t('noneHint')} action={run} />}
        />
      )}
      <Modal opened={opened} onClose={close} title={t('runTitle')} centered size="lg">
        {campaignId !== undefined && <RunForm campaignId={campaignId} onDone={close} />}
      </Modal>
    </Page>
  );
}

function Done({ of: { doneShareBps, status } }: { of: Row }) {
  const { t } = useTranslation('simulations');
  return (
    <Progress
      value={doneShareBps / 100}
      size="sm"
      color={status === 'failed' || status === 'cancelled' ? 'gray' : 'iris'}
      aria-label={t('progress')}
    />
  );
}
