import { IconGift } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import {
  BonusesTable,
  Empty,
  FilterBar,
  FilterCampaign,
  FilterDays,
  FilterSelect,
  FilterText,
  SavedViews,
  useSpan,
} from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';

type Bonus = RowOf<'listGrants'>;

/** In the order of a bonus's life. */
const STATUSES = [
  ...(['pending', 'active', 'completed', 'lost', 'expired', 'forfeited', 'cancelled'] as const),
  ...(['auto_closed', 'delivery_failed'] as const),
] satisfies Bonus['status'][];

const KINDS = [
  ...(['deposit', 'free_spins', 'bonus_balance', 'cashback', 'tournament_entry', 'special'] as const),
] satisfies Bonus['kind'][];

/** Bonuses of all players, newest first. */
export function BonusList() {
  const { t } = useTranslation('bonuses');
  const { filters, isFiltered, setFilters, clear } = useFilters<
    'player' | 'campaign' | 'status' | 'kind' | 'from' | 'to'
  >();
  const { player, campaign, from, to } = filters;
  const [status, kind] = [oneOf(STATUSES, filters.status), oneOf(KINDS, filters.kind)];
  const list = useList('listGrants', {
    query: { player, campaignId: campaign, status, kind, ...useSpan({ from, to }) },
  });
  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear} actions={<SavedViews page="bonuses" />}>
        <FilterText
          label={t('filters.player')}
          value={player}
          onChange={(value) => setFilters({ player: value })}
        />
        <FilterSelect
          label={t('filters.status')}
          value={status}
          onChange={(value) => setFilters({ status: value })}
          options={STATUSES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <FilterSelect
          label={t('filters.kind')}
          value={kind}
          onChange={(value) => setFilters({ kind: value })}
          options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
        <FilterCampaign
          label={t('filters.campaign')}
          value={campaign}
          onChange={(value) => setFilters({ campaign: value })}
        />
        <FilterDays from={from} to={to} onChange={setFilters} />
      </FilterBar>
      <BonusesTable
        label={t('rooms.bonuses')}
        list={list}
        empty={
          isFiltered ? (
            <Empty icon={IconGift} title={t('list.noneFound')} hint={t('list.noneFoundHint')} />
          ) : (
            <Empty icon={IconGift} title={t('list.none')} hint={t('list.noneHint')} />
          )
        }
      />
    </>
  );
}
