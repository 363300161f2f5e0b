import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import { DataTable, Empty, FilterBar, FilterSelect, FilterText, Page } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { useColumns } from './columns.tsx';
import { CreateJourney } from './create-journey.tsx';

const STATUSES = ['draft', 'active', 'paused', 'archived'] as const;

/** Every journey of the brand, newest first. */
export function JourneysPage() {
  const { t } = useTranslation('journeys');
  const { filters, isFiltered, setFilters, clear } = useFilters<'status' | 'name'>();
  const mayWrite = useMay('journeys:write');
  const [isCreating, { open, close }] = useDisclosure();
  const status = STATUSES.find((one) => one === filters.status);
  const list = useList('listJourneys', {
    query: { ...(status && { status }), ...(filters.name && { name: filters.name }) },
  });
  const columns = useColumns(list.rows);
  const create = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t('list.create')}
    </Button>
  );
  return (
    <Page title={t('rooms.journeys')} description={t('list.description')} actions={create}>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterText label={t('list.find')} value={filters.name} onChange={(name) => setFilters({ name })} />
        <FilterSelect
          label={t('list.status')}
          value={filters.status}
          onChange={(value) => setFilters({ status: value })}
          options={STATUSES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('rooms.journeys')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/journeys/$journeyId', params: { journeyId: id } })}
        empty={
          isFiltered ? (
            <Empty icon={IconRoute} title={t('list.noneFound')} hint={t('list.noneFoundHint')} />
          ) : (
            <Empty icon={IconRoute} title={t('list.none')} hint={t('list.noneHint')} action={create} />
          )
        }
      />
      <CreateJourney opened={isCreating} onClose={close} />
    </Page>
  );
}
