import { Badge, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconWaveSine } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import {
  type Column,
  Count,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  FilterText,
  When,
} from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { EventDrawer } from './event-drawer.tsx';
import { type EventKind, readKey, SOURCES } from './names.ts';
import { RegisterEvent } from './register-event.tsx';

const PAGE = 200;

/** What events carry: the platform's own types, and what was seen or registered by hand. */
export function EventsTab() {
  const { t } = useTranslation('properties');
  const mayWrite = useMay('journeys:write');
  const { filters, setFilters, isFiltered, clear } = useFilters<'source' | 'find' | 'event'>('event');
  const [isRegistering, { open, close }] = useDisclosure();
  const source = oneOf(SOURCES, filters.source);
  const list = useList('listEventProperties', { query: { limit: PAGE, ...(source && { source }) } });
  const part = (filters.find ?? '').toLowerCase();
  const rows = list.rows.filter(({ key, fields }) =>
    `${readKey(key).name} ${fields.map(({ name }) => name).join(' ')}`.toLowerCase().includes(part),
  );
  const opened = list.rows.find(({ key }) => key === filters.event);
  const columns: readonly Column<EventKind>[] = [
    { id: 'name', header: t('event.name'), cell: ({ key }) => readKey(key).name },
    { id: 'source', header: t('event.source'), cell: ({ key }) => t(`sources.${readKey(key).source}`) },
    {
      id: 'origin',
      header: t('event.origin'),
      cell: ({ origin }) => (
        <Badge
          variant="light"
          color={origin === 'discovered' ? 'blue' : 'gray'}
          tt="none"
          fw={500}
          radius="sm"
        >
          {t(`origins.${origin}`)}
        </Badge>
      ),
    },
    {
      id: 'fields',
      header: t('event.fields'),
      align: 'end',
      cell: ({ fields }) => <Count of={fields.length} />,
    },
    { id: 'seen', header: t('event.lastSeen'), cell: ({ lastSeenAt }) => <When at={lastSeenAt} /> },
  ];
  const register = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t('event.register')}
    </Button>
  );
  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear} actions={register}>
        <FilterText label={t('find')} value={filters.find} onChange={(find) => setFilters({ find })} />
        <FilterSelect
          label={t('event.source')}
          value={source}
          onChange={(value) => setFilters({ source: value })}
          options={SOURCES.map((value) => ({ value, label: t(`sources.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('tabs.events')}
        columns={columns}
        list={{ ...list, rows }}
        rowKey={({ key }) => key}
        onRow={({ key }) => setFilters({ event: key })}
        empty={<Empty icon={IconWaveSine} title={t('noneFound')} hint={t('noneFoundHint')} />}
      />
      {isRegistering && (
        <RegisterEvent
          known={list.rows.map(({ key }) => key)}
          onClose={close}
          onDone={(key) => {
            close();
            setFilters({ event: key });
          }}
        />
      )}
      <EventDrawer of={opened} onClose={() => setFilters({ event: undefined })} />
    </>
  );
}
