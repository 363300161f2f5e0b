import { Badge } from '@mantine/core';
import { IconFileAnalytics, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../api/index.ts';
import { type Column, DataTable, Empty, LinkButton, Nothing, Page, When, Who } from '../../kit/index.ts';
import { useSay } from '../../texts/index.ts';
import { useKinds, useWords } from './words.ts';

type Row = RowOf<'listReports'>;

/** Tables that are asked for again and again: kept, shared, and sent by themselves. */
export function ReportsPage() {
  const { t } = useTranslation('reports');
  const say = useSay();
  const words = useWords();
  const kinds = useKinds();
  const list = useList('listReports', { query: {} });
  const titleOf = (kind: string) => say(kinds.data?.items.find((one) => one.kind === kind)?.title ?? kind);
  const create = (
    <LinkButton to="/reports/new" leftSection={<IconPlus size={16} />}>
      {t('list.create')}
    </LinkButton>
  );
  const columns: Column<Row>[] = [
    { id: 'name', header: t('name'), cell: ({ name }) => name },
    { id: 'kind', header: t('kind'), cell: ({ kind }) => titleOf(kind) },
    { id: 'period', header: t('period.label'), cell: ({ filters }) => words.period(filters.period) },
    {
      id: 'schedule',
      header: t('schedule.label'),
      cell: ({ schedule }) => (schedule ? words.every(schedule.every) : <Nothing />),
    },
    { id: 'next', header: t('nextDue'), cell: ({ nextDueAt }) => <When at={nextDueAt} /> },
    { id: 'owner', header: t('owner'), cell: ({ owner }) => <Who by={owner} /> },
    {
      id: 'shared',
      header: t('shared'),
      cell: ({ shared }) => (shared ? <Badge variant="light">{t('sharedYes')}</Badge> : <Nothing />),
    },
  ];
  return (
    <Page title={t('rooms.reports')} description={t('list.description')} actions={create}>
      <DataTable
        label={t('rooms.reports')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/reports/$reportId', params: { reportId: id } })}
        empty={
          <Empty icon={IconFileAnalytics} title={t('list.none')} hint={t('list.noneHint')} action={create} />
        }
      />
    </Page>
  );
}
