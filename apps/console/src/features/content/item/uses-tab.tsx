import { IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import { type Column, DataTable, Empty, Nothing, Status } from '../../../kit/index.ts';

/** Journeys that send the content. */
export function UsesTab({ contentId }: { contentId: string }) {
  const { t } = useTranslation('content');
  const list = useList('listContentUses', { params: { contentId } });
  const columns: readonly Column<RowOf<'listContentUses'>>[] = [
    { id: 'name', header: t('uses.journey'), cell: ({ name }) => name },
    { id: 'status', header: t('uses.status'), cell: ({ status }) => <Status of={status} /> },
    {
      id: 'version',
      header: t('uses.version'),
      cell: ({ version }) => (version === null ? <Nothing /> : t('version', { version })),
    },
    {
      id: 'content',
      header: t('uses.content'),
      cell: ({ contentVersion }) =>
        contentVersion === null ? <Nothing /> : t('version', { version: contentVersion }),
    },
    { id: 'draft', header: t('uses.draft'), cell: ({ inDraft }) => t(inDraft ? 'yes' : 'no') },
  ];
  return (
    <DataTable
      label={t('tabs.uses')}
      columns={columns}
      list={list}
      rowKey={({ journeyId }) => journeyId}
      rowLink={({ journeyId }) => ({ to: '/journeys/$journeyId', params: { journeyId } })}
      empty={<Empty icon={IconRoute} title={t('uses.none')} hint={t('uses.noneHint')} />}
    />
  );
}
