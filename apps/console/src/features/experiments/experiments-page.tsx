import { IconFlask, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../api/index.ts';
import {
  type Column,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  LinkButton,
  Page,
  Status,
  When,
} from '../../kit/index.ts';
import { oneOf, useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';

type Row = RowOf<'listExperiments'>;
const STATES = ['scheduled', 'running', 'ended'] as const;

/** What is tried out on some players, against others who do not get it. */
export function ExperimentsPage() {
  const { t } = useTranslation('experiments');
  const mayWrite = useMay('experiments:write');
  const { filters, isFiltered, setFilters, clear } = useFilters<'status'>();
  const status = oneOf(STATES, filters.status);
  const list = useList('listExperiments', { query: { status } });
  const create = mayWrite && (
    <LinkButton to="/experiments/new" leftSection={<IconPlus size={16} />}>
      {t('list.create')}
    </LinkButton>
  );
  const columns: Column<Row>[] = [
    { id: 'name', header: t('name'), cell: ({ name }) => name },
    { id: 'status', header: t('status'), cell: (row) => <Status of={row.status} /> },
    { id: 'metric', header: t('metric'), cell: ({ metric }) => t(`metrics.${metric}`) },
    { id: 'arms', header: t('arms'), cell: ({ arms }) => arms.map(({ name }) => name).join(' · ') },
    { id: 'starts', header: t('starts'), cell: ({ startsAt }) => <When at={startsAt} /> },
    { id: 'ends', header: t('ends'), cell: ({ endsAt }) => <When at={endsAt} /> },
  ];
  return (
    <Page title={t('rooms.experiments')} description={t('list.description')} actions={create}>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterSelect
          label={t('status')}
          value={status}
          onChange={(chosen) => setFilters({ status: chosen })}
          options={STATES.map((value) => ({ value, label: t(`states.${value}`, { ns: 'common' }) }))}
        />
      </FilterBar>
      <DataTable
        label={t('rooms.experiments')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/experiments/$experimentId', params: { experimentId: id } })}
        empty={
          <Empty
            icon={IconFlask}
            title={t(isFiltered ? 'list.noneFound' : 'list.none')}
            hint={t(isFiltered ? 'list.noneFoundHint' : 'list.noneHint')}
            action={!isFiltered && create}
          />
        }
      />
    </Page>
  );
}
