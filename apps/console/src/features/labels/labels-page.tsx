import { Button, Code, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../api/index.ts';
import {
  type Column,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  FilterSwitch,
  Page,
  When,
  Who,
} from '../../kit/index.ts';
import { oneOf, useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';
import { CreateLabel } from './create-label.tsx';
import { KIND_ICONS, KINDS } from './kinds.ts';

type Row = RowOf<'listLabels'>;

/** Named values that content puts into messages, worked out once for each. */
export function LabelsPage() {
  const { t } = useTranslation('labels');
  const mayWrite = useMay('journeys:write');
  const { filters, setFilters, isFiltered, clear } = useFilters<'kind' | 'archived'>();
  const [isCreating, { open, close }] = useDisclosure();
  const kind = oneOf(KINDS, filters.kind);
  const isArchive = filters.archived === 'true';
  const list = useList('listLabels', {
    query: { ...(kind && { kind }), ...(isArchive && { archived: 'true' }) },
  });
  const columns: readonly Column<Row>[] = [
    { id: 'name', header: t('list.name'), cell: ({ name }) => <Code>{`{{ label.${name} }}`}</Code> },
    { id: 'kind', header: t('list.kind'), cell: (row) => <KindName of={row.kind} /> },
    { id: 'version', header: t('list.version'), cell: ({ version }) => t('version', { version }) },
    { id: 'by', header: t('list.by'), cell: ({ createdBy }) => <Who by={createdBy} /> },
    { id: 'updated', header: t('list.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
  ];
  const create = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t('list.create')}
    </Button>
  );
  return (
    <Page title={t('rooms.labels')} description={t('list.description')} actions={create}>
      <FilterBar
        isFiltered={isFiltered}
        onClear={clear}
        actions={
          <FilterSwitch
            label={t('list.archived')}
            value={filters.archived}
            onChange={(archived) => setFilters({ archived })}
          />
        }
      >
        <FilterSelect
          label={t('list.kind')}
          value={kind}
          onChange={(value) => setFilters({ kind: value })}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('rooms.labels')}
        columns={columns}
        list={list}
        rowKey={({ name }) => name}
        rowLink={({ name }) => ({ to: '/labels/$labelName', params: { labelName: name } })}
        empty={
          isFiltered ? (
            <Empty icon={IconTag} title={t('list.noneFound')} hint={t('list.noneFoundHint')} />
          ) : (
            <Empty
              icon={IconTag}
              title={t('list.none')}
              hint={t('list.noneHint', { tag: '{{ label.promo_code }}' })}
              action={create}
            />
          )
        }
      />
      <CreateLabel opened={isCreating} onClose={close} />
    </Page>
  );
}

export function KindName({ of }: { of: Row['kind'] }) {
  const { t } = useTranslation('labels');
  const IconOf = KIND_ICONS[of];
  return (
    <Group gap={6} wrap="nowrap">
      <IconOf size={15} aria-hidden />
      {t(`kind.${of}`)}
    </Group>
  );
}
