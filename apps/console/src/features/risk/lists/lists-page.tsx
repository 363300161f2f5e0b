import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RowOf, useAct, useList } from '../../../api/index.ts';
import {
  type Column,
  ConfirmButton,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  FilterText,
  Page,
  PlayerLink,
  tellDone,
  When,
} from '../../../kit/index.ts';
import { Who } from '../../../kit/who.tsx';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { AddEntry } from './add-entry.tsx';
import { KINDS, LISTS } from './kinds.ts';

type Entry = RowOf<'listRiskLists'>;

/** Who and what is declined whatever else is known, or let through whatever indicators say. */
export function ListsPage() {
  const { t } = useTranslation('risk');
  const { filters, isFiltered, setFilters, clear } = useFilters<'list' | 'kind' | 'player'>();
  const mayWrite = useMay('risk:write');
  const list = useList('listRiskLists', {
    query: {
      list: oneOf(LISTS, filters.list),
      kind: oneOf(KINDS, filters.kind),
      player: filters.player,
    },
  });
  const columns: Column<Entry>[] = [
    {
      id: 'what',
      header: t('lists.what'),
      cell: ({ player, hint }) => (player === null ? hint : <PlayerLink id={player} />),
    },
    { id: 'kind', header: t('lists.kind'), cell: ({ kind }) => t(`lists.kinds.${kind}`) },
    { id: 'list', header: t('lists.list'), cell: ({ list: of }) => <ListBadge of={of} /> },
    { id: 'reason', header: t('reason'), cell: ({ reason }) => reason },
    {
      id: 'expires',
      header: t('lists.expires'),
      cell: ({ expiresAt }) => (expiresAt === null ? t('lists.forGood') : <When at={expiresAt} />),
    },
    { id: 'by', header: t('lists.by'), cell: ({ createdBy }) => <Who by={createdBy} /> },
    { id: 'at', header: t('lists.at'), align: 'end', cell: ({ createdAt }) => <When at={createdAt} /> },
    ...(mayWrite
      ? [{ id: 'off', header: '', align: 'end' as const, cell: (row: Entry) => <TakeOff entry={row} /> }]
      : []),
  ];
  return (
    <Page
      title={t('rooms.riskLists')}
      description={t('lists.description')}
      actions={mayWrite && <AddEntry />}
    >
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterSelect
          label={t('lists.list')}
          value={filters.list}
          onChange={(value) => setFilters({ list: value })}
          options={LISTS.map((value) => ({ value, label: t(`lists.of.${value}`) }))}
        />
        <FilterSelect
          label={t('lists.kind')}
          value={filters.kind}
          onChange={(kind) => setFilters({ kind })}
          options={KINDS.map((value) => ({ value, label: t(`lists.kinds.${value}`) }))}
        />
        <FilterText
          label={t('lists.player')}
          value={filters.player}
          onChange={(player) => setFilters({ player })}
        />
      </FilterBar>
      <DataTable
        label={t('rooms.riskLists')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        empty={
          isFiltered ? (
            <Empty title={t('lists.nothingFits')} hint={t('lists.nothingFitsHint')} />
          ) : (
            <Empty title={t('lists.none')} hint={t('lists.noneHint')} />
          )
        }
      />
    </Page>
  );
}

function ListBadge({ of }: { of: Entry['list'] }) {
  const { t } = useTranslation('risk');
  return (
    <Badge
      variant="light"
      color={of === 'blocked' ? 'red' : 'green'}
      style={{ flexShrink: 0, minWidth: 'max-content' }}
    >
      {t(`lists.of.${of}`)}
    </Badge>
  );
}

function TakeOff({ entry: { id, player, hint } }: { entry: Entry }) {
  const { t } = useTranslation('risk');
  const takeOff = useAct('takeOffRiskList', () => tellDone(t('lists.taken')));
  return (
    <ConfirmButton
      variant="subtle"
      color="red"
      size="compact-sm"
      label={t('remove')}
      title={t('lists.takeOff', { what: player ?? hint })}
      consequence={t('lists.takeOffHint')}
      onConfirm={() => takeOff.mutateAsync({ params: { entryId: id } })}
    />
  );
}
