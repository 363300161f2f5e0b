import { useTranslation } from 'react-i18next';
import { type Call, type RowOf, useList } from '../../../api/index.ts';
import {
  CampaignLink,
  type Column,
  Count,
  DataTable,
  Empty,
  FilterBar,
  FilterCampaign,
  FilterSelect,
  Nothing,
  Status,
  When,
  Who,
} from '../../../kit/index.ts';
import type { useFilters } from '../../../routing/index.ts';

type Batch = RowOf<'listCodeBatches'>;
type Query = NonNullable<Call<'listCodeBatches'>['query']>;

const STATUSES = ['pending_approval', 'making', 'ready', 'rejected', 'cancelled', 'failed', 'disabled'];
/** While one is being made, its number of codes grows. */
const LOOK_EVERY_MS = 3_000;

type Props = Pick<ReturnType<typeof useFilters<'campaignId' | 'status'>>, 'filters' | 'setFilters'>;

/** Codes that were made together. */
export function BatchList({ filters: { campaignId, status }, setFilters }: Props) {
  const { t } = useTranslation('codes');
  const list = useList(
    'listCodeBatches',
    { query: { campaignId, status } as Query },
    { every: LOOK_EVERY_MS },
  );
  const isFiltered = campaignId !== undefined || status !== undefined;
  const columns: Column<Batch>[] = [
    { id: 'what', header: t('batch'), cell: ({ kind, pattern }) => pattern ?? t(`batchKinds.${kind}`) },
    { id: 'status', header: t('state'), cell: (batch) => <Status of={batch.status} /> },
    { id: 'kind', header: t('kind'), cell: ({ codeKind }) => t(`codeKinds.${codeKind}`) },
    {
      id: 'campaign',
      header: t('campaign'),
      cell: (batch) => <CampaignLink id={batch.campaignId} />,
    },
    { id: 'size', header: t('size'), align: 'end', cell: ({ size }) => <Count of={size} /> },
    {
      id: 'bad',
      header: t('badLines'),
      align: 'end',
      cell: ({ badLines }) => (badLines ? <Count of={badLines} /> : <Nothing />),
    },
    { id: 'by', header: t('createdBy'), cell: ({ createdBy }) => <Who by={createdBy} /> },
    { id: 'created', header: t('createdAt'), align: 'end', cell: ({ createdAt }) => <When at={createdAt} /> },
  ];
  return (
    <>
      <FilterBar
        isFiltered={isFiltered}
        onClear={() => setFilters({ campaignId: undefined, status: undefined })}
      >
        <FilterCampaign
          label={t('campaign')}
          value={campaignId}
          onChange={(picked) => setFilters({ campaignId: picked })}
        />
        <FilterSelect
          label={t('state')}
          value={status}
          onChange={(picked) => setFilters({ status: picked })}
          options={STATUSES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('batches')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/code-batches/$batchId', params: { batchId: id } })}
        empty={
          isFiltered ? (
            <Empty title={t('nothingFits')} hint={t('nothingFitsHint')} />
          ) : (
            <Empty title={t('noBatches')} hint={t('noBatchesHint')} />
          )
        }
      />
    </>
  );
}
