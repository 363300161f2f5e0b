import { IconCards } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import {
  CampaignLink,
  type Column,
  DataTable,
  Empty,
  FilterBar,
  FilterCampaign,
  FilterSelect,
  FilterText,
  Money,
  PlayerLink,
  SavedViews,
  Status,
  When,
} from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';

type FreeSpins = RowOf<'listFreeSpins'>;

const STATES = [
  ...(['pending', 'delivery_failed', 'issued', 'playing', 'finished', 'cancelled', 'expired'] as const),
] satisfies FreeSpins['state'][];

/** Free spins that were ordered at providers, with how far they are. */
export function FreeSpinsList() {
  const { t } = useTranslation('bonuses');
  const { filters, isFiltered, setFilters, clear } = useFilters<
    'player' | 'campaign' | 'provider' | 'state'
  >();
  const { player, campaign, provider } = filters;
  const state = oneOf(STATES, filters.state);
  const list = useList('listFreeSpins', { query: { player, campaignId: campaign, provider, state } });
  const columns: Column<FreeSpins>[] = [
    { id: 'count', header: t('spins.name'), cell: ({ count }) => t('spins.count', { count }) },
    { id: 'state', header: t('spins.state'), cell: (row) => <Status of={row.state} /> },
    { id: 'player', header: t('filters.player'), cell: (row) => <PlayerLink id={row.player} /> },
    { id: 'campaign', header: t('filters.campaign'), cell: (row) => <CampaignLink id={row.campaignId} /> },
    { id: 'provider', header: t('spins.provider'), cell: (row) => row.provider },
    {
      id: 'played',
      header: t('spins.played'),
      align: 'end',
      cell: ({ played, count }) => t('spins.playedOf', { played, total: count }),
    },
    {
      id: 'won',
      header: t('spins.won'),
      align: 'end',
      cell: ({ won, currency }) => <Money amount={won} currency={currency} />,
    },
    {
      id: 'credited',
      header: t('spins.credited'),
      align: 'end',
      cell: ({ credited, currency }) => <Money amount={credited} currency={currency} />,
    },
    { id: 'expires', header: t('spins.expires'), align: 'end', cell: (row) => <When at={row.expiresAt} /> },
  ];
  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear} actions={<SavedViews page="free-spins" />}>
        <FilterText
          label={t('filters.player')}
          value={player}
          onChange={(value) => setFilters({ player: value })}
        />
        <FilterSelect
          label={t('spins.state')}
          value={state}
          onChange={(value) => setFilters({ state: value })}
          options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <FilterCampaign
          label={t('filters.campaign')}
          value={campaign}
          onChange={(value) => setFilters({ campaign: value })}
        />
        <FilterText
          label={t('spins.provider')}
          value={provider}
          onChange={(value) => setFilters({ provider: value })}
        />
      </FilterBar>
      <DataTable
        label={t('tabs.spins')}
        columns={columns}
        list={list}
        rowKey={({ grantId }) => grantId}
        rowLink={({ grantId }) => ({ to: '/bonuses/$grantId', params: { grantId } })}
        empty={
          isFiltered ? (
            <Empty icon={IconCards} title={t('spins.noneFound')} hint={t('list.noneFoundHint')} />
          ) : (
            <Empty icon={IconCards} title={t('spins.none')} hint={t('spins.noneHint')} />
          )
        }
      />
    </>
  );
}
