import { Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../../api/index.ts';
import {
  type Column,
  Count,
  DataTable,
  Empty,
  LinkButton,
  Nothing,
  Status,
  When,
} from '../../../../kit/index.ts';
import { CampaignCodes } from './campaign-codes.tsx';

/** The codes of a campaign: those made together, and one by one. */
export function CodesTab({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const batches = useList('listCodeBatches', { query: { campaignId } });
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Title order={2} fz="md">
          {t('codes.batches')}
        </Title>
        <LinkButton variant="default" to="/codes" search={{ campaignId }}>
          {t('codes.toRoom')}
        </LinkButton>
      </Group>
      <DataTable
        label={t('codes.batches')}
        columns={useBatchColumns()}
        list={batches}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/code-batches/$batchId', params: { batchId: id } })}
        empty={<Empty title={t('codes.noBatches')} hint={t('codes.noBatchesHint')} />}
      />
      <Title order={2} fz="md">
        {t('codes.codes')}
      </Title>
      <CampaignCodes campaignId={campaignId} />
    </Stack>
  );
}

function useBatchColumns(): readonly Column<RowOf<'listCodeBatches'>>[] {
  const { t } = useTranslation('campaigns');
  return [
    { id: 'kind', header: t('codes.batch'), cell: ({ kind }) => t(`codes.batchKinds.${kind}`) },
    { id: 'status', header: t('list.status'), cell: ({ status }) => <Status of={status} /> },
    { id: 'size', header: t('codes.size'), align: 'end', cell: ({ size }) => <Count of={size} /> },
    { id: 'pattern', header: t('codes.pattern'), cell: ({ pattern }) => pattern ?? <Nothing /> },
    {
      id: 'created',
      header: t('codes.created'),
      align: 'end',
      cell: ({ createdAt }) => <When at={createdAt} />,
    },
  ];
}
