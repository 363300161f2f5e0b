import { Title } from '@mantine/core';
import { IconConfetti } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { BonusLink, type Column, DataTable, Empty, listOf, PlayerLink, Status } from '../../../kit/index.ts';

type Winner = Answer<'listDrawWinners'>['items'][number];

/** Who won what, in the order of picking. */
export function Winners({ of: { id, status } }: { of: Answer<'getDraw'> }) {
  const { t } = useTranslation('tournaments');
  const winners = useRead('listDrawWinners', { params: { drawId: id } });
  const columns: Column<Winner>[] = [
    { id: 'place', header: t('draw.place'), cell: ({ place }) => place },
    { id: 'prize', header: t('draw.prizeColumn'), cell: ({ prize }) => prize },
    { id: 'player', header: t('player'), cell: ({ player }) => <PlayerLink id={player} /> },
    { id: 'entry', header: t('draw.entry'), cell: ({ entry }) => <BonusLink id={entry} /> },
    { id: 'status', header: t('status'), cell: ({ entryStatus }) => <Status of={entryStatus} /> },
  ];
  return (
    <div>
      <Title order={2} fz="md" fw={600} mb="sm">
        {t('draw.winners')}
      </Title>
      <DataTable
        label={t('draw.winners')}
        columns={columns}
        list={listOf(winners)}
        rowKey={({ place }) => String(place)}
        empty={
          <Empty
            icon={IconConfetti}
            title={t(status === 'drawn' ? 'draw.nobodyWon' : 'draw.notDrawn')}
            hint={t(status === 'drawn' ? 'draw.nobodyWonHint' : 'draw.notDrawnHint')}
          />
        }
      />
    </div>
  );
}
