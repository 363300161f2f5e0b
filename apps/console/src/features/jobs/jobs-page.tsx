import { IconListDetails } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/index.ts';
import {
  type Column,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  Page,
  Status,
  When,
} from '../../kit/index.ts';
import { Who } from '../../kit/who.tsx';
import { useFilters } from '../../routing/index.ts';
import type { Job } from './job.ts';
import { JobDrawer } from './job-drawer.tsx';
import { Progress } from './progress.tsx';

const STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const satisfies Job['status'][];
/** Work goes on while one looks. */
const LOOK_MS = 2_000;

const statusOf = (text: string | undefined) => STATUSES.find((status) => status === text);

/** What goes on after its request was answered: how far it is, what it made, why it failed. */
export function JobsPage() {
  const { t } = useTranslation('jobs');
  const { filters, isFiltered, setFilters, clear } = useFilters<'status' | 'job'>('job');
  const status = statusOf(filters.status);
  const list = useList('listJobs', { query: status ? { status } : {} }, { every: LOOK_MS });
  const columns: Column<Job>[] = [
    { id: 'kind', header: t('kind'), cell: ({ kind }) => t(`kinds.${kind}`, { defaultValue: kind }) },
    { id: 'status', header: t('status'), cell: (job) => <Status of={job.status} />, width: 110 },
    { id: 'progress', header: t('progress'), cell: (job) => <Progress of={job} />, width: 260 },
    { id: 'by', header: t('by'), cell: ({ createdBy }) => <Who by={createdBy} /> },
    { id: 'at', header: t('at'), cell: ({ createdAt }) => <When at={createdAt} />, width: 140 },
  ];
  return (
    <Page title={t('title')} description={t('description')}>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterSelect
          label={t('status')}
          value={status}
          options={STATUSES.map((value) => ({ value, label: t(`states.${value}`, { ns: 'common' }) }))}
          onChange={(value) => setFilters({ status: value })}
        />
      </FilterBar>
      <DataTable
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        onRow={({ id }) => setFilters({ job: id })}
        empty={<Empty icon={IconListDetails} title={t('empty.title')} hint={t('empty.hint')} />}
      />
      <JobDrawer jobId={filters.job} onClose={() => setFilters({ job: undefined })} />
    </Page>
  );
}
