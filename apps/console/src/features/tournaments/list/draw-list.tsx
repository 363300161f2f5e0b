import { IconConfetti } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import { type Column, Count, DataTable, Empty, Status, When } from '../../../kit/index.ts';
import { useKeyFilters } from './use-key-filters.tsx';

type Draw = RowOf<'listDraws'>;

const STATUSES = ['open', 'closed', 'drawn'] as const;

/** Prize draws, newest first. */
export function DrawList() {
  const { t } = useTranslation('tournaments');
  const { query, isFiltered, bar } = useKeyFilters(STATUSES);
  const list = useList('listDraws', { query });
  const columns: Column<Draw>[] = [
    { id: 'name', header: t('name'), cell: ({ name }) => name },
    { id: 'key', header: t('key'), cell: ({ key }) => key },
    { id: 'status', header: t('status'), cell: (row) => <Status of={row.status} /> },
    {
      id: 'prizes',
      header: t('draw.prizes'),
      cell: ({ prizes }) =>
        prizes.map(({ name, winners }) => t('draw.prizeTimes', { name, winners })).join(', '),
    },
    { id: 'entries', header: t('draw.entries'), align: 'end', cell: (row) => <Count of={row.entryCount} /> },
    { id: 'closes', header: t('draw.closes'), align: 'end', cell: (row) => <When at={row.closesAt} /> },
    { id: 'drawn', header: t('draw.drawnAt'), align: 'end', cell: (row) => <When at={row.drawnAt} /> },
  ];
  return (
    <>
      {bar}
      <DataTable
        label={t('tabs.draws')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/draws/$drawId', params: { drawId: id } })}
        empty={
          <Empty
            icon={IconConfetti}
            title={t(isFiltered ? 'noneFound' : 'draw.none')}
            hint={t(isFiltered ? 'noneFoundHint' : 'draw.noneHint')}
          />
        }
      />
    </>
  );
}
