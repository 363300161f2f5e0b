import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import { type Column, Count, DataTable, Empty, Nothing, Status, shortId, When } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import { useSay } from '../../../texts/index.ts';
import type { Report } from '../words.ts';

type Mail = RowOf<'listReportMails'>;

const STATES = { waiting: 'waiting', sent: 'delivered', failed: 'failed', dropped: 'withdrawn' } as const;

/** What was sent of it, and what became of it. */
export function Mails({ report: { id } }: { report: Report }) {
  const { t } = useTranslation('reports');
  const say = useSay();
  const { session } = useMember();
  const list = useList('listReportMails', { params: { reportId: id }, query: {} });
  const columns: Column<Mail>[] = [
    { id: 'due', header: t('mails.due'), cell: ({ dueAt }) => <When at={dueAt} style="full" /> },
    { id: 'status', header: t('mails.status'), cell: ({ status }) => <Status of={STATES[status]} /> },
    {
      id: 'to',
      header: t('mails.to'),
      cell: ({ staffId }) => (staffId === session.staffId ? session.name : shortId(staffId)),
    },
    { id: 'attempts', header: t('mails.attempts'), align: 'end', cell: (row) => <Count of={row.attempts} /> },
    {
      id: 'why',
      header: t('mails.why'),
      cell: ({ lastError }) => (lastError ? say(lastError) : <Nothing />),
    },
    { id: 'next', header: t('mails.next'), cell: (row) => <When at={row.nextAttemptAt} /> },
    { id: 'sent', header: t('mails.sent'), cell: ({ sentAt }) => <When at={sentAt} /> },
  ];
  return (
    <DataTable
      label={t('tabs.mails')}
      columns={columns}
      list={list}
      rowKey={({ dueAt, staffId }) => `${dueAt} ${staffId}`}
      empty={<Empty icon={IconMail} title={t('mails.none')} hint={t('mails.noneHint')} />}
    />
  );
}
