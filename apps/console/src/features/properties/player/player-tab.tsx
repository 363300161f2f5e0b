import { Button, Code } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconVariable } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import {
  type Column,
  Copyable,
  DataTable,
  Empty,
  FilterBar,
  FilterText,
  listOf,
  When,
} from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { Example } from '../example.tsx';
import { CreateProperty } from './create-property.tsx';

type Row = Answer<'listProperties'>['items'][number];

/** Facts of players that the platform tells of, registered so that a typo is refused. */
export function PlayerTab() {
  const { t } = useTranslation('properties');
  const mayWrite = useMay('players:write');
  const { filters, setFilters, isFiltered, clear } = useFilters<'find'>();
  const [isCreating, { open, close }] = useDisclosure();
  const list = listOf(useRead('listProperties', {}));
  const part = (filters.find ?? '').toLowerCase();
  const rows = list.rows.filter(({ name, label }) => `${name} ${label}`.toLowerCase().includes(part));
  const columns: readonly Column<Row>[] = [
    { id: 'label', header: t('player.label'), cell: ({ label }) => label },
    {
      id: 'name',
      header: t('player.inRules'),
      cell: ({ name }) => <Copyable text={`player.properties.${name}`} />,
    },
    {
      id: 'content',
      header: t('player.inContent'),
      cell: ({ name }) => <Copyable text={`{{ state.user_property_${name} }}`} />,
    },
    { id: 'type', header: t('type'), cell: ({ type }) => t(`types.${type}`) },
    {
      id: 'example',
      header: t('example'),
      cell: ({ example }) => (
        <Code>
          <Example of={example} />
        </Code>
      ),
    },
    { id: 'created', header: t('created'), cell: ({ createdAt }) => <When at={createdAt} /> },
  ];
  const create = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t('player.create')}
    </Button>
  );
  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear} actions={create}>
        <FilterText label={t('find')} value={filters.find} onChange={(find) => setFilters({ find })} />
      </FilterBar>
      <DataTable
        label={t('tabs.players')}
        columns={columns}
        list={{ ...list, rows }}
        rowKey={({ name }) => name}
        empty={
          isFiltered ? (
            <Empty icon={IconVariable} title={t('noneFound')} hint={t('noneFoundHint')} />
          ) : (
            <Empty icon={IconVariable} title={t('player.none')} hint={t('player.noneHint')} action={create} />
          )
        }
      />
      {isCreating && <CreateProperty onClose={close} />}
    </>
  );
}
