import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../../api/index.ts';
import { type Column, DataTable, Empty, Nothing, Panel, When } from '../../../../kit/index.ts';

/** Who did what with a campaign, from the audit log. */
export function Acts({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const list = useList('listAuditEntries', { query: { targetKind: 'campaign', targetId: campaignId } });
  const columns: Column<RowOf<'listAuditEntries'>>[] = [
    {
      id: 'action',
      header: t('history.act'),
      cell: ({ action }) => t(`history.acts.${action.split('.')[1]}`, { defaultValue: action }),
    },
    { id: 'who', header: t('history.who'), cell: ({ actor }) => actor.name ?? actor.id },
    { id: 'reason', header: t('reason'), cell: ({ reason }) => reason ?? <Nothing /> },
    { id: 'at', header: t('history.at'), align: 'end', cell: ({ at }) => <When at={at} style="full" /> },
  ];
  return (
    <Panel title={t('history.log')} padded={false}>
      <DataTable
        label={t('history.log')}
        columns={columns}
        list={list}
        rowKey={({ entryId }) => entryId}
        empty={<Empty title={t('history.noActs')} />}
      />
    </Panel>
  );
}
