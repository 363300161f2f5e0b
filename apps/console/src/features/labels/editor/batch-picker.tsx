import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead, useReads } from '../../../api/index.ts';
import { shortId } from '../../../kit/index.ts';
import { dateFormat } from '../../../texts/index.ts';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly error?: ReactNode;
  readonly disabled?: boolean;
  readonly onChange: (batchId: string) => void;
}

const LISTED = 100;

/** A batch of unique codes, by its campaign, its size and when it was made. */
export function BatchPicker({ value, onChange, ...input }: Props) {
  const { t } = useTranslation('labels');
  const batches = useRead('listCodeBatches', { query: { limit: LISTED, status: 'ready' } });
  const items = (batches.data?.items ?? []).filter(({ codeKind }) => codeKind === 'unique');
  const campaignIds = [...new Set(items.map(({ campaignId }) => campaignId))];
  const campaigns = useReads(
    'getCampaign',
    campaignIds.map((campaignId) => ({ params: { campaignId } })),
  );
  const nameOf = (id: string) => campaigns[campaignIds.indexOf(id)]?.name ?? shortId(id);
  const day = dateFormat({ dateStyle: 'medium' });
  const options = items.map(({ id, campaignId, createdAt, size }) => ({
    value: id,
    label: t('editor.batchName', {
      campaign: nameOf(campaignId),
      count: size,
      day: day.format(new Date(createdAt)),
    }),
  }));
  const isListed = value === '' || options.some((option) => option.value === value);
  return (
    <Select
      {...input}
      description={t('editor.batchHint')}
      data={isListed ? options : [{ value, label: shortId(value) }, ...options]}
      value={value === '' ? null : value}
      searchable
      nothingFoundMessage={t('editor.noBatch')}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  );
}
