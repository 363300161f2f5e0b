import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconScale } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useAct, useList } from '../../../api/index.ts';
import {
  type Column,
  DataTable,
  Empty,
  Panel,
  Status,
  tellDone,
  tellFailed,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { Differences } from './differences.tsx';
import { type Outcome, outcomeOf } from './outcome.ts';

type Job = RowOf<'listJobs'>;

/** A comparison takes seconds; a run that somebody started is followed. */
const EVERY_MS = 2_000;

/** Whether the books agree with everything that happened: the last comparison, and those before. */
export function Reconciliation() {
  const { t } = useTranslation('ledger');
  const may = useMay('ledger:read');
  const runs = useList('listJobs', { query: { kind: 'ledger.reconcile' } }, { every: EVERY_MS });
  const start = useAct('startReconciliation', () => tellDone(t('reconciliation.started')));
  const last = runs.rows.map(outcomeOf).find((outcome) => outcome !== undefined);
  const isRunning = runs.rows.some(({ status }) => status === 'queued' || status === 'running');
  const columns: Column<Job>[] = [
    {
      id: 'started',
      header: t('reconciliation.run'),
      cell: ({ createdAt }) => <When at={createdAt} style="full" />,
    },
    { id: 'status', header: t('adjustments.state'), cell: ({ status }) => <Status of={status} /> },
    { id: 'outcome', header: t('reconciliation.outcome'), cell: (job) => <Word of={job} /> },
    {
      id: 'by',
      header: t('reconciliation.by'),
      cell: ({ createdBy }) =>
        createdBy.kind === 'system' ? t('reconciliation.daily') : (createdBy.name ?? createdBy.id),
    },
    {
      id: 'finished',
      header: t('reconciliation.finished'),
      align: 'end',
      cell: ({ finishedAt }) => <When at={finishedAt} />,
    },
  ];
  return (
    <Stack>
      <Panel
        title={t('reconciliation.title')}
        hint={t('reconciliation.hint')}
        actions={
          may && (
            <Button
              variant="default"
              leftSection={<IconScale size={15} />}
              loading={start.isPending}
              disabled={isRunning}
              onClick={() => start.mutate({}, { onError: tellFailed })}
            >
              {t('reconciliation.start')}
            </Button>
          )
        }
      >
        {isRunning && (
          <Group gap="xs" mb="sm" role="status">
            <Loader size="xs" />
            <Text fz="sm">{t('reconciliation.running')}</Text>
          </Group>
        )}
        {last && <Verdict of={last} />}
      </Panel>
      <DataTable
        label={t('tabs.reconciliation')}
        columns={columns}
        list={runs}
        rowKey={({ id }) => id}
        empty={
          <Empty icon={IconScale} title={t('reconciliation.none')} hint={t('reconciliation.noneHint')} />
        }
      />
    </Stack>
  );
}

function Verdict({ of: { balanced, differences, finishedAt } }: { of: Outcome }) {
  const { t } = useTranslation('ledger');
  return (
    <Stack gap="sm">
      <Alert
        color={balanced ? 'green' : 'red'}
        icon={balanced ? <IconCircleCheck size={18} /> : <IconAlertTriangle size={18} />}
        title={t(balanced ? 'reconciliation.agrees' : 'reconciliation.differs')}
      >
        {t('reconciliation.asOf')} <When at={finishedAt} />
      </Alert>
      {!balanced && <Differences of={differences} />}
    </Stack>
  );
}

function Word({ of: job }: { of: Job }) {
  const { t } = useTranslation('ledger');
  const outcome = outcomeOf(job);
  if (!outcome) return job.error ?? '—';
  return outcome.balanced
    ? t('reconciliation.balanced')
    : t('reconciliation.differences', { count: outcome.differences.length });
}
