import { Code } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/index.ts';
import {
  type Column,
  Copyable,
  DataTable,
  Empty,
  FilterBar,
  FilterDays,
  FilterText,
  Nothing,
  Page,
  shortId,
  useSpan,
  When,
} from '../../kit/index.ts';
import { Who } from '../../kit/who.tsx';
import { useFilters } from '../../routing/index.ts';
import type { Entry } from './entry.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import { Verification } from './verification.tsx';
import { useWords } from './words.ts';

/** Who changed what, and when: the chain that nobody can rewrite unseen. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const { filters, isFiltered, setFilters, clear } = useFilters<
    'action' | 'actorId' | 'targetKind' | 'targetId' | 'from' | 'to' | 'entry'
  >('entry');
  const { action, actorId, targetKind, targetId, from, to } = filters;
  const words = useWords();
  const span = useSpan({ from, to });
  const list = useList('listAuditEntries', { query: { action, actorId, targetKind, targetId, ...span } });
  const shown = list.rows.find(({ entryId }) => entryId === filters.entry);
  const columns: Column<Entry>[] = [
    { id: 'action', header: t('action'), cell: ({ action: done }) => words.ofAction(done) },
    {
      id: 'target',
      header: t('target'),
      cell: ({ target: { kind, id } }) => `${words.ofKind(kind)} ${id.length > 20 ? shortId(id) : id}`,
    },
    { id: 'actor', header: t('actor'), cell: (entry) => <Who by={entry.actor} /> },
    { id: 'reason', header: t('reason'), cell: ({ reason }) => reason ?? <Nothing /> },
    { id: 'at', header: t('at'), cell: (entry) => <When at={entry.at} />, width: 140 },
    { id: 'key', header: t('key'), cell: (entry) => <Code>{entry.action}</Code>, hidden: true },
    { id: 'position', header: t('position'), cell: (entry) => entry.position, align: 'end', hidden: true },
    {
      id: 'request',
      header: t('request'),
      cell: (entry) => entry.requestId && <Copyable text={entry.requestId} />,
      hidden: true,
    },
  ];
  return (
    <Page title={t('title')} description={t('description')} actions={<Verification />}>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterText
          label={t('filter.action')}
          value={action}
          onChange={(value) => setFilters({ action: value })}
        />
        <FilterText
          label={t('filter.target')}
          value={targetId}
          onChange={(value) => setFilters({ targetId: value })}
        />
        <FilterDays from={from} to={to} onChange={(days) => setFilters(days as typeof filters)} />
      </FilterBar>
      <DataTable
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={({ entryId }) => entryId}
        onRow={({ entryId }) => setFilters({ entry: entryId })}
        empty={<Empty icon={IconHistory} title={t('empty.title')} hint={t('empty.hint')} />}
      />
      <EntryDrawer
        entry={shown}
        onClose={() => setFilters({ entry: undefined })}
        onActor={(id) => setFilters({ actorId: id, entry: undefined })}
        onTarget={(kind, id) => setFilters({ targetKind: kind, targetId: id, entry: undefined })}
      />
    </Page>
  );
}
