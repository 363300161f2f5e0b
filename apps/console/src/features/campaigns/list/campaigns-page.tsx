import { Group, Stack, Text } from '@mantine/core';
import type { CampaignStatus } from '@promosmith/contract';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import {
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  FilterText,
  LinkButton,
  Page,
  SavedViews,
} from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { useColumns } from './columns.tsx';
import { useCampaignNumbers } from './numbers.ts';

const STATUSES: readonly CampaignStatus[] = [
  'draft',
  'pending_approval',
  'scheduled',
  'active',
  'paused',
  'ended',
  'archived',
];

/** Every campaign of the brand, with what it does today. */
export function CampaignsPage() {
  const { t } = useTranslation('campaigns');
  const mayWrite = useMay('campaigns:write');
  const { filters, isFiltered, setFilters, clear } = useFilters<'status' | 'name' | 'group'>();
  const status = STATUSES.find((known) => known === filters.status);
  const list = useList('listCampaigns', {
    query: { status, name: filters.name, exclusiveGroup: filters.group },
  });
  const numbers = useCampaignNumbers(list.rows.map(({ id }) => id));
  const columns = useColumns(numbers);
  const create = mayWrite && (
    <LinkButton to="/campaigns/new" leftSection={<IconPlus size={16} />}>
      {t('list.new')}
    </LinkButton>
  );
  // Where there is nothing at all, the place that says so has the button.
  const isBare = !isFiltered && !list.isPending && list.rows.length === 0;
  return (
    <Page title={t('list.title')} description={t('list.description')} actions={isBare ? undefined : create}>
      <FilterBar isFiltered={isFiltered} onClear={clear} actions={<SavedViews page="campaigns" />}>
        <FilterText label={t('list.name')} value={filters.name} onChange={(name) => setFilters({ name })} />
        <FilterSelect
          label={t('list.status')}
          value={filters.status}
          onChange={(chosen) => setFilters({ status: chosen })}
          options={STATUSES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <FilterText
          label={t('list.group')}
          value={filters.group}
          onChange={(group) => setFilters({ group })}
        />
      </FilterBar>
      <DataTable
        label={t('list.title')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/campaigns/$campaignId', params: { campaignId: id } })}
        empty={
          isFiltered ? (
            <Empty title={t('list.noneSuch')} hint={t('list.noneSuchHint')} />
          ) : (
            <Empty
              icon={IconSpeakerphone}
              title={t('list.none')}
              hint={
                <Stack gap="md" align="center">
                  <Text inherit>{t('list.noneHint')}</Text>
                  <Group>{create}</Group>
                </Stack>
              }
            />
          )
        }
      />
    </Page>
  );
}
