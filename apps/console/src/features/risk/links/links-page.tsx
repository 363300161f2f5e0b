import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import {
  type Column,
  Count,
  DataTable,
  Empty,
  FilterBar,
  FilterText,
  Page,
  PlayerLink,
  When,
} from '../../../kit/index.ts';
import { PlayerLinks } from '../../../kit/link-graph/index.ts';
import { BandBadge } from '../../../kit/risk/index.ts';
import { useFilters } from '../../../routing/index.ts';

/** Who is linked with whom: a player's surroundings, or the largest clusters to begin with. */
export function LinksPage() {
  const { t } = useTranslation('risk');
  const { filters, isFiltered, setFilters, clear } = useFilters<'player'>();
  const { player } = filters;
  return (
    <Page
      title={player === undefined ? t('rooms.links') : t('links.of', { player })}
      description={t('links.description')}
      {...(player === undefined ? {} : { crumbs: [{ label: t('rooms.links'), link: { to: '/links' } }] })}
    >
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterText
          label={t('links.player')}
          value={player}
          onChange={(value) => setFilters({ player: value })}
        />
      </FilterBar>
      {player === undefined ? <Clusters /> : <PlayerLinks player={player} />}
    </Page>
  );
}

type Cluster = RowOf<'listRiskClusters'>;

function Clusters() {
  const { t } = useTranslation('risk');
  const list = useList('listRiskClusters', { query: {} });
  const columns: Column<Cluster>[] = [
    { id: 'some', header: t('links.cluster'), cell: ({ some }) => some.slice(0, 2).join(', ') },
    {
      id: 'players',
      header: t('links.players'),
      align: 'end',
      cell: ({ players }) => <Count of={players} />,
    },
    {
      id: 'score',
      header: t('links.worst'),
      cell: ({ band, score, some: [worst] }) => (
        <>
          <BandBadge band={band} score={score} /> {worst !== undefined && <PlayerLink id={worst} />}
        </>
      ),
    },
    {
      id: 'changed',
      header: t('links.changed'),
      align: 'end',
      cell: ({ changedAt }) => <When at={changedAt} />,
    },
  ];
  return (
    <DataTable
      label={t('links.clusters')}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      rowLink={({ some: [worst] }) => ({ to: '/links', search: { player: worst } })}
      empty={<Empty title={t('links.none')} hint={t('links.noneHint')} />}
    />
  );
}
