import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../../api/index.ts';
import { type Column, Count, DataTable, Empty, Nothing, Status, When } from '../../../../kit/index.ts';

/** Codes of a campaign, as a list. */
export function CampaignCodes({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const codes = useList('listCodes', { query: { campaignId } });
  const columns: Column<RowOf<'listCodes'>>[] = [
    { id: 'code', header: t('codes.code'), cell: ({ code }) => code },
    { id: 'kind', header: t('codes.kind'), cell: ({ kind }) => t(`codes.kinds.${kind}`) },
    { id: 'state', header: t('list.status'), cell: ({ state }) => <Status of={state} /> },
    {
      id: 'uses',
      header: t('codes.uses'),
      align: 'end',
      cell: ({ uses, reserved, maxUses }) => (
        <>
          <Count of={uses + reserved} /> / {maxUses === null ? '∞' : <Count of={maxUses} />}
        </>
      ),
    },
    { id: 'holder', header: t('codes.holder'), cell: ({ holder }) => holder ?? <Nothing /> },
    {
      id: 'created',
      header: t('codes.created'),
      align: 'end',
      cell: ({ createdAt }) => <When at={createdAt} />,
    },
  ];
  return (
    <DataTable
      label={t('codes.codes')}
      columns={columns}
      list={codes}
      rowKey={({ id }) => id}
      rowLink={({ id }) => ({ to: '/codes/$codeId', params: { codeId: id } })}
      empty={<Empty title={t('codes.none')} hint={t('codes.noneHint')} />}
    />
  );
}
