import { IconTrophy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import { type Column, DataTable, Empty, Status, When } from '../../../kit/index.ts';
import { Seats } from '../tournament/seats.tsx';
import { useKeyFilters } from './use-key-filters.tsx';

type Tournament = RowOf<'listTournaments'>;

const STATUSES = ['open', 'closed', 'cancelled'] as const;

/** Tournaments, newest first. */
export function TournamentList() {
  const { t } = useTranslation('tournaments');
  const { query, isFiltered, bar } = useKeyFilters(STATUSES);
  const list = useList('listTournaments', { query });
  const columns: Column<Tournament>[] = [
    { id: 'name', header: t('name'), cell: ({ name }) => name },
    { id: 'key', header: t('key'), cell: ({ key }) => key },
    { id: 'status', header: t('status'), cell: (row) => <Status of={row.status} /> },
    { id: 'seats', header: t('seats'), width: 200, cell: (row) => <Seats of={row} /> },
    { id: 'starts', header: t('starts'), align: 'end', cell: (row) => <When at={row.startsAt} /> },
    { id: 'ends', header: t('ends'), align: 'end', cell: (row) => <When at={row.endsAt} /> },
    { id: 'created', header: t('created'), align: 'end', cell: (row) => <When at={row.createdAt} /> },
  ];
  return (
    <>
      {bar}
      <DataTable
        label={t('tabs.tournaments')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/tournaments/$tournamentId', params: { tournamentId: id } })}
        empty={
          <Empty
            icon={IconTrophy}
            title={t(isFiltered ? 'noneFound' : 'tournament.none')}
            hint={t(isFiltered ? 'noneFoundHint' : 'tournament.noneHint')}
          />
        }
      />
    </>
  );
}
